/** Driver of one DHT-family sensor: the ECMA-419 Sensor Class Pattern over a pulse capture. */

import { decodeFrame, type Frame, type Sign } from "./decode.js";
import { Fault } from "./fault.js";
import { findModel, type Model, modelNames } from "./models.js";
import type { PulseCapture, PulseCaptureConstructor, PulseCaptureOptions, PulseTrain } from "./pulse-capture.js";

export interface DHTSample {
	/** Percent, whole tenths. */
	hygrometer: { humidity: number };
	/** °C, whole tenths. */
	thermometer: { temperature: number };
	/** When the read began, ms, by the clock of the pulse capture. */
	ticks: number;
}

/** What `configure` takes; a key that is absent or `undefined` leaves things as they are. */
export interface DHTConfiguration {
	/** Any name the sensor is sold under, in capital or small letters, or `auto`. @defaultValue "auto" */
	model?: string | undefined;
	/** How a sensor of 8-bit values encodes a negative temperature. @defaultValue "magnitude" */
	sign?: Sign | undefined;
}

export interface DHTOptions extends DHTConfiguration {
	/** `io` is the capture class; its constructor gets all the other properties. */
	sensor: PulseCaptureOptions & { io: PulseCaptureConstructor };
	/** Set on the instance. */
	target?: unknown;
	/** A read gave a good frame: `sample` returns it. */
	onSample?(this: DHT): void;
	/** A read gave none; the next may. */
	onFault?(this: DHT, fault: Fault): void;
	/** The hardware failed: only `close` may be called. */
	onError?(this: DHT, error: Error): void;
}

export default class DHT {
	target: unknown;
	#onSample: DHTOptions["onSample"];
	#onFault: DHTOptions["onFault"];
	#onError: DHTOptions["onError"];
	#model = findModel("auto") as Model;
	#sign: Sign = "magnitude";
	#io: PulseCapture | undefined;
	#frame: Frame | undefined;
	#train: PulseTrain | undefined;
	/** When the newest read began; `undefined` before the first and after one that gave no frame. */
	#ticks: number | undefined;

	/** @throws {RangeError} As `configure` does. @throws {Error} The pin does not exist or is in use. */
	constructor(options: DHTOptions) {
		const { io, ...sensor } = options.sensor;
		this.target = options.target;
		this.#onSample = options.onSample;
		this.#onFault = options.onFault;
		this.#onError = options.onError;
		this.apply(options);
		this.#io = new io({ ...sensor, target: this, onReadable, onError });
	}

	/**
	 * Holds from the next read on.
	 * @throws {RangeError} `model` or `sign` is none that is allowed; nothing has changed. @throws {Error} Closed.
	 */
	configure(options: DHTConfiguration): void {
		this.open();
		this.apply(options);
	}

	/**
	 * Asks the sensor for a frame and returns at once: `onSample`, `onFault` or `onError` follows within 150 ms.
	 * The model's `minIntervalMs` must lie between two calls.
	 * @throws {Error} Closed, or a read is under way.
	 */
	start(): void {
		this.open().start(this.#model.startLowUs);
	}

	/**
	 * @returns The sample of the newest read, a new object each call; `undefined` before the first, and after a fault: an old
	 * value is never returned as new.
	 * @throws {Error} Closed.
	 */
	sample(): DHTSample | undefined {
		this.open();
		const ticks = this.#ticks;
		if (!this.#frame || ticks === undefined) return;
		const { humidity, temperature } = this.#frame;
		return { hygrometer: { humidity }, thermometer: { temperature }, ticks };
	}

	/** The newest good frame, the same object each time; `undefined` before the first. */
	get frame(): Frame | undefined {
		return this.#frame;
	}

	/** The newest pulse train, good or bad. */
	get train(): PulseTrain | undefined {
		return this.#train;
	}

	/** Frees the pin; may be called twice. No callback follows. */
	close(): void {
		this.#io?.close();
		this.#io = undefined;
	}

	private apply({ model, sign }: DHTConfiguration): void {
		const found = model === undefined ? this.#model : findModel(model);
		if (!found) throw new RangeError(`model is "${model}": ${modelNames.join(", ")} allowed`);
		if (sign !== undefined && sign !== "magnitude" && sign !== "floor")
			throw new RangeError(`sign is "${sign}": magnitude, floor allowed`);
		this.#model = found;
		this.#sign = sign ?? this.#sign;
	}

	private open(): PulseCapture {
		if (!this.#io) throw new Error("closed");
		return this.#io;
	}

	/** For the capture's callback. */
	receive(): void {
		const train = this.#io?.read();
		if (!train) return;
		const frame = decodeFrame(train.pulses, this.#model, train.level, this.#sign);
		this.#train = train;
		if (frame instanceof Fault) {
			this.#ticks = undefined;
			this.#onFault?.call(this, frame);
			return;
		}
		this.#frame = frame;
		this.#ticks = train.ticks;
		this.#onSample?.call(this);
	}

	/** Likewise. */
	fail(error: Error): void {
		this.#onError?.call(this, error);
	}
}

function onReadable(this: PulseCapture): void {
	(this.target as DHT).receive();
}

function onError(this: PulseCapture, error: Error): void {
	(this.target as DHT).fail(error);
}
