/** What a connection is worth to its client, and how long its state may last. */

import { BodyReader } from "./body-reader.js";
import { Drain } from "./drain.js";
import { HeadReader } from "./head-reader.js";
import type { Limits } from "./limits.js";
import type { PendingResponse } from "./pending-response.js";
import { Upload } from "./upload.js";

/**
 * How much would be lost with a connection, in ascending order. One that rests is worth nothing. One that was only just opened is worth as
 * much as half a header: its first bytes may be on their way. A response that makes progress is protected while it is young, an
 * upload always.
 */
export const Standing = Object.freeze(
	{ resting: 0, begun: 1, request: 2, responding: 3, protected: 4, stream: 5 },
	true,
);

/** After so long without a byte a new connection counts as resting, ms. */
const FRESH_MS = 100;
/** A response or upload makes progress while `PROGRESS` bytes of it pass within this time, ms. */
const PROGRESS_MS = 1000;
/** So long a response that makes progress is young, ms. */
const YOUNG_MS = 5000;

/** What a request under way has brought so far, or what follows an early error. */
export type Input = HeadReader | BodyReader | Upload | Drain;

/** The state of a connection. */
export interface State {
	/** When the state began, or progress was last made, clock ticks. */
	readonly since: number;
	readonly input: Input | undefined;
	readonly pending: PendingResponse | undefined;
	/** Whether a response was sent on it. */
	readonly responded: boolean | undefined;
}

/** @returns One of `Standing`. */
export function standingOf({ since, input, pending, responded }: State, now: number): number {
	const elapsed = now - since;
	if (pending) {
		if (elapsed >= PROGRESS_MS) return Standing.request;
		return now - (pending.begun ?? now) < YOUNG_MS ? Standing.protected : Standing.responding;
	}
	if (input === undefined) return responded || elapsed >= FRESH_MS ? Standing.resting : Standing.begun;
	if (input instanceof HeadReader) return Standing.begun;
	if (input instanceof Upload) return input.paused || elapsed < PROGRESS_MS ? Standing.protected : Standing.request;
	return input instanceof BodyReader ? Standing.request : Standing.resting;
}

/** @returns How long the state may last, ms; without end while the handler of an upload is busy. */
export function limitOf({ input, pending }: State, { headerMs, bodyMs, idleMs, progressMs }: Limits): number {
	if (pending) return progressMs;
	if (input === undefined) return idleMs;
	if (input instanceof HeadReader) return headerMs;
	if (input instanceof BodyReader) return bodyMs;
	if (input instanceof Drain) return input.limitMs;
	return input.paused ? Number.POSITIVE_INFINITY : progressMs;
}
