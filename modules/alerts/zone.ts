/** The zone of one quantity: with hysteresis, and confirmed once it has lasted. */

/** `fault`: there are no readings. */
export type ZoneState = "normal" | "below" | "above" | "fault";

export interface ZoneLimits {
	/** `null` for none. */
	readonly below: number | null;
	readonly above: number | null;
	/** A zone is left once the value is back by this. */
	readonly hysteresis: number;
}

/** @param from The zone before. @returns The zone of `value`: a limit itself is normal, and so is a value that is back by the hysteresis. */
export function zoneOf(value: number, limits: ZoneLimits, from: ZoneState): ZoneState {
	const below = limits.below ?? Number.NEGATIVE_INFINITY;
	const above = limits.above ?? Number.POSITIVE_INFINITY;
	if (value > above) return "above";
	if (value < below) return "below";
	if (from === "above" && value > above - limits.hysteresis) return "above";
	if (from === "below" && value < below + limits.hysteresis) return "below";
	return "normal";
}

/** All times are in ms since boot. */
export class Zone {
	/** Confirmed. */
	state: ZoneState = "normal";
	/** When it began. */
	since = 0;
	/** As of the newest reading; confirmed once it has lasted. */
	next: ZoneState = "normal";
	#nextSince = 0;
	#observed = 0;

	/** Whether it is in no zone, nor about to enter one. */
	get isNormal(): boolean {
		return this.state === "normal" && this.next === "normal";
	}

	/**
	 * @param delayMs How long a state lasts until it is confirmed. @param maxGapMs Of a longer time without a reading nothing is
	 * concluded: what was to be confirmed begins anew.
	 * @returns Whether `state` has changed.
	 */
	observe(next: ZoneState, ticks: number, delayMs: number, maxGapMs = Number.POSITIVE_INFINITY): boolean {
		if (next !== this.next || ticks - this.#observed > maxGapMs) this.#nextSince = ticks;
		this.next = next;
		this.#observed = ticks;
		if (next === this.state || ticks - this.#nextSince < delayMs) return false;
		this.state = next;
		this.since = this.#nextSince;
		return true;
	}
}
