/** A fixed number of places, numbered without end: the newest push out the oldest. All memory is taken at once. */

/** Stands for no number; below all that are allowed. */
const GAP = -32768;

export class Ring {
	/** How many places are remembered. */
	readonly length: number;
	/** Numbers a place. */
	readonly width: number;
	#values: Int16Array;
	#first = 0;
	#last = -1;

	/** @param length Places, from 1. @param width Numbers a place, from 1. */
	constructor(length: number, width: number) {
		this.length = length;
		this.width = width;
		this.#values = new Int16Array(length * width);
	}

	get empty(): boolean {
		return this.#last < this.#first;
	}

	/** The oldest place that is remembered. */
	get first(): number {
		return this.#first;
	}

	/** The newest place; `first - 1` when there is none. */
	get last(): number {
		return this.#last;
	}

	get byteLength(): number {
		return this.#values.byteLength;
	}

	/** @returns -32767 to 32767; `undefined` for a gap and for a place that is not remembered. */
	get(place: number, column: number): number | undefined {
		if (place < this.#first || place > this.#last) return undefined;
		const value = this.#values[this.#offset(place) + column]!;
		return value === GAP ? undefined : value;
	}

	/** @param place From `first` to `last`. @param value Whole, -32767 to 32767. */
	put(place: number, column: number, value: number): void {
		this.#values[this.#offset(place) + column] = value;
	}

	/** Makes `place`, which is later than the last, the newest; it and what lies between are gaps. */
	append(place: number): void {
		const next = this.empty ? place : Math.max(this.#last + 1, place - this.length + 1);
		for (let gap = next; gap <= place; gap++) {
			const offset = this.#offset(gap);
			this.#values.fill(GAP, offset, offset + this.width);
		}
		this.#first = Math.max(this.empty ? place : this.#first, place - this.length + 1);
		this.#last = place;
	}

	/** Forgets everything. */
	clear(): void {
		this.#first = 0;
		this.#last = -1;
	}

	#offset(place: number): number {
		const turn = place % this.length;
		return (turn < 0 ? turn + this.length : turn) * this.width;
	}
}
