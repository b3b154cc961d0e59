/** The ESP32's `PulseCapture`: start pulse and time-out of a read, over a native data line that times the edges. */

import type { Clock, Timer } from "../../platform/clock.js";
import type { PulseCapture, PulseCaptureConstructor, PulseCaptureOptions, PulseTrain } from "../../platform/io.js";

/** An open-drain pin and the receiver that times its edges (dataline.c). Every method throws once closed, but `close`. */
export interface DataLine {
	/** The line's level now. */
	readonly level: 0 | 1;
	/** Takes a receiver and pulls the line low. @throws {Error} No receiver is free; the line is left high. */
	hold(): void;
	/**
	 * Waits `waitUs` (0 to 2000 µs) without yielding, arms the receiver and lets the line go.
	 * @throws {Error} The receiver failed; the line is let go all the same.
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

export interface DataLineCaptureOptions {
	clock: Clock;
	DataLine: DataLineConstructor;
}

/** Start pulses up to this are timed by a busy wait, µs; timers count in ms. */
const longestWaitUs = 2000;

/**
 * How long after the line is let go the answer is looked at, ms. The longest, the 64 bits of an AM2301, takes under 10 ms
 * with the 1 ms of rest that ends it. Nothing calls back from the interrupt, so nothing can be lost on the way or arrive
 * after `close`; and a silent sensor and a stuck line need no time-out of their own.
 */
const listenMs = 20;

/** @returns The capture class over `DataLine`. */
export function dataLineCapture({ clock, DataLine }: DataLineCaptureOptions): PulseCaptureConstructor {
	return class DataLineCapture implements PulseCapture {
		target: unknown;
		#options: PulseCaptureOptions;
		#line: DataLine | undefined;
		/** Set while a capture is under way. */
		#timer: Timer | undefined;
		#train: PulseTrain | undefined;
		#ticks = 0;

		constructor(options: PulseCaptureOptions) {
			this.target = options.target;
			this.#options = options;
			this.#line = new DataLine({ pin: options.pin });
		}

		start(lowUs: number): void {
			if (!this.#line) throw new Error("closed");
			if (this.#timer) throw new Error("a capture is under way");
			if (!(lowUs >= 500 && lowUs <= 20_000)) throw new RangeError(`lowUs is ${lowUs}: 500 to 20000 allowed`);
			this.#train = undefined;
			this.#ticks = clock.ticks;
			try {
				this.#line.hold();
			} catch (error) {
				this.#timer = clock.set(() => this.#fail(error), 0);
				return;
			}
			if (lowUs <= longestWaitUs) this.#listen(lowUs);
			// A timer may fire up to one tick early.
			else this.#timer = clock.set(() => this.#listen(0), Math.ceil(lowUs / 1000) + 1);
		}

		read(): PulseTrain | undefined {
			const train = this.#train;
			this.#train = undefined;
			return train;
		}

		close(): void {
			clock.clear(this.#timer);
			this.#line?.close();
			this.#line = undefined;
			this.#train = undefined;
		}

		#listen(waitUs: number): void {
			try {
				this.#line?.listen(waitUs);
				this.#timer = clock.set(() => this.#finish(), listenMs);
			} catch (error) {
				this.#timer = clock.set(() => this.#fail(error), 0);
			}
		}

		#finish(): void {
			this.#timer = undefined;
			const line = this.#line!;
			try {
				const level = line.level;
				this.#train = { pulses: new Uint16Array(line.stop()), level, ticks: this.#ticks };
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
	};
}
