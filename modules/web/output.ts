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

/** An answer under way. */
export interface Output {
	bytes: Uint8Array;
	/** How many of `bytes` are sent. */
	sent: number;
	/** Follows `bytes`. */
	body: Uint8Array | undefined;
	/** Follows `body`. */
	source: Source | undefined;
	readonly chunked: boolean;
	/** Gets the socket afterwards. */
	takeover: Takeover | undefined;
	readonly after: After;
	/** Whether bytes of the client wait in the socket until the answer is out. */
	unread: boolean;
}

/** Bytes alone. */
export function plain(bytes: Uint8Array, after: After): Output {
	return {
		bytes,
		sent: 0,
		body: undefined,
		source: undefined,
		chunked: false,
		takeover: undefined,
		after,
		unread: false,
	};
}

/** @returns The next bytes, from one to `room`; `undefined` when the source turns out to have no more. */
export function next(output: Output, room: number): Uint8Array | undefined {
	let bytes = output.bytes;
	let sent = output.sent;
	if (sent === bytes.byteLength) {
		const more = output.body ?? sourced(output, room);
		if (!more) return undefined;
		output.body = undefined;
		output.bytes = bytes = more;
		sent = 0;
	}
	const end = sent + room;
	if (end < bytes.byteLength) {
		output.sent = end;
		return bytes.subarray(sent, end);
	}
	output.sent = bytes.byteLength;
	return sent === 0 ? bytes : bytes.subarray(sent);
}

/** The connection ended first. */
export function abandon({ source, takeover }: Output): void {
	source?.close?.();
	takeover?.close();
}

function sourced(output: Output, room: number): Uint8Array | undefined {
	const { source, chunked } = output;
	if (!source) return undefined;
	const piece = source.next(room);
	if (piece) return chunked ? chunk(piece) : piece;
	output.source = undefined;
	if (!chunked) return undefined;
	const last = new Uint8Array(LAST_CHUNK.length);
	put(LAST_CHUNK, last, 0);
	return last;
}
