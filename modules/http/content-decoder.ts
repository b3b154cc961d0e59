/** Finds the content of a request in the bytes that arrive: by its length, or in chunks (RFC 9112, 7.1). */

import { isToken, MAX_NAME } from "./field-rules.js";
import { hexDigit } from "./octets.js";
import { badRequest, HTTPError } from "./response.js";

const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const COLON = 58;
const SEMICOLON = 59;
const DELETE = 127;

/** The longest line of the chunked coding, bytes. */
const MAX_LINE = 1024;

export class ContentDecoder {
	/** Bytes to come of the content, or of its chunk under way. */
	left: number;
	/** Whether all has arrived, the last line of the chunked coding included. */
	done = false;
	/** Bytes of content so far, in chunks. */
	private length = 0;
	/** Bytes of size lines, line ends and trailers so far. */
	private overhead = 0;
	private readonly maxLength: number;
	/** The line that follows the content of a chunk; `undefined` where the length is given. */
	private line: "end" | "size" | "trailer" | undefined;

	/** @param contentLength As of `Request`. @param maxLength Of the content, and of the chunked coding without it, bytes. */
	constructor(contentLength: number, maxLength: number) {
		this.maxLength = maxLength;
		this.left = Math.max(contentLength, 0);
		this.line = contentLength < 0 ? "size" : undefined;
	}

	/** @returns How many of `available` bytes are content; only while `left` is more than 0. */
	take(available: number): number {
		const count = Math.min(this.left, available);
		this.left -= count;
		if (this.left === 0 && this.line === undefined) this.done = true;
		return count;
	}

	/**
	 * Reads a line of the chunked coding; only while `left` is 0 and `done` is not set.
	 * @returns Bytes of the line that begins at `from`; 0 while it is incomplete; 400, 413 for what is none.
	 */
	skip(bytes: Uint8Array, from: number): number | HTTPError {
		const lf = bytes.indexOf(LF, from);
		const end = lf < 0 ? bytes.byteLength : lf + 1;
		const length = end - from;
		if (length > MAX_LINE || this.overhead + length > this.maxLength)
			return new HTTPError(413, "The chunks of the body are too many.");
		if (lf < 0) return 0;
		if (bytes.indexOf(CR, from) !== lf - 1) return new HTTPError(400, "A line must end in CR LF.");
		this.overhead += length;
		return this.follow(bytes.subarray(from, lf - 1)) ?? length;
	}

	/** Goes on as `line`, without its end, says. @returns 400, 413 for what it may not say. */
	private follow(line: Uint8Array): HTTPError | undefined {
		if (this.line === "end") {
			if (line.byteLength > 0) return new HTTPError(400, "A chunk is longer than its size.");
			this.line = "size";
		} else if (this.line === "trailer") {
			if (line.byteLength === 0) this.done = true;
			else if (!isTrailer(line)) return badRequest();
		} else {
			const size = chunkSize(line);
			if (size < 0) return new HTTPError(400, "The size of a chunk must be hexadecimal.");
			this.length += size;
			if (this.length > this.maxLength) return tooLong(this.maxLength);
			this.left = size;
			this.line = size === 0 ? "trailer" : "end";
		}
		return undefined;
	}
}

export function tooLong(maxLength: number): HTTPError {
	return new HTTPError(413, `The body is longer than ${maxLength} bytes.`);
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

/** Whether `line` is a field line; no trailer is read. */
function isTrailer(line: Uint8Array): boolean {
	const colon = line.indexOf(COLON);
	if (colon < 1 || colon > MAX_NAME) return false;
	const name = String.fromCharCode(...line.subarray(0, colon));
	return isToken(name) && isText(line, colon);
}
