/** How wide the zeros and ones of a good frame were. */

export interface Width {
	readonly meanUs: number;
	/** Greatest less least. */
	readonly spreadUs: number;
}

/** `null` where the frame has no such bit. */
export interface Widths {
	readonly zeros: Width | null;
	readonly ones: Width | null;
}

/** @param pulses A train that `decodeFrame` took. */
export function measureWidths(pulses: ArrayLike<number>): Widths {
	const zeros: number[] = [];
	const ones: number[] = [];
	const threshold = 0.6 * pulses[2]!;
	for (let i = 4; i <= 82; i += 2) {
		const high = pulses[i]!;
		(high > threshold ? ones : zeros).push(high);
	}
	return { zeros: width(zeros), ones: width(ones) };
}

function width(highs: readonly number[]): Width | null {
	if (highs.length === 0) return null;
	const mean = highs.reduce((sum, high) => sum + high, 0) / highs.length;
	return { meanUs: tenths(mean), spreadUs: tenths(Math.max(...highs) - Math.min(...highs)) };
}

function tenths(value: number): number {
	return Math.round(value * 10) / 10;
}
