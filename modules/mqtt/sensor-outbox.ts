/** Readings and faults on their way to the broker: of each sensor the newest alone, and none that is old. */

import type { Clock } from "../platform/clock.js";
import type { Text } from "../platform/text.js";
import { expiry, type PublishedSensor } from "./discovery.js";
import type { Message } from "./message.js";
import type { DeviceTopics } from "./topics.js";

/** A reading or a fault, as the stream's event has it. */
export interface SensorEvent {
	readonly sensor: string;
	/** When the read began, ms since boot. */
	readonly uptimeMs: number;
}

export interface SensorOutboxOptions {
	clock: Clock;
	text: Text;
	topics: DeviceTopics;
	sensors: readonly PublishedSensor[];
}

/** What is due of one sensor. */
interface Pending {
	reading: SensorEvent | undefined;
	fault: SensorEvent | undefined;
	/** Whether the others were told that the sensor fails, or reads; `undefined` when they may not know. */
	fails: boolean | undefined;
}

export class SensorOutbox {
	#options: SensorOutboxOptions;
	/** In the order of the sensors. */
	#pending: Pending[];

	constructor(options: SensorOutboxOptions) {
		this.#options = options;
		this.#pending = options.sensors.map(() => ({ reading: undefined, fault: undefined, fails: undefined }));
	}

	/** The first reading after a fault tells of its end, too. */
	onReading(event: SensorEvent): void {
		const pending = this.#of(event);
		if (!pending) return;
		pending.reading = event;
		const { sensor, uptimeMs } = event;
		if (pending.fails !== false)
			pending.fault = { sensor, error: null, message: "", failures: 0, status: "live", uptimeMs } as SensorEvent;
		pending.fails = false;
	}

	onFault(event: SensorEvent): void {
		const pending = this.#of(event);
		if (!pending) return;
		pending.fault = event;
		pending.fails = true;
	}

	/** The others may not know any more which sensors fail. */
	forget(): void {
		for (const pending of this.#pending) pending.fails = undefined;
	}

	/** @returns The next message; what has waited until it is old is dropped. */
	next(): Message | undefined {
		const { topics, sensors } = this.#options;
		for (let index = 0; index < sensors.length; index++) {
			const sensor = sensors[index]!;
			const pending = this.#pending[index]!;
			const { reading, fault } = pending;
			pending.reading = undefined;
			if (reading && this.#isNew(reading, sensor)) return this.#message(topics.reading(sensor.level), reading);
			pending.fault = undefined;
			if (fault && this.#isNew(fault, sensor)) return this.#message(topics.fault(sensor.level), fault);
		}
		return undefined;
	}

	#of({ sensor }: SensorEvent): Pending | undefined {
		return this.#pending[this.#options.sensors.findIndex(({ name }) => name === sensor)];
	}

	/** As long as a value counts in Home Assistant. */
	#isNew({ uptimeMs }: SensorEvent, { intervalMs }: PublishedSensor): boolean {
		return this.#options.clock.ticks - uptimeMs < expiry(intervalMs) * 1000;
	}

	#message(topic: string, event: SensorEvent): Message {
		const payload = this.#options.text.encode(JSON.stringify(event));
		return { topic, payload, retained: false, qos: 0, dup: false };
	}
}
