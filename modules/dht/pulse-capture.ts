/**
 * The IO of the driver: a pin that asks a single-wire sensor for a frame and times its pulses. Types only.
 *
 * A class of these follows ECMA-419's Input/Output class pattern: the constructor takes one options object, `target` is set on
 * the instance, and callbacks are called with the instance as `this`.
 */

/** What a single-wire sensor sent after one start signal. */
export interface PulseTrain {
	/**
	 * Durations in µs after the host released the data line, levels alternating from high: release high, response low,
	 * response high, then a low and a high a bit, and the final low. Empty when the level never changed.
	 */
	readonly pulses: ArrayLike<number>;
	/** The level when the capture ended: 0 with no pulses means that it never rose. */
	readonly level: 0 | 1;
	/** When the read began, ms since boot. */
	readonly ticks: number;
}

export interface PulseCaptureOptions {
	/** GPIO number of the data line. */
	pin: number;
	/** Set on the instance. */
	target?: unknown;
	/** A pulse train is ready for `read`. Comes once after each `start`, also when the sensor sent nothing. */
	onReadable?(this: PulseCapture): void;
	/** The hardware failed: only `close` may be called. */
	onError?(this: PulseCapture, error: Error): void;
}

export interface PulseCapture {
	target?: unknown;
	/**
	 * Holds the data line low for `lowUs` (500 to 20000 µs), releases it and captures the pulses. Returns at once;
	 * `onReadable` follows within 150 ms.
	 * @throws {Error} Closed, or a capture is under way.
	 */
	start(lowUs: number): void;
	/** @returns The train that `onReadable` announced, once; else `undefined`. */
	read(): PulseTrain | undefined;
	/** Frees the pin, also during a capture; may be called twice. No callback follows. */
	close(): void;
}

export interface PulseCaptureConstructor {
	/** @throws {Error} The pin does not exist or is in use. */
	new (options: PulseCaptureOptions): PulseCapture;
	/**
	 * Whether the sensors count as powered long ago and their newest measurement as fresh, as in a simulation.
	 * Neither warm-up nor the age of a first frame then matters.
	 */
	readonly settled?: boolean;
}
