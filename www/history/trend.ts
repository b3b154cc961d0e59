/** Values are compared with their mean over about this long. */
const MEAN_MS = 180_000;
const FIRST_MS = 60_000;

/**
 * Which way a value goes: compares the newest with a running mean of the last minutes, begun anew after a longer gap.
 * @param at Ms, ascending. @param values At these times; `null` in a gap.
 * @param threshold The minimum distance from the mean that counts, in the value's unit.
 * @returns 1 rising, −1 falling, 0 steady; `undefined` in the first minute.
 */
export function trend(
	at: readonly number[],
	values: readonly (number | null)[],
	threshold: number,
): 1 | 0 | -1 | undefined {
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
	return Math.abs(distance) < threshold ? 0 : distance > 0 ? 1 : -1;
}
