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

/** A train's highs of bits, the first and the last. */
const FIRST = 4;
const LAST = 82;
const BITS = 40;

/** @param pulses A train of a good frame: it has zeros and ones. */
export function measureWidths(pulses: ArrayLike<number>): Widths {
	let min = pulses[FIRST]!;
	let max = min;
	for (let at = FIRST + 2; at <= LAST; at += 2) {
		const high = pulses[at]!;
		if (high < min) min = high;
		else if (high > max) max = high;
	}
	const threshold = (min + max) / 2;
	let ones = 0;
	let sumOfOnes = 0;
	let sumOfZeros = 0;
	let minOne = max;
	let maxZero = min;
	for (let at = FIRST; at <= LAST; at += 2) {
		const high = pulses[at]!;
		if (high <= threshold) {
			sumOfZeros += high;
			if (high > maxZero) maxZero = high;
		} else {
			ones++;
			sumOfOnes += high;
			if (high < minOne) minOne = high;
		}
	}
	return {
		zeros: { meanUs: tenths(sumOfZeros / (BITS - ones)), spreadUs: tenths(maxZero - min) },
		ones: { meanUs: tenths(sumOfOnes / (ones || 1)), spreadUs: tenths(max - minOne) },
	};
}

function tenths(value: number): number {
	return Math.round(value * 10) / 10;
}
