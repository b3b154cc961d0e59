/** What is left to send of an answer. */

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
}

/** Bytes alone. */
export function plain(bytes: Uint8Array, end?: End): Output {
	return { bytes, sent: 0, body: undefined, source: undefined, end, unread: false };
}

/** @returns The next piece of `source`; `undefined` after the last, when `output` has it no more. @throws {SourceError} */
export function made(output: Output, source: Source, room: number): Uint8Array | undefined {
	try {
		const piece = source.next(room);
		if (piece === undefined) output.source = undefined;
		return piece;
	} catch (error) {
		throw new SourceError(error);
	}
}

/** The connection ended first. */
export function abandon({ source, end }: Output): void {
	source?.close?.();
	if (typeof end === "object") end.close();
}
