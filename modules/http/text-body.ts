/** A body of text that is made a piece at a time, as the socket takes it. */

import type { Text } from "../platform/text.js";
import type { BodySource } from "./response.js";

/** Characters that are gathered for a piece: with a part more it mostly fits a TCP segment, and it is small beside the heap. */
const PIECE = 1024;

export class TextBody implements BodySource {
	#text: Text;
	#parts: Iterator<string>;

	/** @param parts The body, in parts of some hundred characters at most. */
	constructor(text: Text, parts: Iterator<string>) {
		this.#text = text;
		this.#parts = parts;
	}

	next(): Uint8Array | undefined {
		const parts = this.#parts;
		const gathered: string[] = [];
		for (let length = 0; length < PIECE; ) {
			const next = parts.next();
			if (next.done) break;
			gathered.push(next.value);
			length += next.value.length;
		}
		const piece = gathered.join("");
		return piece === "" ? undefined : this.#text.encode(piece);
	}
}
