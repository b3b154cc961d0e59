import type { Alert } from "../../modules/alerts/alert.js";
import type { Hello, Readings, SensorData, SensorFault, SensorStatus } from "../../modules/api/schema.js";
import type { Link } from "../stream/message.js";
import { Uptime } from "../stream/uptime.js";

/** Readings are stale after this many intervals without one. */
const STALE_INTERVALS = 3;

/** An event and the time of its sample. */
export interface Dated<Event> {
	event: Event;
	/** On the page's clock, ms. */
	at: number;
	/** The boot that its `uptimeMs` counts from. */
	boot: string;
}

/** The state of one sensor. */
export class Sensor {
	readonly name: string;
	/** `undefined` before `/api/readings` was received. */
	about: Pick<SensorStatus, "model" | "warn" | "range" | "scale" | "comfort"> | undefined;
	/** The lowest and the highest temperature since the page was opened. */
	seen: readonly [number, number] | undefined;
	reading: Dated<SensorData> | undefined;
	fault: Dated<SensorFault> | undefined;

	constructor(name: string) {
		this.name = name;
	}

	/** @returns The status at `now`. @param intervalMs From one reading to the next. */
	status(now: number, intervalMs: number): SensorStatus["status"] {
		if (this.fault?.event.status === "fault") return "fault";
		if (!this.reading) return "waiting";
		return now - this.reading.at > STALE_INTERVALS * intervalMs ? "stale" : "live";
	}
}

/** The state of the device, as its messages tell. Times are in ms on the page's clock. */
export class Model {
	/** By name, in the device's order. */
	readonly sensors = new Map<string, Sensor>();
	link: Link = "connecting";
	/** Of the device's newest message. */
	heardAt = 0;
	name = "DHT";
	boot = "";
	intervalMs = 2000;
	/** Of the device's start. */
	notice: Readings["notice"];
	/** In order; `AlertLines` drops those that newer ones replace. */
	alerts: Alert[] = [];
	/** The newest reading or fault, undecoded. */
	received: { event: string; id: string; data: string } | undefined;
	#uptime = new Uptime();
	#onReading: (sensor: Sensor, reading: Dated<SensorData>) => void;

	/** @param onReading Called for each new reading, late ones included. */
	constructor(onReading: (sensor: Sensor, reading: Dated<SensorData>) => void) {
		this.#onReading = onReading;
	}

	/** Takes the body of `/api/readings`, received at `now`. */
	readings(body: Readings, now: number): void {
		this.greet(body);
		this.notice = body.notice;
		this.anchor(body.uptimeMs, now);
		this.hear(now);
		this.alerts = body.readings.flatMap(reading => reading.alerts);
		for (const reading of body.readings) {
			const sensor = this.#sensor(reading.sensor);
			sensor.about = reading;
			if (isTaken(reading)) this.read(reading);
			if (reading.fault) this.fail(reading.fault);
		}
	}

	/** @returns The time of the device's `uptimeMs` on the page's clock. */
	at(uptimeMs: number): number {
		return this.#uptime.at(uptimeMs);
	}

	/** The device sent something at `at`. */
	hear(at: number): void {
		this.heardAt = Math.max(this.heardAt, at);
	}

	/** The device sent its `uptimeMs` at `at`. */
	anchor(uptimeMs: number, at: number): void {
		this.#uptime.anchor(uptimeMs, at);
	}

	/** @returns Whether the device has restarted, so that `/api/readings` must be fetched for models and warnings. */
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

	/** Takes a reading, unless a newer one is there. */
	read(event: SensorData): void {
		const sensor = this.#sensor(event.sensor);
		if (!this.#isNewer(event, sensor.reading)) return;
		const reading = { event, at: this.at(event.uptimeMs), boot: this.boot };
		sensor.reading = reading;
		const { temperature } = event;
		const [low, high] = sensor.seen ?? [temperature, temperature];
		sensor.seen = [Math.min(low, temperature), Math.max(high, temperature)];
		if (this.#isNewer(event, sensor.fault)) sensor.fault = undefined;
		this.#onReading(sensor, reading);
	}

	/** Takes a fault, unless a newer reading or fault is there. */
	fail(event: SensorFault): void {
		const sensor = this.#sensor(event.sensor);
		if (this.#isNewer(event, sensor.reading) && this.#isNewer(event, sensor.fault))
			sensor.fault = { event, at: this.at(event.uptimeMs), boot: this.boot };
	}

	#isNewer(event: { uptimeMs: number }, current: Dated<{ uptimeMs: number }> | undefined): boolean {
		return current?.boot !== this.boot || event.uptimeMs > current.event.uptimeMs;
	}
}

function isTaken(reading: SensorStatus): reading is SensorStatus & SensorData {
	return reading.uptimeMs !== null;
}
