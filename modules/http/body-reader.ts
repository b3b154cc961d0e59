/** Gathers the body of a request, by length or in chunks. */

import { isToken, MAX_NAME } from "./field-rules.js";
import { joined } from "./head-reader.js";
import { hexDigit } from "./octets.js";
import type { Request } from "./request.js";
import { badRequest, HTTPError } from "./response.js";

const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const COLON = 58;
const SEMICOLON = 59;
const DELETE = 127;

/** What a request takes of the heap: the values of its fields are within their bounds. */
const REQUEST = 3072;

export class BodyReader {
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

	constructor(request: Request) {
		this.request = request;
		this.left = request.contentLength;
		this.state = request.contentLength < 0 ? "size" : "data";
	}

	/** Bytes of the heap that it takes, at most. */
	get held(): number {
		return this.bytes.buffer.byteLength + REQUEST;
	}

	push(piece: Uint8Array): void {
		this.bytes = joined(this.bytes, piece);
	}

	/**
	 * Works through what has arrived since the last call.
	 * @returns Whether the body is complete; 400, 413 for one that never will be.
	 */
	complete(maxBody: number): boolean | HTTPError {
		while (this.state !== "done") {
			if (this.state === "data") {
				const count = Math.min(this.left, this.bytes.byteLength - this.length);
				this.length += count;
				this.left -= count;
				if (this.left > 0) return false;
				this.state = this.request.contentLength < 0 ? "end" : "done";
			} else {
				const taken = this.line(maxBody);
				if (taken !== true) return taken;
			}
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

	/** Takes the next line of the chunked coding out of `bytes`. @returns Whether there was one; 400, 413 for what is none. */
	private line(maxBody: number): boolean | HTTPError {
		const { bytes, length } = this;
		const lf = bytes.indexOf(LF, length);
		const end = lf < 0 ? bytes.byteLength : lf + 1;
		if (this.overhead + end - length > maxBody) return new HTTPError(413, "The chunks of the body are too many.");
		if (lf < 0) return false;
		if (bytes.indexOf(CR, length) !== lf - 1) return new HTTPError(400, "A line must end in CR LF.");
		this.overhead += end - length;
		const wrong = this.follow(bytes.subarray(length, lf - 1), maxBody);
		if (wrong) return wrong;
		bytes.copyWithin(length, end);
		this.bytes = bytes.subarray(0, bytes.byteLength - (end - length));
		return true;
	}

	/** Goes where `line`, without its end, says. @returns 400, 413 for what it may not say. */
	private follow(line: Uint8Array, maxBody: number): HTTPError | undefined {
		if (this.state === "end") {
			if (line.byteLength > 0) return new HTTPError(400, "A chunk is longer than its size.");
			this.state = "size";
		} else if (this.state === "trailer") {
			if (line.byteLength === 0) this.state = "done";
			else if (!isTrailer(line)) return badRequest();
		} else {
			this.left = chunkSize(line);
			if (this.left < 0) return new HTTPError(400, "The size of a chunk must be hexadecimal.");
			if (this.length + this.left > maxBody) return tooLong(maxBody);
			this.state = this.left === 0 ? "trailer" : "data";
		}
		return undefined;
	}
}

export function tooLong(maxBody: number): HTTPError {
	return new HTTPError(413, `The body is longer than ${maxBody} bytes.`);
}

/** Whether all of `bytes` from `from` on may stand in a line: no control characters but tabs. */
function isText(bytes: Uint8Array, from: number): boolean {
	for (let at = from; at < bytes.byteLength; at++) {
		const byte = bytes[at]!;
		if (byte < SPACE ? byte !== TAB : byte === DELETE) return false;
	}
	return true;
}

/** @param line A chunk's size line: up to eight hexadecimal digits, and extensions after a semicolon. @returns -1 of what is none. */
function chunkSize(line: Uint8Array): number {
	let size = 0;
	let at = 0;
	for (; at < line.byteLength; at++) {
		const value = hexDigit(line[at]!);
		if (value < 0) break;
		if (at === 8) return -1;
		size = size * 16 + value;
	}
	if (at === 0) return -1;
	while (line[at] === SPACE || line[at] === TAB) at++;
	const ends = at === line.byteLength || line[at] === SEMICOLON;
	return ends && isText(line, at) ? size : -1;
}

/** Whether `line` is a header field, none of which is used. */
function isTrailer(line: Uint8Array): boolean {
	const colon = line.indexOf(COLON);
	if (colon < 1 || colon > MAX_NAME) return false;
	const name = String.fromCharCode(...line.subarray(0, colon));
	return isToken(name) && isText(line, colon);
}
