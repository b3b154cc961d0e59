/** A body of text that is made a piece at a time, as the socket takes it. */

import type { Text } from "../platform/text.js";
import type { BodySource } from "./response.js";

/** Characters of a piece: with one string more it mostly fits a TCP segment, and it is small beside the heap. */
const PIECE = 1024;

export class TextBody implements BodySource {
	#text: Text;
	#strings: Iterator<string>;

	/** @param strings The content, in strings of some hundred characters at most. */
	constructor(text: Text, strings: Iterator<string>) {
		this.#text = text;
		this.#strings = strings;
	}

	next(): Uint8Array | undefined {
		const strings = this.#strings;
		const piece: string[] = [];
		for (let length = 0; length < PIECE; ) {
			const next = strings.next();
			if (next.done) break;
			piece.push(next.value);
			length += next.value.length;
		}
		const joined = piece.join("");
		return joined === "" ? undefined : this.#text.encode(joined);
	}
}
