/** Sends content of unknown length in chunks (RFC 9112, 7.1). */

import type { Text } from "../platform/text.js";
import type { BodySource } from "./response.js";

export class Chunked implements BodySource {
	#text: Text;
	/** `undefined` after its last piece. */
	#pieces: BodySource | undefined;
	/** Follows its size, which is sent by itself: to copy it costs more. */
	#piece: Uint8Array | undefined;
	/** Ends the chunk before. */
	#end = "";

	constructor(text: Text, pieces: BodySource) {
		this.#text = text;
		this.#pieces = pieces;
	}

	/** @returns By turns the size of a chunk and its content; an empty chunk comes last. */
	next(): Uint8Array | undefined {
		const ready = this.#piece;
		this.#piece = undefined;
		if (ready || !this.#pieces) return ready;
		const piece = this.#pieces.next();
		const before = this.#end;
		this.#end = "\r\n";
		this.#piece = piece;
		if (piece) return this.#text.encode(before.concat(piece.byteLength.toString(16), "\r\n"));
		this.#pieces = undefined;
		return this.#text.encode(`${before}0\r\n\r\n`);
	}

	close(): void {
		this.#pieces?.close?.();
	}
}
