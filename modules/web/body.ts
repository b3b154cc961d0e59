/** Gathers the body of a request, by length or in chunks. */

import { Refusal } from "./answer.js";
import type { Request } from "./request.js";

export class Body {
	readonly request: Request;
	/** Of what has arrived: the chunks' data, in front, and what has not been looked at. */
	bytes: Uint8Array = new Uint8Array(0);
	/** Bytes of `bytes` that are the body's. */
	length = 0;
	/** Bytes to come of the body, or of the chunk under way. */
	left: number;
	/** What comes next: the body's data or, of a chunked one, its data, line end, size line or trailer. */
	state: "data" | "end" | "size" | "trailer" | "done";
	/** Bytes of size lines and trailers. */
	overhead = 0;

	/** @throws {Refusal} 413. */
	constructor(request: Request, maxBody: number) {
		if (request.length > maxBody) throw new Refusal(413, `The body is longer than ${maxBody} bytes.`);
		this.request = request;
		this.left = request.length;
		this.state = request.length < 0 ? "size" : "data";
	}

	push(piece: Uint8Array): void {
		const joined = new Uint8Array(this.bytes.byteLength + piece.byteLength);
		joined.set(this.bytes);
		joined.set(piece, this.bytes.byteLength);
		this.bytes = joined;
	}

	/**
	 * Works through what has arrived since the last call.
	 * @returns Whether the body is complete.
	 * @throws {Refusal} 400, 413.
	 */
	complete(maxBody: number): boolean {
		while (this.state !== "done") {
			if (this.state === "data") {
				const count = Math.min(this.left, this.bytes.byteLength - this.length);
				this.length += count;
				this.left -= count;
				if (this.left > 0) return false;
				this.state = this.request.length < 0 ? "end" : "done";
			} else if (!this.line(maxBody)) return false;
		}
		return true;
	}

	/** The body's data. */
	data(): Uint8Array {
		return this.bytes.subarray(0, this.length);
	}

	/** What follows the body. */
	rest(): Uint8Array | undefined {
		return this.length < this.bytes.byteLength ? this.bytes.subarray(this.length) : undefined;
	}

	/** Takes the next line of the chunked coding out of `bytes`. @returns Whether there was one. */
	private line(maxBody: number): boolean {
		const { bytes, length } = this;
		const lf = bytes.indexOf(10, length);
		const end = lf < 0 ? bytes.byteLength : lf + 1;
		if (this.overhead + end - length > maxBody) throw new Refusal(413, "The chunks of the body are too many.");
		if (lf < 0) return false;
		if (bytes.indexOf(13, length) !== lf - 1) throw new Refusal(400, "A line must end in CR LF.");
		this.overhead += end - length;
		if (this.state === "end") {
			if (end - length !== 2) throw new Refusal(400, "A chunk is longer than its size.");
			this.state = "size";
		} else if (this.state === "trailer") {
			if (end - length === 2) this.state = "done";
		} else {
			this.left = chunkSize(bytes.subarray(length, lf - 1));
			if (length + this.left > maxBody) throw new Refusal(413, `The body is longer than ${maxBody} bytes.`);
			this.state = this.left === 0 ? "trailer" : "data";
		}
		bytes.copyWithin(length, end);
		this.bytes = bytes.subarray(0, bytes.byteLength - (end - length));
		return true;
	}
}

/** @param line A chunk's size line: hexadecimal digits, and extensions after a semicolon. */
function chunkSize(line: Uint8Array): number {
	const semicolon = line.indexOf(59);
	const digits = String.fromCharCode(...line.subarray(0, Math.min(semicolon < 0 ? line.byteLength : semicolon, 16)));
	if (!/^[0-9a-f]{1,8}[ \t]*$/i.test(digits)) throw new Refusal(400, "The size of a chunk must be hexadecimal.");
	return Number.parseInt(digits, 16);
}
