/** Bounds of what a client may send, and of the time that it may take. */

/** Bounds in bytes, times in ms; each a whole number from 1. */
export interface Limits {
	/** The request line. */
	maxLine: number;
	/** The header section. */
	maxFields: number;
	/** The content of a request that is handled as a whole. */
	maxBody: number;
	/** What all connections together hold of the heap, for requests and responses under way. Beyond it, connections are evicted. */
	maxHeld: number;
	/** From the first byte of a request to the end of its header section. */
	headerMs: number;
	/** From the end of the header section to the end of the content. */
	bodyMs: number;
	/** Between two requests, or before the first. */
	idleMs: number;
	/** Without progress of a response, or of an upload. */
	progressMs: number;
	/** From an early error to the end of the connection. */
	lingerMs: number;
	/** Read and dropped after an early error. */
	lingerBytes: number;
}

/**
 * What counts as progress of a response or an upload, bytes: a TCP segment of the minimum size that every host takes (RFC 9293, 3.7.1).
 * Single bytes would keep it under way for hours.
 */
export const PROGRESS = 536;

const DEFAULTS: Limits = Object.freeze(
	{
		maxLine: 1024,
		maxFields: 4096,
		maxBody: 2048,
		maxHeld: 10240,
		headerMs: 5000,
		bodyMs: 5000,
		idleMs: 5000,
		progressMs: 10000,
		lingerMs: 1000,
		lingerBytes: 65536,
	},
	true,
);

/** @returns `given` completed with defaults. @throws {RangeError} A limit is out of range. */
export function checkLimits(given: Partial<Limits>): Limits {
	const limits = { ...DEFAULTS };
	for (const key of Object.keys(DEFAULTS) as (keyof Limits)[]) {
		const value = given[key] ?? DEFAULTS[key];
		if (!Number.isInteger(value) || value < 1) throw new RangeError(`${key} ${value}: a whole number from 1`);
		limits[key] = value;
	}
	return limits;
}
