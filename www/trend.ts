/** Values are compared with their mean over about this long. */
const MEAN_MS = 180_000;
const FIRST_MS = 60_000;

/** Which way a value goes: compares it with a running mean of the last minutes. */
export class Trend {
	readonly #threshold: number;
	#mean = Number.NaN;
	#value = Number.NaN;
	#since = Number.NEGATIVE_INFINITY;
	#at = Number.NEGATIVE_INFINITY;

	/** @param threshold The least distance from the mean that counts, in the value's unit. */
	constructor(threshold: number) {
		this.#threshold = threshold;
	}

	/** `at` in ms, not before the one before; after a gap longer than the mean it starts anew. */
	push(value: number, at: number): void {
		const elapsed = at - this.#at;
		if (elapsed > MEAN_MS) {
			this.#mean = value;
			this.#since = at;
		} else this.#mean += (value - this.#mean) * (1 - Math.exp(-elapsed / MEAN_MS));
		this.#value = value;
		this.#at = at;
	}

	/** @returns 1 rising, −1 falling, 0 steady; `undefined` in the first minute. */
	get direction(): 1 | 0 | -1 | undefined {
		if (this.#at - this.#since < FIRST_MS || this.#since === Number.NEGATIVE_INFINITY) return undefined;
		const distance = this.#value - this.#mean;
		return Math.abs(distance) < this.#threshold ? 0 : distance > 0 ? 1 : -1;
	}
}
