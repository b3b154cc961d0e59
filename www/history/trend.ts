/** Time constant of the running mean, and the longest gap that it bridges. */
const MEAN_MS = 180_000;
/** No trend before this. */
const FIRST_MS = 60_000;

export type Trend = "rising" | "steady" | "falling";

/**
 * The direction of a value: the newest against an exponential running mean, which begins anew after a longer gap.
 * @param at Ms, ascending. @param values At these times; `null` in a gap.
 * @param threshold The minimum distance from the mean, in the value's unit.
 * @returns `undefined` in the first minute.
 */
export function trend(at: readonly number[], values: readonly (number | null)[], threshold: number): Trend | undefined {
	let mean = Number.NaN;
	let newest = Number.NaN;
	let since = 0;
	let last = Number.NEGATIVE_INFINITY;
	for (const [index, value] of values.entries()) {
		if (value === null) continue;
		const elapsed = at[index]! - last;
		last = at[index]!;
		if (elapsed > MEAN_MS) {
			mean = value;
			since = last;
		} else mean += (value - mean) * (1 - Math.exp(-elapsed / MEAN_MS));
		newest = value;
	}
	if (!(last - since >= FIRST_MS)) return undefined;
	const distance = newest - mean;
	if (Math.abs(distance) < threshold) return "steady";
	return distance > 0 ? "rising" : "falling";
}
