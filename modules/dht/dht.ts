/** Driver of one DHT-family sensor: the ECMA-419 Sensor Class Pattern over a pulse capture IO. */

import type { PulseCapture, PulseCaptureConstructor, PulseCaptureOptions, PulseTrain } from "../platform/io.js";
import { decodeFrame, type Frame, type Sign, type Workspace } from "./decode.js";
import { Fault } from "./fault.js";
import type { Model } from "./models.js";

/** Humidity in percent, temperature in °C, both whole tenths; `ticks` is when the read was started, ms since boot. */
export interface DHTSample {
	hygrometer: { humidity: number };
	thermometer: { temperature: number };
	ticks: number;
}

export interface DHTOptions {
	/** `io` is the capture class; its constructor gets all the other properties. */
	sensor: PulseCaptureOptions & { io: PulseCaptureConstructor };
	model: Model;
	/** How a part that sends bytes marks a negative temperature; `magnitude` by default. */
	sign?: Sign | undefined;
	/** What sensors that are not read at once may share; without it each frame makes its own. */
	workspace?: Workspace | undefined;
	target?: unknown;
	/** A frame arrived and was found good: call `sample`. */
	onSample?(this: DHT): void;
	/** One frame was lost; the next `start` may succeed. */
	onFault?(this: DHT, fault: Fault): void;
	/** The hardware failed: only `close` may be called. */
	onError?(this: DHT, error: Error): void;
}

export default class DHT {
	target: unknown;
	#io: PulseCapture | undefined;
	#options: DHTOptions;
	#frame: Frame | undefined;
	#ticks = 0;
	#train: PulseTrain | undefined;

	/** @throws {Error} The pin does not exist or is in use. */
	constructor(options: DHTOptions) {
		const { io, ...sensor } = options.sensor;
		this.target = options.target;
		this.#options = options;
		this.#io = new io({
			...sensor,
			onReadable: () => this.#receive(),
			onError: error => options.onError?.call(this, error),
		});
	}

	/**
	 * Requests one frame and returns at once: `onSample` or `onFault` follows. Leave the model's `minIntervalMs` between calls.
	 * @throws {Error} Closed, or a read is under way.
	 */
	start(): void {
		this.#open().start(this.#options.model.startLowUs);
	}

	/** @returns The last good frame, a new object each call; `undefined` before the first. */
	sample(): DHTSample | undefined {
		this.#open();
		if (!this.#frame) return;
		const { humidity, temperature } = this.#frame;
		return { hygrometer: { humidity }, thermometer: { temperature }, ticks: this.#ticks };
	}

	/** The last good one, the same object each time; `undefined` before the first. */
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

	#open(): PulseCapture {
		if (!this.#io) throw new Error("closed");
		return this.#io;
	}

	#receive(): void {
		const train = this.#io?.read();
		if (!train) return;
		this.#train = train;
		const options = this.#options;
		const frame = decodeFrame(train.pulses, options.model, train.level, options.sign, options.workspace);
		if (frame instanceof Fault) {
			options.onFault?.call(this, frame);
			return;
		}
		this.#frame = frame;
		this.#ticks = train.ticks;
		options.onSample?.call(this);
	}
}
