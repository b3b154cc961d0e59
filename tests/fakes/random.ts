/** Whole numbers from 0 to 0xFFFFFFFF, the same row for the same seed (mulberry32). */
export function numbers(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return (mixed ^ (mixed >>> 14)) >>> 0;
	};
}

/** Fractions from 0 up to 1, the same row for the same seed. */
export function fractions(seed: number): () => number {
	const next = numbers(seed);
	return () => next() / 0x1_0000_0000;
}

/** Whole numbers below the limit given with each call, the same row for the same seed. */
export function choices(seed: number): (limit: number) => number {
	const next = fractions(seed);
	return limit => Math.floor(next() * limit);
}
