import type { Hello, Readings, SensorData, SensorFault, SensorStatus } from "../../modules/api/schema.js";
import type { Link } from "../stream/message.js";
import { Uptime } from "../stream/uptime.js";

/** Readings are stale after this many intervals without one. */
const STALE_INTERVALS = 3;

export type Status = "waiting" | "live" | "stale" | "fault";

/** A reading or fault and when it was taken, on the page's clock. */
export interface Dated<Event> {
	event: Event;
	at: number;
	/** The boot whose `uptimeMs` it carries. */
	boot: string;
}

/** What the page knows of one sensor. */
export class Sensor {
	readonly name: string;
	model = "";
	warn: SensorStatus["warn"] | undefined;
	reading: Dated<SensorData> | undefined;
	fault: Dated<SensorFault> | undefined;

	constructor(name: string) {
		this.name = name;
	}

	/** @returns How far the newest reading can be trusted at `now`. */
	status(now: number, intervalMs: number): Status {
		if (this.fault) return "fault";
		if (!this.reading) return "waiting";
		return now - this.reading.at > STALE_INTERVALS * intervalMs ? "stale" : "live";
	}
}

/** What the page knows of the device: fed with messages, asked by whoever draws. Times are in ms on the page's clock. */
export class Model {
	/** By name, in the device's order. */
	readonly sensors = new Map<string, Sensor>();
	link: Link = "connecting";
	/** When the device was last heard. */
	heardAt = 0;
	name = "DHT";
	boot = "";
	intervalMs = 2000;
	/** The newest reading or fault as it came. */
	received: { event: string; id: string; data: string } | undefined;
	#uptime = new Uptime();
	#onReading: (sensor: Sensor, reading: Dated<SensorData>) => void;

	/** @param onReading Told of each new reading, also of those that were missed and come late. */
	constructor(onReading: (sensor: Sensor, reading: Dated<SensorData>) => void) {
		this.#onReading = onReading;
	}

	/** Takes the body of `/api/readings` that came at `now`. */
	readings(body: Readings, now: number): void {
		this.greet(body);
		this.anchor(body.uptimeMs, now);
		this.hear(now);
		for (const reading of body.readings) {
			const sensor = this.#sensor(reading.sensor);
			sensor.model = reading.model;
			sensor.warn = reading.warn;
			if (isTaken(reading)) this.read(reading);
			if (reading.fault) this.fail(reading.fault);
		}
	}

	/** @returns When on the page's clock the device had been up for `uptimeMs`. */
	at(uptimeMs: number): number {
		return this.#uptime.at(uptimeMs);
	}

	/** The device has sent something at `at`. */
	hear(at: number): void {
		this.heardAt = Math.max(this.heardAt, at);
	}

	/** The device said at `at` that it has been up for `uptimeMs`. */
	anchor(uptimeMs: number, at: number): void {
		this.#uptime.anchor(uptimeMs, at);
	}

	/** @returns Whether the device has started anew since the last message: what only `/api/readings` tells must be asked. */
	greet(hello: Pick<Hello, "boot" | "intervalMs" | "name">): boolean {
		this.intervalMs = hello.intervalMs;
		this.name = hello.name;
		if (hello.boot === this.boot) return false;
		this.boot = hello.boot;
		this.#uptime.reset();
		return true;
	}

	#sensor(name: string): Sensor {
		let sensor = this.sensors.get(name);
		if (!sensor) {
			sensor = new Sensor(name);
			this.sensors.set(name, sensor);
		}
		return sensor;
	}

	/** Takes a reading, unless it is old. */
	read(event: SensorData): void {
		const sensor = this.#sensor(event.sensor);
		if (!this.#isNewer(event, sensor.reading)) return;
		const reading = { event, at: this.at(event.uptimeMs), boot: this.boot };
		sensor.reading = reading;
		if (this.#isNewer(event, sensor.fault)) sensor.fault = undefined;
		this.#onReading(sensor, reading);
	}

	/** Takes a fault, unless it is old. */
	fail(event: SensorFault): void {
		const sensor = this.#sensor(event.sensor);
		if (this.#isNewer(event, sensor.reading) && this.#isNewer(event, sensor.fault))
			sensor.fault = { event, at: this.at(event.uptimeMs), boot: this.boot };
	}

	#isNewer(event: { uptimeMs: number }, held: Dated<{ uptimeMs: number }> | undefined): boolean {
		return held?.boot !== this.boot || event.uptimeMs > held.event.uptimeMs;
	}
}

function isTaken(reading: SensorStatus): reading is SensorStatus & SensorData {
	return reading.uptimeMs !== null;
}
