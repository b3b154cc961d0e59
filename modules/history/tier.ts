/** What the tiers of a history have in common. */

export type Quantity = "temperature" | "humidity";
export type Statistic = "mean" | "min" | "max";

/** Numbered places of equal length in time. */
export interface Tier {
	/** The length of a place, ms. */
	readonly stepMs: number;
	/** The newest place; less than any `oldest` when there is none. */
	readonly last: number;
	/** @returns The first place that may be told of at `ticks`: not what is older than the tier's span. */
	oldest(ticks: number): number;
	/** @returns When `place` begins, ms since boot. */
	start(place: number): number;
	/** @returns Tenths; `undefined` for a gap. */
	tenths(place: number, quantity: Quantity, statistic: Statistic): number | undefined;
}

/** A stretch of a tier as it was asked for. Places that the tier has forgotten meanwhile read as gaps. */
export class Series {
	readonly stepMs: number;
	/** When the first place begins, ms since boot; now when there is none. */
	readonly startTicks: number;
	/** Places. */
	readonly length: number;
	#tier: Tier;
	#first: number;

	constructor(tier: Tier, ticks: number) {
		this.#tier = tier;
		this.#first = tier.oldest(ticks);
		this.stepMs = tier.stepMs;
		this.length = Math.max(0, tier.last + 1 - this.#first);
		this.startTicks = this.length === 0 ? ticks : tier.start(this.#first);
	}

	/** @param index 0 to `length - 1`. @returns °C or percent; `null` for a gap. */
	value(index: number, quantity: Quantity, statistic: Statistic): number | null {
		const tenths = this.#tier.tenths(this.#first + index, quantity, statistic);
		return tenths === undefined ? null : tenths / 10;
	}
}
