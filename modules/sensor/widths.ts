/** How wide the zeros and ones of a good frame were. */

export interface Width {
	readonly meanUs: number;
	/** Greatest less least. */
	readonly spreadUs: number;
}

export interface Widths {
	readonly zeros: Width;
	readonly ones: Width;
}

/** @param pulses A train that `decodeFrame` took: it has zeros and ones. */
export function measureWidths(pulses: ArrayLike<number>): Widths {
	let least = Number.POSITIVE_INFINITY;
	let greatest = 0;
	for (let at = 4; at <= 82; at += 2) {
		const high = pulses[at]!;
		if (high < least) least = high;
		if (high > greatest) greatest = high;
	}
	const threshold = (least + greatest) / 2;
	return { zeros: width(pulses, least, threshold), ones: width(pulses, threshold, greatest) };
}

/** Of the highs from `from` to `to`. */
function width(pulses: ArrayLike<number>, from: number, to: number): Width {
	let count = 0;
	let sum = 0;
	let least = to;
	let greatest = from;
	for (let at = 4; at <= 82; at += 2) {
		const high = pulses[at]!;
		if (high < from || high > to) continue;
		count++;
		sum += high;
		if (high < least) least = high;
		if (high > greatest) greatest = high;
	}
	return { meanUs: tenths(sum / count), spreadUs: tenths(greatest - least) };
}

function tenths(value: number): number {
	return Math.round(value * 10) / 10;
}
