/** The median of the last three values: one outlier never shows, and a step shows one value later. */
export class Median {
	#older: number | undefined;
	#old: number | undefined;

	/** @returns The median of `value` and the two before it; `value` itself while there are fewer. */
	push(value: number): number {
		const older = this.#older;
		const old = this.#old;
		this.#older = old;
		this.#old = value;
		if (older === undefined || old === undefined) return value;
		return Math.max(Math.min(older, old), Math.min(Math.max(older, old), value));
	}
}
