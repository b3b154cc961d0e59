/** What is left to send of an answer, cut to what the socket takes. */

import type { TCP } from "../platform/types.js";
import type { Source, Takeover } from "./answer.js";

/** How the connection ends after an answer: at once, or when what the client still sends has been dropped. */
export type End = "close" | "linger";

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
	/** What becomes of the connection afterwards, or who gets the socket; `undefined` when the next request follows. */
	readonly end: End | Takeover | undefined;
	/** Whether bytes of the client wait in the socket until the answer is out. */
	unread: boolean;
	/** Whether all of it is sent. */
	over: boolean;
}

/** `bytes`, and `body` after them. */
export function plain(bytes: Uint8Array, body?: Uint8Array, end?: End): Output {
	return { bytes, sent: 0, body, source: undefined, end, unread: false, over: false };
}

/**
 * Sends what the socket takes.
 * @param room Bytes that it takes now. @returns Bytes that it takes then; `undefined` when the connection has failed.
 * @throws {SourceError} The source failed. @throws {Error} The socket's.
 */
export function send(output: Output, socket: TCP, room: number): number | undefined {
	let bytes = output.bytes;
	let sent = output.sent;
	let left: number | undefined = room;
	while (left) {
		const until: number = sent + left;
		if (until < bytes.byteLength) {
			output.sent = until;
			return socket.write(bytes.subarray(sent, until));
		}
		if (sent < bytes.byteLength) left = socket.write(sent === 0 ? bytes : bytes.subarray(sent));
		const body = output.body;
		if (body !== undefined) {
			output.body = undefined;
			bytes = body;
		} else if (output.source !== undefined) {
			output.sent = bytes.byteLength;
			if (!left) return left;
			const piece = made(output.source, left);
			if (piece === undefined) {
				output.source = undefined;
				output.over = true;
				return left;
			}
			bytes = piece;
		} else {
			output.over = true;
			return left;
		}
		output.bytes = bytes;
		sent = 0;
	}
	output.sent = sent;
	return left;
}

/** @returns The source's next piece; `undefined` after the last. @throws {SourceError} */
function made(source: Source, room: number): Uint8Array | undefined {
	try {
		return source.next(room);
	} catch (error) {
		throw new SourceError(error);
	}
}

/** The connection ended first. */
export function abandon({ source, end }: Output): void {
	source?.close?.();
	if (typeof end === "object") end.close();
}
