/** What is left to send of an answer, cut to what the socket takes. */

import type { TCP } from "../platform/types.js";
import type { Source, Takeover } from "./answer.js";

/** What follows an answer: the next request, the end, or the end after what the client still sends has been dropped. */
export type After = "keep" | "close" | "linger";

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

/** What follows the last chunk. */
function ending(): Uint8Array {
	const bytes = new Uint8Array(5);
	put("0\r\n\r\n", bytes, 0);
	return bytes;
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
	/** Whether all of it is sent. */
	over: boolean;
	/** Whether the source is at work: what is thrown meanwhile is the device's own fault. */
	making: boolean;
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
		over: false,
		making: false,
	};
}

/**
 * Sends what the socket takes.
 * @param room Bytes that it takes now, from 1. @returns Bytes that it takes then; `undefined` when the connection has failed.
 * @throws {Error} The socket's, or the source's while `making`.
 */
export function send(output: Output, socket: TCP, room: number): number | undefined {
	let bytes = output.bytes;
	let sent = output.sent;
	let left: number | undefined = room;
	do {
		if (sent === bytes.byteLength) {
			const more: Uint8Array | undefined = output.body ?? (output.source && made(output, left));
			if (!more) break;
			output.body = undefined;
			output.bytes = bytes = more;
			sent = 0;
		}
		const end: number = sent + left;
		if (end < bytes.byteLength) {
			left = socket.write(bytes.subarray(sent, end));
			sent = end;
		} else {
			left = socket.write(sent === 0 ? bytes : bytes.subarray(sent));
			sent = bytes.byteLength;
			output.over = !output.body && !output.source;
		}
	} while (left);
	output.sent = sent;
	return left;
}

/** The connection ended first. */
export function abandon({ source, takeover }: Output): void {
	source?.close?.();
	takeover?.close();
}

/** @returns The source's next piece; `undefined` after the last. */
function made(output: Output, room: number): Uint8Array | undefined {
	const { source, chunked } = output;
	output.making = true;
	const piece = source?.next(room);
	output.making = false;
	if (piece) return chunked ? chunk(piece) : piece;
	output.source = undefined;
	output.over = !chunked;
	return chunked ? ending() : undefined;
}
