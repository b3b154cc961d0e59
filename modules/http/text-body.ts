/** Bodies of text that are made a piece at a time, as the socket takes them. */

import type { Text } from "../platform/text.js";
import { type BodySource, Response } from "./response.js";

/** Characters of a piece: with one string more it mostly fits a TCP segment, and it is small beside the heap. */
const PIECE = 1024;

/** Gives a text in strings of some hundred characters at most. */
export interface TextSource {
	/** @returns The next string, which may be empty; `undefined` after the last. */
	next(): string | undefined;
	/** Whether the last string was returned, as far as that is known. */
	readonly ended: boolean;
}

/** The strings of an iterator. */
export class IteratedText implements TextSource {
	ended = false;
	#strings: Iterator<string>;

	constructor(strings: Iterator<string>) {
		this.#strings = strings;
	}

	next(): string | undefined {
		const { done = false, value } = this.#strings.next();
		this.ended = done;
		return done ? undefined : value;
	}
}

class TextBody implements BodySource {
	#text: Text;
	#source: TextSource;
	/** A piece that was made before it was asked for. */
	#first: Uint8Array | undefined;

	constructor(text: Text, source: TextSource) {
		this.#text = text;
		this.#source = source;
		this.#first = this.#make();
	}

	/** Whether no string is left. */
	get ended(): boolean {
		return this.#source.ended;
	}

	next(): Uint8Array | undefined {
		const first = this.#first;
		this.#first = undefined;
		return first ?? this.#make();
	}

	#make(): Uint8Array | undefined {
		const source = this.#source;
		let piece = "";
		while (!source.ended && piece.length < PIECE) {
			const next = source.next();
			if (next) piece = piece === "" ? next : piece + next;
		}
		return piece === "" ? undefined : this.#text.encode(piece);
	}
}

/**
 * @param fields Header fields, each ended by CRLF.
 * @returns 200 with the text of `source`. One that fits a piece is made at once, and its length is told.
 */
export function textSourceResponse(text: Text, fields: string, source: TextSource): Response {
	const body = new TextBody(text, source);
	if (!body.ended) return new Response(200, fields, { source: body });
	const bytes = body.next();
	return new Response(200, `${fields}Content-Length: ${bytes?.byteLength ?? 0}\r\n`, { bytes });
}
