/** One sensor with all that surrounds it: driver, doubts, calibration, power pin, health. */

import type { Frame } from "../dht/decode.js";
import DHT from "../dht/dht.js";
import { explainFault, type FaultKind } from "../dht/fault.js";
import { findModel, type Model, type ModelName, modelNames } from "../dht/models.js";
import type { Clock, Timer } from "../platform/clock.js";
import type { DigitalOutput, DigitalOutputConstructor, PulseCaptureConstructor, PulseTrain } from "../platform/io.js";
import { Calibrator } from "./calibration.js";
import { type Counts, Health, type HealthReport } from "./health.js";
import { Median } from "./median.js";
import { PlausibilityFilter } from "./plausibility.js";
import type { FaultReport, Reading, SensorOptions, SensorState } from "./reading.js";
import { type Outcome, ReadSchedule } from "./schedule.js";

export interface ChannelOptions {
	clock: Clock;
	io: PulseCaptureConstructor;
	Digital: DigitalOutputConstructor | undefined;
	sensor: SensorOptions;
	intervalMs: number;
	/** Whether to judge readings over time; not in a replay. */
	live: boolean;
	onReading(reading: Reading): void;
	onFault(fault: FaultReport): void;
	/** A read ended; comes before its reading or fault. */
	onEnd(): void;
}

/** A good frame, and how it came. */
interface Arrival {
	readonly frame: Frame;
	readonly train: PulseTrain | undefined;
	/** When the read was started, ms since boot. */
	readonly ticks: number;
}

/** A frame answers with the measurement that the read before it started: from this gap on it is thrown away. */
const oldAfterMs = 10_000;
/** Faults in a row, at least, after which the power pin is switched off and on, and again after as many. */
const faultsToPowerCycle = 5;
/** Long enough for the sensor's capacitor to drain. */
const powerOffMs = 2000;
/** A capture reports within 150 ms: one that does not has failed. */
const captureTimeoutMs = 500;

export class Channel implements SensorState {
	readonly name: string;
	readonly pin: number;
	readonly intervalMs: number;
	readonly rhythm: ReadSchedule;
	reading: Reading | undefined;
	fault: FaultReport | undefined;
	#model: Model;
	#options: ChannelOptions;
	#guard: PlausibilityFilter;
	#calibrator: Calibrator;
	#medianHumidity = new Median();
	#medianTemperature = new Median();
	#health: Health;
	#dht: DHT | undefined;
	#power: DigitalOutput | undefined;
	#powerTimer: Timer | undefined;
	#watchdog: Timer | undefined;
	#startedAt = 0;
	/** When the newest good frame was asked for; its successor holds a measurement of that time. */
	#frameAt: number;
	#failures = 0;
	/** At how many failures the power is switched off and on. */
	#cycleAt = faultsToPowerCycle;
	/** Waits for the next frame, which tells whether it was right. */
	#held: Arrival | undefined;
	/** Whoever is told of what was held may close this before the rest is told. */
	#closed = false;
	#onBroken = () => this.#break();

	/** @throws {RangeError} Unknown model, calibration out of bounds. @throws {Error} A pin does not exist or is in use. */
	constructor(options: ChannelOptions) {
		const { clock, io, Digital, sensor, intervalMs, live } = options;
		const model = findModel(sensor.model);
		if (!model) throw new RangeError(`model is "${sensor.model}": ${modelNames.join(", ")} allowed`);
		if (sensor.powerPin !== undefined && !Digital) throw new RangeError("powerPin: this host has no digital outputs");
		const waits = live && !io.settled;
		this.name = sensor.name;
		this.pin = sensor.pin;
		this.intervalMs = live ? Math.max(intervalMs, model.minIntervalMs) : intervalMs;
		this.rhythm = new ReadSchedule({
			intervalMs: this.intervalMs,
			minIntervalMs: model.minIntervalMs,
			firstAt: clock.ticks + (waits ? model.warmUpMs : 0),
		});
		this.#model = model;
		this.#options = options;
		this.#guard = new PlausibilityFilter(model.resolution);
		this.#calibrator = new Calibrator(sensor.calibration);
		this.#health = new Health({ name: sensor.name, model: model.name, startLowUs: model.startLowUs });
		this.#frameAt = waits ? -oldAfterMs : clock.ticks;
		this.#dht = this.#open();
		if (sensor.powerPin === undefined || !Digital) return;
		try {
			this.#power = new Digital({ pin: sensor.powerPin });
			this.#power.write(1);
		} catch (error) {
			this.close();
			throw error;
		}
	}

	get model(): ModelName {
		return this.#model.name;
	}

	get answering(): ModelName | undefined {
		const encoding = this.#dht?.frame?.encoding;
		if (!encoding || this.#model.encoding !== "auto") return encoding && this.#model.name;
		return encoding === "16-bit" ? "DHT22" : "DHT11";
	}

	get counts(): Counts {
		return this.#health.counts(this.#options.clock.ticks);
	}

	get health(): HealthReport {
		return this.#health.report(this.#options.clock.ticks);
	}

	/** Starts a read; `onEnd` follows. */
	read(): void {
		const clock = this.#options.clock;
		this.#startedAt = clock.ticks;
		this.#health.countRead();
		this.rhythm.start(this.#startedAt);
		this.#watchdog = clock.set(this.#onBroken, captureTimeoutMs);
		try {
			this.#dht ??= this.#open();
			this.#dht.start();
		} catch {
			this.#break();
		}
	}

	/** May be called twice. No callback follows. */
	close(): void {
		const { clock } = this.#options;
		this.#closed = true;
		clock.clear(this.#watchdog);
		clock.clear(this.#powerTimer);
		this.#dht?.close();
		this.#dht = undefined;
		this.#power?.close();
		this.#power = undefined;
	}

	#open(): DHT {
		const { io, sensor } = this.#options;
		return new DHT({
			sensor: { io, pin: sensor.pin },
			model: this.#model.name,
			sign: sensor.sign,
			onSample: () => this.#judge(),
			onFault: fault => this.#fail(fault.kind),
			onError: this.#onBroken,
		});
	}

	/** The capture is dead: the next read opens it anew. */
	#break(): void {
		this.#dht?.close();
		this.#dht = undefined;
		this.#fail("hardware");
	}

	#judge(): void {
		const dht = this.#dht;
		const frame = dht?.frame;
		if (!frame) return;
		const ticks = this.#startedAt;
		if (this.#options.live) {
			const old = ticks - this.#frameAt >= oldAfterMs;
			this.#frameAt = ticks;
			if (old) {
				this.#health.countOld();
				this.#guard.forget();
				this.#settle(false);
				this.#end("again");
				return;
			}
			const verdict = this.#guard.judge(frame.temperature, frame.humidity, ticks);
			if (this.#held) this.#settle(this.#guard.confirms);
			if (verdict !== "believed") {
				if (verdict === "implausible") this.#fail("implausible");
				else this.#hold({ frame, train: dht.train, ticks });
				return;
			}
		}
		this.#end("good");
		this.#publish(frame, dht.train, ticks);
	}

	#hold(arrival: Arrival): void {
		this.#held = arrival;
		this.#end("again");
	}

	/** Tells of the reading that was held, before what came after it. @param right Whether that bears it out. */
	#settle(right: boolean): void {
		const held = this.#held;
		if (!held) return;
		this.#held = undefined;
		if (right) this.#publish(held.frame, held.train, held.ticks);
		else this.#report("implausible", held.train, held.ticks);
	}

	#publish(frame: Frame, train: PulseTrain | undefined, ticks: number): void {
		if (this.#closed) return;
		const options = this.#options;
		const calibrator = this.#calibrator;
		const median = options.sensor.median;
		let humidity = frame.humidity;
		let temperature = frame.temperature;
		this.#failures = 0;
		this.#cycleAt = faultsToPowerCycle;
		this.#health.countGood(ticks, train);
		if (median) {
			humidity = this.#medianHumidity.push(humidity);
			temperature = this.#medianTemperature.push(temperature);
		}
		this.reading = {
			sensor: this.name,
			humidity: calibrator.active ? calibrator.humidity(humidity) : humidity,
			temperature: calibrator.active ? calibrator.temperature(temperature) : temperature,
			ticks,
			calibrated: calibrator.active,
			rawHumidity: frame.humidity,
			rawTemperature: frame.temperature,
		};
		options.onReading(this.reading);
	}

	/** The read under way ends without a reading. */
	#fail(error: FaultKind): void {
		this.#guard.forget();
		this.#settle(false);
		if (this.#options.live && this.#power && this.#failures + 1 >= this.#cycleAt) {
			this.#cycleAt = this.#failures + 1 + faultsToPowerCycle;
			this.#cyclePower(this.#power);
			this.#finish();
		} else this.#end("fault");
		this.#report(error, this.#dht?.train, this.#startedAt);
	}

	#report(error: FaultKind, train: PulseTrain | undefined, ticks: number): void {
		if (this.#closed) return;
		this.#failures++;
		this.#health.countFault(error, ticks, train);
		this.fault = {
			sensor: this.name,
			error,
			message: explainFault(error, this.pin),
			failures: this.#failures,
			ticks,
		};
		this.#options.onFault(this.fault);
	}

	#cyclePower(power: DigitalOutput): void {
		const { clock } = this.#options;
		power.write(0);
		this.#powerTimer = clock.set(() => power.write(1), powerOffMs);
		this.#health.countPowerCycle();
		this.#frameAt = this.#startedAt - oldAfterMs;
		this.rhythm.postpone(clock.ticks + powerOffMs + this.#model.warmUpMs);
	}

	#end(outcome: Outcome): void {
		this.rhythm.end(outcome);
		this.#finish();
	}

	#finish(): void {
		const options = this.#options;
		options.clock.clear(this.#watchdog);
		this.#watchdog = undefined;
		options.onEnd();
	}
}
