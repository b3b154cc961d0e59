/** Gathers the head of a request from the pieces in which it arrives, and refuses one that is malformed or too long. */

import { Refusal } from "./answer.js";

const LF = 10;
const CR = 13;
const TAB = 9;
const SPACE = 32;
const COLON = 58;
/** Memory grows by so many bytes at a time. */
const STEP = 128;

export class Head {
	/** What has arrived; zeros after `length`. */
	bytes: Uint8Array;
	length: number;
	/** Where the request line starts. */
	start = 0;
	/** Where the first line that has not been checked starts. */
	next = 0;
	/** Where the header section starts; 0 while the request line is incomplete. */
	fields = 0;

	/** @param bytes Taken over, not copied. */
	constructor(bytes: Uint8Array) {
		this.bytes = bytes;
		this.length = bytes.byteLength;
	}

	push(piece: Uint8Array): void {
		const length = this.length + piece.byteLength;
		if (length > this.bytes.byteLength) {
			const grown = new Uint8Array(Math.ceil(length / STEP) * STEP);
			grown.set(this.bytes.subarray(0, this.length));
			this.bytes = grown;
		}
		this.bytes.set(piece, this.length);
		this.length = length;
	}

	/**
	 * Checks the lines that have arrived since the last call.
	 * @returns Whether the head is complete: from `start` to `next`, blank line included.
	 * @throws {Refusal} 400, 414, 431.
	 */
	complete(maxLine: number, maxFields: number): boolean {
		const { bytes } = this;
		for (;;) {
			const line = this.next;
			const lf = bytes.indexOf(LF, line);
			const end = lf < 0 ? this.length : lf + 1;
			if (this.fields === 0) {
				if (end - line > maxLine + 2) throw new Refusal(414, `The request line is longer than ${maxLine} bytes.`);
			} else if (end - this.fields > maxFields)
				throw new Refusal(431, `The header fields are longer than ${maxFields} bytes.`);
			if (lf < 0) return false;
			if (bytes.indexOf(CR, line) !== lf - 1) throw new Refusal(400, "A line must end in CR LF.");
			this.next = end;
			if (this.fields === 0) {
				if (end - line > 2) this.fields = end;
				else if (end > maxLine) throw new Refusal(400, "There is no request line.");
				else this.start = end;
			} else {
				if (end - line === 2) return true;
				const colon = bytes.indexOf(COLON, line);
				const space = bytes.indexOf(SPACE, line);
				const first = bytes[line];
				if (colon <= line || colon > lf || (space >= 0 && space < colon) || first === TAB || bytes[colon - 1] === TAB)
					throw new Refusal(400, "A header field must be a name, a colon and a value, on one line.");
			}
		}
	}

	/** What follows the head. */
	rest(): Uint8Array | undefined {
		return this.next < this.length ? this.bytes.subarray(this.next, this.length) : undefined;
	}
}
