/** The fan-out of readings and faults: history, stream and whatever comes next hear of each. */

import type { FaultReport, Reading } from "../sampling/sampler.js";
import type { Broadcaster } from "../sse/broadcaster.js";
import { sensorData, sensorFault } from "./sensor-report.js";

export interface ReadingListener {
	onReading(reading: Reading): void;
	onFault(fault: FaultReport): void;
}

/** Its listeners are those that the app adds when it starts. */
export class Readings implements ReadingListener {
	#listeners: ReadingListener[] = [];

	/** Listeners hear in the order in which they were added. */
	add(listener: ReadingListener): void {
		this.#listeners.push(listener);
	}

	onReading(reading: Reading): void {
		for (const listener of this.#listeners) listener.onReading(reading);
	}

	onFault(fault: FaultReport): void {
		for (const listener of this.#listeners) listener.onFault(fault);
	}
}

/** Publishes readings and faults to the stream. */
export class StreamListener implements ReadingListener {
	#broadcaster: Broadcaster;

	constructor(broadcaster: Broadcaster) {
		this.#broadcaster = broadcaster;
	}

	onReading(reading: Reading): void {
		this.#broadcaster.publish("sensor-data", sensorData(reading));
	}

	onFault(fault: FaultReport): void {
		this.#broadcaster.publish("sensor-fault", sensorFault(fault));
	}
}
