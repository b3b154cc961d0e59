/** What a refused client still sends: it is dropped, so that the answer gets through before the end. */

export class Drain {
	/** Bytes that are still tolerated. */
	left: number;
	readonly held = 0;

	constructor(left: number) {
		this.left = left;
	}
}
