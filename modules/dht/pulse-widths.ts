/** Widths of the zeros and ones of a good frame. */

export interface Width {
	readonly meanUs: number;
	/** Maximum less minimum. */
	readonly spreadUs: number;
}

export interface Widths {
	readonly zeros: Width;
	readonly ones: Width;
}

/** @param pulses A train of a good frame: it has zeros and ones. */
export function measureWidths(pulses: ArrayLike<number>): Widths {
	let min = Number.POSITIVE_INFINITY;
	let max = 0;
	for (let at = 4; at <= 82; at += 2) {
		const high = pulses[at]!;
		if (high < min) min = high;
		if (high > max) max = high;
	}
	const threshold = (min + max) / 2;
	return { zeros: width(pulses, min, threshold), ones: width(pulses, threshold, max) };
}

/** @returns The width of the highs from `from` to `to`. */
function width(pulses: ArrayLike<number>, from: number, to: number): Width {
	let count = 0;
	let sum = 0;
	let min = to;
	let max = from;
	for (let at = 4; at <= 82; at += 2) {
		const high = pulses[at]!;
		if (high < from || high > to) continue;
		count++;
		sum += high;
		if (high < min) min = high;
		if (high > max) max = high;
	}
	return { meanUs: tenths(sum / count), spreadUs: tenths(max - min) };
}

function tenths(value: number): number {
	return Math.round(value * 10) / 10;
}
