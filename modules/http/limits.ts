/** What a client may send, and how long it may take. */

/** Bounds in bytes, times in ms; each a whole number from 1. */
export interface Limits {
	/** The request line. */
	maxLine: number;
	/** The header section. */
	maxFields: number;
	maxBody: number;
	/** Held for all connections together, of requests and answers under way: beyond it, those without progress for longest end. */
	maxHeld: number;
	/** From the first byte of a request to the end of its head. */
	headerMs: number;
	/** From the end of the head to the end of the body. */
	bodyMs: number;
	/** Between two requests, or before the first. */
	idleMs: number;
	/** Without progress in sending. */
	progressMs: number;
	/** After an early refusal. */
	lingerMs: number;
	/** Read and dropped after an early refusal. */
	lingerBytes: number;
}

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
