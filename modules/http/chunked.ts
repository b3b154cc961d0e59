/** Sends content of unknown length in chunks (RFC 9112, 7.1). */

import type { BodySource } from "./response.js";

const CR = 13;
const LF = 10;
const ZERO = 48;
/** What is added to a hexadecimal digit from 10 on to get its small letter. */
const LETTER = 87;

/** `piece` framed as one chunk: its size in hexadecimal digits goes before it. */
function chunk(piece: Uint8Array): Uint8Array {
	const byteLength = piece.byteLength;
	let digits = 1;
	while (byteLength >> (4 * digits) > 0) digits++;
	const offset = digits + 2;
	const framed = new Uint8Array(offset + byteLength + 2);
	for (let at = digits - 1, rest = byteLength; at >= 0; at--, rest >>= 4)
		framed[at] = (rest & 15) + ((rest & 15) < 10 ? ZERO : LETTER);
	framed[digits] = CR;
	framed[digits + 1] = LF;
	framed.set(piece, offset);
	framed[offset + byteLength] = CR;
	framed[offset + byteLength + 1] = LF;
	return framed;
}

export class Chunked implements BodySource {
	/** `undefined` after its last piece. */
	#pieces: BodySource | undefined;

	constructor(pieces: BodySource) {
		this.#pieces = pieces;
	}

	/** @returns The next chunk; an empty one comes last. */
	next(): Uint8Array | undefined {
		const piece = this.#pieces?.next();
		if (piece) return chunk(piece);
		if (!this.#pieces) return undefined;
		this.#pieces = undefined;
		return chunk(new Uint8Array(0));
	}

	close(): void {
		this.#pieces?.close?.();
	}
}
