/** What is left to send of a response. */

import type { TCP } from "../platform/io.js";
import type { Drain } from "./drain.js";
import type { BodySource, DetachedOwner } from "./response.js";

/** How the connection ends after a response: at once, or when what the client still sends has been dropped. */
export type End = "close" | Drain;

/** What a body source threw: the server's own defect. */
export class SourceError extends Error {
	readonly thrown: unknown;

	constructor(thrown: unknown) {
		super("a body source failed");
		this.thrown = thrown;
	}
}

/** The most that a body source takes of the heap while it waits, bytes, besides the piece that it gave last. */
const SOURCE = 1024;

/** What is left of a response under way; nothing, once it has neither `bytes` nor `body` nor `source`. */
export interface PendingResponse {
	bytes: Uint8Array | undefined;
	/** Follows `bytes`. */
	body?: Uint8Array | undefined;
	/** Gives what follows `bytes`. */
	source?: BodySource | undefined;
	/** Whether the bytes of the body are in flash. */
	readonly flash?: boolean;
	/** The end of the connection, or the next owner of the socket; `undefined` when the next request follows. */
	readonly end?: End | DetachedOwner | undefined;
	/** Clock ticks when it began to be sent. */
	begun?: number;
	/** Bytes sent since it last made progress. */
	moved?: number;
}

/**
 * Writes as much as the socket takes.
 * @param writable Bytes that it takes now.
 * @returns Bytes that it takes afterwards; `undefined` when the connection has failed.
 * @throws {SourceError} @throws {Error} The socket's.
 */
export function writePending(pending: PendingResponse, socket: TCP, writable: number): number | undefined {
	let free: number | undefined = writable;
	let bytes = pending.bytes;
	while (free !== undefined) {
		if (!bytes) {
			bytes = pending.body ?? (pending.source && nextPiece(pending, pending.source, free));
			if (!bytes) break;
			pending.body = undefined;
		}
		if (bytes.byteLength > free) {
			pending.bytes = free > 0 ? bytes.subarray(free) : bytes;
			return free > 0 ? socket.write(bytes.subarray(0, free)) : 0;
		}
		pending.bytes = undefined;
		free = socket.write(bytes);
		bytes = undefined;
	}
	return free;
}

/** @returns The next piece, where the socket takes one; `undefined` after the last, and then `pending` has no source. @throws {SourceError} */
function nextPiece(pending: PendingResponse, source: BodySource, writable: number): Uint8Array | undefined {
	if (writable === 0) return undefined;
	try {
		const piece = source.next();
		if (piece === undefined) pending.source = undefined;
		return piece;
	} catch (error) {
		throw new SourceError(error);
	}
}

/** @returns Bytes of the heap that `pending` takes. */
export function heldBy(pending: PendingResponse): number {
	if (pending.flash) return 0;
	const { bytes, body, source } = pending;
	return (bytes ? bytes.buffer.byteLength : 0) + (body ? body.buffer.byteLength : 0) + (source ? SOURCE : 0);
}

/** The connection ended before the response did. */
export function cancel({ source, end }: PendingResponse): void {
	source?.close?.();
	if (end && typeof end === "object" && "attach" in end) end.close();
}
