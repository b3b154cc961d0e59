/** The ESP32's `PulseCapture`: start signal and time-out of a read, over a native data line that times the edges. */

import type { PulseCapture, PulseCaptureConstructor, PulseCaptureOptions, PulseTrain } from "../pulse-capture.js";

/** An open-drain pin and the receiver that times its edges (dataline.c). Once closed, every method but `close` throws. */
export interface DataLine {
	/** The level now. */
	readonly level: 0 | 1;
	/** Takes a receiver and pulls the pin low. @throws {Error} No receiver is free; the pin is left high. */
	hold(): void;
	/**
	 * Waits `waitUs` (0 to 2000 µs) without yielding, arms the receiver and releases the pin.
	 * @throws {Error} The receiver failed; the pin is released all the same.
	 */
	listen(waitUs: number): void;
	/**
	 * Gives the receiver back, also in the middle of a capture.
	 * @returns Durations in µs, 16 bits each, levels alternating from high; none when no capture ended.
	 * @throws {Error} The receiver failed.
	 */
	stop(): ArrayBuffer;
	/** Frees pin and receiver; may be called twice. */
	close(): void;
}

/** @throws {Error} The pin does not exist, is an input only or is in use. */
export type DataLineConstructor = new (options: { pin: number }) => DataLine;

/** What a capture needs of a clock. */
export interface CaptureClock {
	/** Whole ms. */
	readonly ticks: number;
	/** Calls `callback` once after `delayMs`. @returns A handle for `clear`. */
	set(callback: () => void, delayMs: number): object;
	/** Takes `undefined` and handles of timers that have fired. */
	clear(timer: object | undefined): void;
}

export interface DataLineCaptureOptions {
	clock: CaptureClock;
	DataLine: DataLineConstructor;
}

/** Start signals up to this are timed by a busy wait, µs; timers count in ms. */
const maxWaitUs = 2000;

/**
 * From the release of the pin to the look at what was captured, ms. The longest frame, 64 bits of an AM2301, takes under 10 ms
 * with the 1 ms of rest that ends it. The interrupt calls nothing back: nothing can be lost on the way or come after `close`.
 * Neither a silent sensor nor a pin stuck low needs a time-out of its own.
 */
const listenMs = 20;

class DataLineCapture implements PulseCapture {
	target: unknown;
	#options: PulseCaptureOptions;
	#clock: CaptureClock;
	#dataLine: DataLine | undefined;
	/** Set while a capture is under way. */
	#timer: object | undefined;
	#train: PulseTrain | undefined;
	#ticks = 0;

	constructor(options: PulseCaptureOptions, clock: CaptureClock, dataLine: DataLine) {
		this.target = options.target;
		this.#options = options;
		this.#clock = clock;
		this.#dataLine = dataLine;
	}

	start(lowUs: number): void {
		const clock = this.#clock;
		if (!this.#dataLine) throw new Error("closed");
		if (this.#timer) throw new Error("a capture is under way");
		if (!(lowUs >= 500 && lowUs <= 20_000)) throw new RangeError(`lowUs is ${lowUs}: 500 to 20000 allowed`);
		this.#train = undefined;
		this.#ticks = clock.ticks;
		try {
			this.#dataLine.hold();
		} catch (error) {
			this.#timer = clock.set(() => this.#fail(error), 0);
			return;
		}
		if (lowUs <= maxWaitUs) this.#listen(lowUs);
		// A timer may fire up to one tick early.
		else this.#timer = clock.set(() => this.#listen(0), Math.ceil(lowUs / 1000) + 1);
	}

	read(): PulseTrain | undefined {
		const train = this.#train;
		this.#train = undefined;
		return train;
	}

	close(): void {
		this.#clock.clear(this.#timer);
		this.#dataLine?.close();
		this.#dataLine = undefined;
		this.#train = undefined;
	}

	#listen(waitUs: number): void {
		try {
			this.#dataLine?.listen(waitUs);
			this.#timer = this.#clock.set(() => this.#finish(), listenMs);
		} catch (error) {
			this.#timer = this.#clock.set(() => this.#fail(error), 0);
		}
	}

	#finish(): void {
		this.#timer = undefined;
		const dataLine = this.#dataLine!;
		try {
			const level = dataLine.level;
			this.#train = { pulses: new Uint16Array(dataLine.stop()), level, ticks: this.#ticks };
		} catch (error) {
			this.#fail(error);
			return;
		}
		this.#options.onReadable?.call(this);
	}

	#fail(error: unknown): void {
		this.#timer = undefined;
		this.#options.onError?.call(this, error as Error);
	}
}

/** @returns The capture class over `DataLine`. */
export function dataLineCapture({ clock, DataLine }: DataLineCaptureOptions): PulseCaptureConstructor {
	return class extends DataLineCapture {
		constructor(options: PulseCaptureOptions) {
			super(options, clock, new DataLine({ pin: options.pin }));
		}
	};
}
