/** What the tiers of a history have in common. */

export type Quantity = "temperature" | "humidity";
export type Statistic = "mean" | "min" | "max";

/** Buckets of equal length in time, numbered without end. */
export interface Tier {
	/** The length of a bucket, ms. */
	readonly stepMs: number;
	/** The newest bucket; less than any `oldest` when there is none. */
	readonly last: number;
	/** @returns The first bucket within the tier's span. @param ticks Now, ms since boot. */
	oldest(ticks: number): number;
	/** @returns When `bucket` begins, ms since boot. */
	startTicks(bucket: number): number;
	/** @returns Tenths; `undefined` for a gap. */
	tenths(bucket: number, quantity: Quantity, statistic: Statistic): number | undefined;
}

/** The buckets of a tier within its span at one moment. Those that the tier has dropped since then read as gaps. */
export class Series {
	readonly stepMs: number;
	/** When the first bucket begins, ms since boot; that moment where there is none. */
	readonly startTicks: number;
	/** Buckets. */
	readonly length: number;
	#tier: Tier;
	#first: number;

	constructor(tier: Tier, ticks: number) {
		this.#tier = tier;
		this.#first = tier.oldest(ticks);
		this.stepMs = tier.stepMs;
		this.length = Math.max(0, tier.last + 1 - this.#first);
		this.startTicks = this.length === 0 ? ticks : tier.startTicks(this.#first);
	}

	/** @param index 0 to `length - 1`. @returns °C or percent; `null` for a gap. */
	value(index: number, quantity: Quantity, statistic: Statistic): number | null {
		const tenths = this.#tier.tenths(this.#first + index, quantity, statistic);
		return tenths === undefined ? null : tenths / 10;
	}
}
