/** Gathers the head of a request from the pieces in which it arrives, and refuses one that is too long. */

import type { Text } from "../platform/text.js";
import { type CookieRule, cutCookies, MAX_DROPPED } from "./cookies.js";
import { badRequest, HTTPError } from "./response.js";

const CR = 13;
const LF = 10;
/** As many arguments as the chip's stack holds in one call. */
const ARGUMENTS = 128;

/** Each byte as one character; `text` does it where all are ASCII. */
export function latin1(text: Text, bytes: Uint8Array): string {
	try {
		const ascii = text.decode(bytes);
		if (ascii.length === bytes.length) return ascii;
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

/** @returns The head, where `bytes` are one short head and nothing else, as most are; otherwise `undefined`. */
export function wholeHead(text: Text, bytes: Uint8Array, maxLine: number): string | undefined {
	if (bytes.length > maxLine || bytes[0] === CR) return undefined;
	const head = latin1(text, bytes);
	const blank = head.indexOf("\r\n\r\n");
	return blank > 0 && blank === head.length - 4 ? head : undefined;
}

/** The most that a head may have, bytes. */
export interface HeadLimits {
	readonly maxLine: number;
	readonly maxFields: number;
}

/** What has arrived stays bytes until the head is complete: it takes half of what its text and they would. */
export class HeadReader {
	/** What follows the head, once it is complete. */
	rest: Uint8Array | undefined;
	/** What has arrived of the head. */
	private bytes: Uint8Array;
	/** Up to here `bytes` holds no end of a head. */
	private searched = 0;
	/** The length of the request line; -1 until its end has come. */
	private lineLength = -1;
	/** Bytes of cookies that were dropped. */
	private dropped = 0;

	constructor(piece: Uint8Array) {
		this.bytes = piece;
	}

	push(piece: Uint8Array): void {
		this.bytes = joined(this.bytes, piece);
	}

	/** Bytes of the heap that it takes. */
	get held(): number {
		return this.bytes.buffer.byteLength;
	}

	/**
	 * Looks for the end of a head in what has arrived.
	 * @returns The head, a character a byte, its blank line included; `undefined` while it is incomplete;
	 * 400, 414, 431 for what never becomes one.
	 */
	take(text: Text, limits: HeadLimits, cookie?: CookieRule): string | HTTPError | undefined {
		let bytes = this.bytes;
		// Blank lines before a request are passed over (RFC 9112, 2.2).
		while (bytes[0] === CR && bytes[1] === LF) {
			bytes = bytes.subarray(2);
			this.searched = 0;
		}
		const from = this.searched > 3 ? this.searched - 3 : 0;
		const fresh = latin1(text, from > 0 ? bytes.subarray(from) : bytes);
		const blank = fresh.indexOf("\r\n\r\n");
		const arrived = from + (blank < 0 ? fresh.length : blank + 4);
		if (blank < 0 || arrived > limits.maxLine) {
			const { maxLine, maxFields } = limits;
			const error = this.measure(blank < 0 ? fresh : fresh.slice(0, blank + 4), from, arrived, maxLine, maxFields);
			if (error?.status === 431) return this.cut(text, bytes, arrived, blank >= 0, error, maxFields, cookie);
			if (error) return error;
		}
		if (blank < 0) {
			// A view would hold on to all that came with it.
			this.bytes = arrived < bytes.buffer.byteLength ? bytes.slice() : bytes;
			this.searched = arrived;
			return undefined;
		}
		if (from === 0 && arrived === fresh.length) return fresh;
		if (arrived < bytes.byteLength) this.rest = bytes.subarray(arrived);
		return from > 0 ? latin1(text, bytes.subarray(0, arrived)) : fresh.slice(0, arrived);
	}

	/** Drops cookies from a head that is too long. @returns As `take`; `error` when it is too long all the same. */
	private cut(
		text: Text,
		bytes: Uint8Array,
		arrived: number,
		complete: boolean,
		error: HTTPError,
		maxFields: number,
		cookie: CookieRule | undefined,
	): string | HTTPError | undefined {
		const from = this.lineLength + 2;
		const cut = cutCookies(latin1(text, bytes.subarray(0, arrived)), from, cookie);
		if (cut instanceof HTTPError) return cut;
		const { head, open } = cut;
		this.dropped += arrived - head.length;
		if (this.dropped > MAX_DROPPED || head.length - open - from > maxFields) return error;
		if (complete) {
			if (arrived < bytes.byteLength) this.rest = bytes.subarray(arrived);
			return head;
		}
		this.searched = head.length;
		this.bytes = octets(head);
		return undefined;
	}

	/** @param fresh What has arrived of the head, from `from` on. @param arrived How many bytes of the head have. */
	private measure(
		fresh: string,
		from: number,
		arrived: number,
		maxLine: number,
		maxFields: number,
	): HTTPError | undefined {
		for (let lf = fresh.indexOf("\n"); lf >= 0; lf = fresh.indexOf("\n", lf + 1)) {
			if (lf > 0 ? fresh.charCodeAt(lf - 1) !== CR : from === 0) return badRequest();
			if (this.lineLength < 0) this.lineLength = from + lf - 1;
		}
		const { lineLength } = this;
		if (lineLength < 0 ? arrived > maxLine + 1 : lineLength > maxLine)
			return new HTTPError(414, `The request line is longer than ${maxLine} bytes.`);
		if (lineLength >= 0 && arrived - lineLength - 2 > maxFields)
			return new HTTPError(431, `The header fields are longer than ${maxFields} bytes.`);
		return undefined;
	}
}
