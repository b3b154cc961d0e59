/** Gathers the head of a request from the pieces in which it arrives, and refuses one that is too long. */

import type { Text } from "../platform/text.js";
import { cutCookies, MAX_DROPPED } from "./cookies.js";
import { badRequest, HTTPError } from "./response.js";

const CR = 13;
const LF = 10;
/** As many arguments as the chip's stack holds in one call. */
const ARGUMENTS = 128;

/** Each byte as one character; `text` does it where all are ASCII. */
export function latin1(text: Text, bytes: Uint8Array): string {
	try {
		const ascii = text.decode(bytes);
		if (ascii.length === bytes.byteLength) return ascii;
	} catch {
		// not UTF-8
	}
	let result = "";
	for (let at = 0; at < bytes.byteLength; at += ARGUMENTS)
		result += String.fromCharCode.apply(null, bytes.subarray(at, at + ARGUMENTS) as unknown as number[]);
	return result;
}

/** A byte for each character. */
function octets(characters: string): Uint8Array {
	const bytes = new Uint8Array(characters.length);
	for (let at = 0; at < bytes.byteLength; at++) bytes[at] = characters.charCodeAt(at);
	return bytes;
}

/** `first` and, behind it, `second`. */
export function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
	if (first.byteLength === 0) return second;
	const both = new Uint8Array(first.byteLength + second.byteLength);
	both.set(first);
	both.set(second, first.byteLength);
	return both;
}

/** What has arrived stays bytes until the head is complete: it takes half of what its text and they would. */
export class HeadReader {
	/** What has arrived and belongs to no head taken. */
	bytes: Uint8Array;
	/** Up to here `bytes` holds no end of a head. */
	private searched = 0;
	/** The length of the request line; -1 until its end has come. */
	private line = -1;
	/** Bytes of cookies that were dropped. */
	private dropped = 0;

	constructor(piece: Uint8Array) {
		this.bytes = piece;
	}

	push(piece: Uint8Array): void {
		this.bytes = joined(this.bytes, piece);
	}

	/**
	 * Looks for the end of a head in what has arrived.
	 * @returns The head, a character a byte, its blank line included; `undefined` while it is incomplete;
	 * 400, 414, 431 for what never becomes one.
	 */
	take(text: Text, maxLine: number, maxFields: number): string | HTTPError | undefined {
		let bytes = this.bytes;
		// Blank lines before a request are passed over (RFC 9112, 2.2).
		while (bytes[0] === CR && bytes[1] === LF) {
			bytes = bytes.subarray(2);
			this.searched = 0;
		}
		const from = Math.max(0, this.searched - 3);
		const fresh = latin1(text, from === 0 ? bytes : bytes.subarray(from));
		const blank = fresh.indexOf("\r\n\r\n");
		const arrived = blank < 0 ? bytes.byteLength : from + blank + 4;
		const refusal = blank < 0 || arrived > maxLine ? this.measure(fresh, from, arrived, maxLine, maxFields) : undefined;
		if (refusal)
			return refusal.status === 431 ? this.cut(text, bytes, arrived, blank >= 0, refusal, maxFields) : refusal;
		if (blank < 0) {
			// A view would hold on to all that came with it.
			this.bytes = arrived < bytes.buffer.byteLength ? bytes.slice() : bytes;
			this.searched = arrived;
			return undefined;
		}
		this.bytes = bytes.subarray(arrived);
		this.searched = 0;
		this.line = -1;
		this.dropped = 0;
		if (from > 0) return latin1(text, bytes.subarray(0, arrived));
		return arrived === fresh.length ? fresh : fresh.slice(0, arrived);
	}

	/** Bytes of the heap that it takes. */
	get held(): number {
		return this.bytes.buffer.byteLength;
	}

	/** What follows the heads taken. */
	rest(): Uint8Array | undefined {
		return this.bytes.byteLength > 0 ? this.bytes : undefined;
	}

	/** Drops cookies from a head that is too long. @returns As `take`; `refusal` when it is too long all the same. */
	private cut(
		text: Text,
		bytes: Uint8Array,
		arrived: number,
		complete: boolean,
		refusal: HTTPError,
		maxFields: number,
	): string | HTTPError | undefined {
		const from = this.line + 2;
		const cut = cutCookies(latin1(text, bytes.subarray(0, arrived)), from);
		if (cut instanceof HTTPError) return cut;
		const { head, open } = cut;
		this.dropped += arrived - head.length;
		if (this.dropped > MAX_DROPPED || head.length - open - from > maxFields) return refusal;
		this.searched = complete ? 0 : head.length;
		if (!complete) {
			this.bytes = octets(head);
			return undefined;
		}
		this.bytes = bytes.subarray(arrived);
		this.line = -1;
		this.dropped = 0;
		return head;
	}

	/** @param fresh What has arrived, from `from` on. @param arrived How many bytes of the head have. */
	private measure(
		fresh: string,
		from: number,
		arrived: number,
		maxLine: number,
		maxFields: number,
	): HTTPError | undefined {
		for (let lf = fresh.indexOf("\n"); lf >= 0; lf = fresh.indexOf("\n", lf + 1)) {
			if (lf > 0 ? fresh.charCodeAt(lf - 1) !== CR : from === 0) return badRequest();
			if (this.line < 0) this.line = from + lf - 1;
		}
		const { line } = this;
		if (line < 0 ? arrived > maxLine + 1 : line > maxLine)
			return new HTTPError(414, `The request line is longer than ${maxLine} bytes.`);
		if (line >= 0 && arrived - line - 2 > maxFields)
			return new HTTPError(431, `The header fields are longer than ${maxFields} bytes.`);
		return undefined;
	}
}
