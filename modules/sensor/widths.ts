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
	const highs: number[] = [];
	for (let i = 4; i <= 82; i += 2) highs.push(pulses[i]!);
	const threshold = (Math.min(...highs) + Math.max(...highs)) / 2;
	return { zeros: width(highs.filter(high => high < threshold)), ones: width(highs.filter(high => high > threshold)) };
}

function width(highs: readonly number[]): Width {
	const mean = highs.reduce((sum, high) => sum + high, 0) / highs.length;
	return { meanUs: tenths(mean), spreadUs: tenths(Math.max(...highs) - Math.min(...highs)) };
}

function tenths(value: number): number {
	return Math.round(value * 10) / 10;
}
