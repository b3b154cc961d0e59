/** What is left to send of an answer, cut to what the socket takes. */

import type { Source, Takeover } from "./answer.js";

/** What follows an answer: the next request, the end, or the end after what the client still sends has been dropped. */
export type After = "keep" | "close" | "linger";

const LAST_CHUNK = "0\r\n\r\n";

/** `text`, which is ASCII, in the first bytes of `into`. */
function put(text: string, into: Uint8Array, at: number): void {
	for (let index = 0; index < text.length; index++) into[at + index] = text.charCodeAt(index);
}

/** `piece` framed as one chunk. */
function chunk(piece: Uint8Array): Uint8Array {
	const size = `${piece.byteLength.toString(16)}\r\n`;
	const framed = new Uint8Array(size.length + piece.byteLength + 2);
	put(size, framed, 0);
	framed.set(piece, size.length);
	put("\r\n", framed, size.length + piece.byteLength);
	return framed;
}

export class Output {
	readonly after: After;
	/** Gets the socket afterwards. */
	takeover: Takeover | undefined;
	#bytes: Uint8Array;
	#sent = 0;
	#body: Uint8Array | undefined;
	#source: Source | undefined;
	#chunked: boolean;

	/** `body` follows `bytes`, and `source` that. */
	constructor(
		bytes: Uint8Array,
		after: After,
		body?: Uint8Array,
		source?: Source,
		chunked = false,
		takeover?: Takeover,
	) {
		this.after = after;
		this.takeover = takeover;
		this.#bytes = bytes;
		this.#body = body;
		this.#source = source;
		this.#chunked = chunked;
	}

	/** @returns The next bytes, from one to `room`; `undefined` after the last. */
	next(room: number): Uint8Array | undefined {
		while (this.#sent === this.#bytes.byteLength) {
			const bytes = this.#body ?? this.more(room);
			if (!bytes) return undefined;
			this.#body = undefined;
			this.#bytes = bytes;
			this.#sent = 0;
		}
		const bytes = this.#bytes;
		const start = this.#sent;
		this.#sent = Math.min(start + room, bytes.byteLength);
		return start === 0 && this.#sent === bytes.byteLength ? bytes : bytes.subarray(start, this.#sent);
	}

	/** The connection ended first. */
	close(): void {
		const source = this.#source;
		const { takeover } = this;
		this.#source = undefined;
		this.takeover = undefined;
		source?.close?.();
		takeover?.close();
	}

	private more(room: number): Uint8Array | undefined {
		const source = this.#source;
		if (!source) return undefined;
		const piece = source.next(room);
		if (piece) return this.#chunked ? chunk(piece) : piece;
		this.#source = undefined;
		if (!this.#chunked) return undefined;
		const last = new Uint8Array(LAST_CHUNK.length);
		put(LAST_CHUNK, last, 0);
		return last;
	}
}
