/** A handle of `Clock.set` or `Clock.repeat`. */
export type Timer = object;

export interface Clock {
	/** Milliseconds since boot: whole, monotonic, not set back by a change of wall time. */
	readonly ticks: number;
	/** Milliseconds since 1970-01-01T00:00Z, or `undefined` while wall time is unknown. */
	readonly time: number | undefined;
	/** Calls `callback` once after `delayMs`. */
	set(callback: () => void, delayMs: number): Timer;
	/** Calls `callback` every `intervalMs`. */
	repeat(callback: () => void, intervalMs: number): Timer;
	/** Takes `undefined` and timers that have fired. */
	clear(timer: Timer | undefined): void;
	/** Sets wall time, ms since 1970-01-01T00:00Z. Absent where the host's is right already. */
	setTime?(time: number): void;
}
