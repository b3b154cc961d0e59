/** Rows of numbers at positions that count up without end: the newest rows push out the oldest. */

/** Stands for no number. */
const GAP = -32768;

/** Allocates all of its memory in the constructor. */
export class Ring {
	/** Rows. */
	readonly length: number;
	/** Numbers of a row. */
	readonly width: number;
	#values: Int16Array | Int32Array;
	#first = 0;
	#last = -1;

	/** @param length Rows, from 1. @param width Numbers of a row, from 1. @param Numbers What they are kept in. */
	constructor(length: number, width: number, Numbers: typeof Int16Array | typeof Int32Array = Int16Array) {
		this.length = length;
		this.width = width;
		this.#values = new Numbers(length * width);
	}

	get empty(): boolean {
		return this.#last < this.#first;
	}

	/** The position of the oldest row. */
	get first(): number {
		return this.#first;
	}

	/** The position of the newest row; `first - 1` when there is none. */
	get last(): number {
		return this.#last;
	}

	get byteLength(): number {
		return this.#values.byteLength;
	}

	/** @returns A number; `undefined` for a gap, and before `first` or after `last`. */
	get(position: number, column: number): number | undefined {
		if (position < this.#first || position > this.#last) return undefined;
		const value = this.#values[this.offset(position) + column]!;
		return value === GAP ? undefined : value;
	}

	/** @param position From `first` to `last`. @param value Whole, as wide as the ring's numbers, but not -32768. */
	put(position: number, column: number, value: number): void {
		this.#values[this.offset(position) + column] = value;
	}

	/** Adds rows of gaps up to `position`, which becomes the last. @param position After `last`; any where the ring is empty. */
	append(position: number): void {
		const next = this.empty ? position : Math.max(this.#last + 1, position - this.length + 1);
		for (let gap = next; gap <= position; gap++) {
			const offset = this.offset(gap);
			this.#values.fill(GAP, offset, offset + this.width);
		}
		this.#first = Math.max(this.empty ? position : this.#first, position - this.length + 1);
		this.#last = position;
	}

	private offset(position: number): number {
		const row = position % this.length;
		return (row < 0 ? row + this.length : row) * this.width;
	}
}
