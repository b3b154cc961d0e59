/** One sensor with all that surrounds it: driver, plausibility, calibration, power pin, health. */

import type { Frame } from "../dht/decode.js";
import DHT from "../dht/dht.js";
import { explainFault, type Fault, type FaultKind } from "../dht/fault.js";
import { findModel, type Model, type ModelName, modelNames } from "../dht/models.js";
import type { PulseTrain } from "../dht/pulse-capture.js";
import type { Timer } from "../platform/clock.js";
import { Calibrator } from "./calibration.js";
import { type Counts, Health, type HealthReport } from "./health.js";
import { Median } from "./median.js";
import { PlausibilityFilter } from "./plausibility.js";
import { PowerCycle, powerOffMs } from "./power-cycle.js";
import type { ChannelOptions, ChannelOwner, FaultReport, Reading, SensorOptions, SensorState } from "./reading.js";
import { type Outcome, ReadSchedule } from "./schedule.js";
import { statusOf } from "./status.js";

/** A good frame with its train. */
interface Arrival {
	readonly frame: Frame;
	readonly train: PulseTrain | undefined;
	/** When the read began, ms since boot. */
	readonly ticks: number;
}

/** A frame holds the measurement that the read before it began. After a gap of this length it is discarded. */
const oldAfterMs = 10_000;
/** A capture reports within 150 ms; one that has not by then has failed. */
const captureTimeoutMs = 500;

export class Channel implements SensorState {
	readonly name: string;
	readonly pin: number;
	readonly intervalMs: number;
	readonly schedule: ReadSchedule;
	reading: Reading | undefined;
	fault: FaultReport | undefined;
	#model: Model;
	#options: ChannelOptions;
	#sensor: SensorOptions;
	#owner: ChannelOwner;
	#filter: PlausibilityFilter;
	/** Absent where nothing is corrected; the next two where no median is taken. */
	#calibrator: Calibrator | undefined;
	#medianHumidity: Median | undefined;
	#medianTemperature: Median | undefined;
	#health: Health;
	#dht: DHT | undefined;
	#power: PowerCycle | undefined;
	#watchdog: Timer | undefined;
	#startedAt = 0;
	/** When the read of the newest good frame began: its successor holds a measurement of that time. */
	#frameAt: number;
	#failures = 0;
	/** The reading that the next frame confirms or refutes. */
	#pending: Arrival | undefined;
	/** A callback may close the channel while another report is due. */
	#closed = false;
	#onBroken = () => this.break();

	/** @throws {RangeError} Unknown model, calibration out of bounds. @throws {Error} A pin does not exist or is in use. */
	constructor(options: ChannelOptions, sensor: SensorOptions, owner: ChannelOwner) {
		const { clock, io, Digital, intervalMs, sequence } = options;
		const live = !sequence;
		const model = findModel(sensor.model);
		if (!model) throw new RangeError(`model is "${sensor.model}": ${modelNames.join(", ")} allowed`);
		if (sensor.powerPin !== undefined && !Digital) throw new RangeError("powerPin: this host has no digital outputs");
		const isCold = live && !io.settled;
		this.name = sensor.name;
		this.pin = sensor.pin;
		this.intervalMs = live ? Math.max(intervalMs, model.minIntervalMs) : intervalMs;
		this.schedule = new ReadSchedule({
			intervalMs: this.intervalMs,
			minIntervalMs: model.minIntervalMs,
			firstAt: clock.ticks + (isCold ? model.warmUpMs : 0),
		});
		this.#model = model;
		this.#options = options;
		this.#sensor = sensor;
		this.#owner = owner;
		this.#filter = new PlausibilityFilter(model.resolution);
		const calibrator = new Calibrator(sensor.calibration);
		if (calibrator.active) this.#calibrator = calibrator;
		if (sensor.median) {
			this.#medianHumidity = new Median();
			this.#medianTemperature = new Median();
		}
		this.#health = new Health({ name: sensor.name, model: model.name, startLowUs: model.startLowUs });
		this.#frameAt = isCold ? -oldAfterMs : clock.ticks;
		this.#dht = this.open();
		if (sensor.powerPin === undefined || !Digital) return;
		try {
			this.#power = new PowerCycle({ clock, Digital, pin: sensor.powerPin });
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

	get failures(): number {
		return this.#failures;
	}

	get counts(): Counts {
		return this.#health.counts(this.#options.clock.ticks);
	}

	get badTrain(): string | null {
		return this.#health.badTrain;
	}

	get health(): HealthReport {
		return this.#health.report(this.#options.clock.ticks);
	}

	/** Starts a read; `onEnd` follows. */
	read(): void {
		const clock = this.#options.clock;
		this.#startedAt = clock.ticks;
		this.#health.countRead(this.#startedAt);
		this.schedule.begin(this.#startedAt);
		this.#watchdog = clock.set(this.#onBroken, captureTimeoutMs);
		try {
			this.#dht ??= this.open();
			this.#dht.start();
		} catch {
			this.break();
		}
	}

	/** May be called twice. No callback follows. */
	close(): void {
		const { clock } = this.#options;
		this.#closed = true;
		clock.clear(this.#watchdog);
		this.#dht?.close();
		this.#dht = undefined;
		this.#power?.close();
		this.#power = undefined;
	}

	private open(): DHT {
		return new DHT({
			sensor: { io: this.#options.io, pin: this.pin },
			model: this.#model.name,
			sign: this.#sensor.sign,
			target: this,
			onSample,
			onFault,
			onError,
		});
	}

	/** For the driver's callback: the capture has failed, and the next read opens another. */
	break(): void {
		this.#dht?.close();
		this.#dht = undefined;
		this.fail("hardware");
	}

	/** For the driver's callback. */
	judge(): void {
		const dht = this.#dht;
		const frame = dht?.frame;
		if (!frame) return;
		const ticks = this.#startedAt;
		if (!this.#options.sequence) {
			const old = ticks - this.#frameAt >= oldAfterMs;
			this.#frameAt = ticks;
			if (old) {
				this.#health.countOld();
				this.#filter.forget();
				this.settle(false);
				this.end("inconclusive");
				return;
			}
			const verdict = this.#filter.judge(frame.temperature, frame.humidity, ticks);
			if (this.#pending) this.settle(this.#filter.confirms);
			if (verdict !== "accepted") {
				if (verdict === "implausible") this.fail("implausible");
				else this.defer({ frame, train: dht.train, ticks });
				return;
			}
		}
		this.end("good");
		this.publish(frame, dht.train, ticks);
	}

	private defer(arrival: Arrival): void {
		this.#pending = arrival;
		this.end("inconclusive");
	}

	/** Reports the pending reading, before the one after it. @param confirmed By that one. */
	private settle(confirmed: boolean): void {
		const pending = this.#pending;
		if (!pending) return;
		this.#pending = undefined;
		if (confirmed) this.publish(pending.frame, pending.train, pending.ticks);
		else this.report("implausible", pending.train, pending.ticks);
	}

	private publish(frame: Frame, train: PulseTrain | undefined, ticks: number): void {
		if (this.#closed) return;
		const options = this.#options;
		const calibrator = this.#calibrator;
		this.#failures = 0;
		this.#power?.succeed();
		this.#health.countGood(ticks, train);
		const humidity = this.#medianHumidity?.push(frame.humidity) ?? frame.humidity;
		const temperature = this.#medianTemperature?.push(frame.temperature) ?? frame.temperature;
		this.reading = {
			sensor: this.name,
			humidity: calibrator ? calibrator.humidity(humidity) : humidity,
			temperature: calibrator ? calibrator.temperature(temperature) : temperature,
			ticks,
			calibrated: calibrator !== undefined,
			rawHumidity: frame.humidity,
			rawTemperature: frame.temperature,
		};
		options.onReading(this.reading);
	}

	/** For the driver's callback: the read under way ends without a reading. */
	fail(error: FaultKind): void {
		this.#filter.forget();
		this.settle(false);
		if (!this.#options.sequence && this.#power?.fail(this.#failures + 1)) {
			this.awaitPower();
			this.finish();
		} else this.end("fault");
		this.report(error, this.#dht?.train, this.#startedAt);
	}

	private report(error: FaultKind, train: PulseTrain | undefined, ticks: number): void {
		if (this.#closed) return;
		this.#failures++;
		this.#health.countFault(error, ticks, train);
		this.fault = {
			sensor: this.name,
			error,
			message: explainFault(error, this.pin),
			failures: this.#failures,
			status: statusOf(this, this.#options.clock.ticks),
			ticks,
		};
		this.#options.onFault(this.fault);
	}

	/** The power is off: the next read waits until the sensor has warmed up, and its first frame is an old one. */
	private awaitPower(): void {
		this.#health.countPowerCycle();
		this.#frameAt = this.#startedAt - oldAfterMs;
		this.schedule.postpone(this.#options.clock.ticks + powerOffMs + this.#model.warmUpMs);
	}

	private end(outcome: Outcome): void {
		this.schedule.end(outcome);
		this.finish();
	}

	private finish(): void {
		this.#options.clock.clear(this.#watchdog);
		this.#watchdog = undefined;
		this.#owner.onEnd();
	}
}

function onSample(this: DHT): void {
	(this.target as Channel).judge();
}

function onFault(this: DHT, { kind }: Fault): void {
	(this.target as Channel).fail(kind);
}

function onError(this: DHT): void {
	(this.target as Channel).break();
}
