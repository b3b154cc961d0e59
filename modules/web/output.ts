/** What is left to send of an answer, cut to what the socket takes. */

import type { TCP } from "../platform/types.js";
import type { Source, Takeover } from "./answer.js";

/** How the connection ends after an answer: at once, or when what the client still sends has been dropped. */
export type End = "close" | "linger";

const CR = 13;
const LF = 10;
const ZERO = 48;
/** What is added to a hexadecimal digit from 10 on to get its small letter. */
const LETTER = 87;

/** `piece` framed as one chunk: its size in hexadecimal digits goes before it. */
function chunk(piece: Uint8Array): Uint8Array {
	const { byteLength } = piece;
	let digits = 1;
	while (byteLength >> (4 * digits) > 0) digits++;
	const start = digits + 2;
	const framed = new Uint8Array(start + byteLength + 2);
	for (let at = digits - 1, rest = byteLength; at >= 0; at--, rest >>= 4)
		framed[at] = (rest & 15) + ((rest & 15) < 10 ? ZERO : LETTER);
	framed[digits] = CR;
	framed[digits + 1] = LF;
	framed.set(piece, start);
	framed[start + byteLength] = CR;
	framed[start + byteLength + 1] = LF;
	return framed;
}

/** What a source threw: the device's own fault. */
export class SourceError extends Error {
	readonly thrown: unknown;

	constructor(thrown: unknown) {
		super("a source failed");
		this.thrown = thrown;
	}
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
	/** `undefined` when the next request follows. */
	readonly end: End | undefined;
	/** Whether bytes of the client wait in the socket until the answer is out. */
	unread: boolean;
	/** Whether all of it is sent. */
	over: boolean;
}

/** Bytes alone. */
export function plain(bytes: Uint8Array, end?: End): Output {
	return {
		bytes,
		sent: 0,
		body: undefined,
		source: undefined,
		chunked: false,
		takeover: undefined,
		end,
		unread: false,
		over: false,
	};
}

/**
 * Sends what the socket takes.
 * @param room Bytes that it takes now, from 1. @returns Bytes that it takes then; `undefined` when the connection has failed.
 * @throws {SourceError} The source failed. @throws {Error} The socket's.
 */
export function send(output: Output, socket: TCP, room: number): number | undefined {
	let bytes = output.bytes;
	let sent = output.sent;
	let left: number | undefined = room;
	do {
		if (sent === bytes.byteLength) {
			const more: Uint8Array | undefined = output.body ?? (output.source && made(output, output.source, left));
			if (!more) break;
			output.body = undefined;
			output.bytes = bytes = more;
			sent = 0;
		}
		const until: number = sent + left;
		if (until < bytes.byteLength) {
			left = socket.write(bytes.subarray(sent, until));
			sent = until;
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

/** @returns The source's next piece; `undefined` after the last. @throws {SourceError} */
function made(output: Output, source: Source, room: number): Uint8Array | undefined {
	let piece: Uint8Array | undefined;
	try {
		piece = source.next(room);
	} catch (error) {
		throw new SourceError(error);
	}
	if (piece) return output.chunked ? chunk(piece) : piece;
	output.source = undefined;
	output.over = !output.chunked;
	return output.chunked ? chunk(new Uint8Array(0)) : undefined;
}
