/** What is left to send of an answer. */

import type { BodySource, DetachedOwner } from "./response.js";

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

/** What a source takes of the heap while it waits, at most, besides the piece that it gave last. */
const SOURCE = 1024;

/** What is left of an answer under way. */
export interface PendingResponse {
	/** `undefined` when they are out, and a source is to give more. */
	readonly bytes: Uint8Array | undefined;
	/** Follows `bytes`. */
	body?: Uint8Array | BodySource | undefined;
	/** Whether the body's bytes are in flash. */
	readonly flash?: boolean;
	/** What becomes of the connection afterwards, or who gets the socket; `undefined` when the next request follows. */
	readonly end?: End | DetachedOwner | undefined;
}

/**
 * @returns The body of `output`, or its next piece where there is room for one; `undefined` after the last. Afterwards `output` has
 * no body but one that is to give more.
 * @throws {SourceError}
 */
export function nextChunk(output: PendingResponse, room: number): Uint8Array | undefined {
	const { body } = output;
	if (!body || body instanceof Uint8Array) {
		output.body = undefined;
		return body;
	}
	if (room === 0) return undefined;
	try {
		const piece = body.next();
		if (piece === undefined) output.body = undefined;
		return piece;
	} catch (error) {
		throw new SourceError(error);
	}
}

/** @returns Bytes of the heap that `output` takes. */
export function heldBy({ bytes, body, flash }: PendingResponse): number {
	if (flash) return 0;
	const rest = body instanceof Uint8Array ? body.buffer.byteLength : body ? SOURCE : 0;
	return (bytes ? bytes.buffer.byteLength : 0) + rest;
}

/** The connection ended first. */
export function cancel({ body, end }: PendingResponse): void {
	if (body && !(body instanceof Uint8Array)) body.close?.();
	if (typeof end === "object") end.close();
}
