/** Gathers the head of a request from the pieces in which it arrives, and refuses one that is too long. */

import type { Text } from "../platform/types.js";
import { malformed, Refusal } from "./answer.js";

const CR = 13;
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

/** Whether `text`, of `length` characters, is one head and nothing else. */
export function isWhole(text: string, length: number): boolean {
	return length > 4 && text.indexOf("\r\n\r\n") === length - 4 && text.charCodeAt(0) !== CR;
}

export class Head {
	/** What has arrived, a character a byte. */
	text: string;
	/** The bytes that `text` ends in; `undefined` once all of them are known to be of a head that is incomplete. */
	piece: Uint8Array | undefined;
	/** Where the request under way starts in `text`. */
	start = 0;
	/** Up to here `text` holds no end of a head. */
	searched = 0;

	/** @param text `piece`, a character a byte. */
	constructor(text: string, piece: Uint8Array) {
		this.text = text;
		this.piece = piece;
	}

	push(text: string, piece: Uint8Array): void {
		this.text += text;
		this.piece = piece;
	}

	/**
	 * Looks for the end of a head in what has arrived.
	 * @returns Where the head starts in `text`; -1 while it is incomplete.
	 * @throws {Refusal} 400, 414, 431.
	 */
	take(maxLine: number, maxFields: number): number {
		const { text } = this;
		let { start } = this;
		while (text.charCodeAt(start) === CR && text.startsWith("\r\n", start)) start += 2;
		this.start = start;
		const end = text.indexOf("\r\n\r\n", this.searched > start + 3 ? this.searched - 3 : start);
		const arrived = end < 0 ? text.length : end + 4;
		if (arrived - start > maxLine) this.measure(arrived, maxLine, maxFields);
		if (end < 0) {
			this.wait();
			return -1;
		}
		this.start = arrived;
		this.searched = arrived;
		return start;
	}

	/** What follows the heads taken. */
	rest(): Uint8Array | undefined {
		const count = this.text.length - this.start;
		return count > 0 ? this.piece?.subarray(-count) : undefined;
	}

	/** Whether anything follows the heads taken. */
	get more(): boolean {
		return this.start < this.text.length;
	}

	private measure(arrived: number, maxLine: number, maxFields: number): void {
		const line = this.text.indexOf("\r\n", this.start);
		if (line < 0 ? arrived - this.start > maxLine + 1 : line - this.start > maxLine)
			throw new Refusal(414, `The request line is longer than ${maxLine} bytes.`);
		if (line >= 0 && arrived - line - 2 > maxFields)
			throw new Refusal(431, `The header fields are longer than ${maxFields} bytes.`);
	}

	/** Lets go of what is done with, and refuses what will never end in a blank line of CR LF. */
	private wait(): void {
		const text = this.start > 0 ? this.text.slice(this.start) : this.text;
		let lf = text.indexOf("\n", Math.max(0, this.searched - this.start));
		for (; lf >= 0; lf = text.indexOf("\n", lf + 1)) if (text.charCodeAt(lf - 1) !== CR) throw malformed();
		this.text = text;
		this.piece = undefined;
		this.start = 0;
		this.searched = text.length;
	}
}
