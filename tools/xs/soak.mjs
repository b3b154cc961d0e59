// A device that lives for days on the chip's engine, on a fake clock: its heap must stay flat, and its stack within the chip's.

import { Chip, creation, preloads } from "./chip.mjs";

/**
 * @typedef {{ heap: number, stack: number, keys: number }} Span Bytes that the heap keeps at its end, the most slots of the stack
 * within it, and how many names the engine knows.
 */

/** Bytes that a later span's heap may keep above the first one's: the newest events and faults differ in length. */
export const slack = 4096;

/**
 * Lives through `count` spans of so many hours, at least one.
 * @param planted As of `Chip`. @param script It exports `live(hours)`. @returns {AsyncGenerator<Span>}
 */
export async function* soak(
	/** @type {number} */ count,
	/** @type {number} */ hours,
	planted = new Map(),
	script = "tests/xs/soak.js",
) {
	const chip = await Chip.start({ planted });
	try {
		await chip.preload(preloads());
		await chip.run(script);
		for (let span = 0; span < count; span++)
			yield/** @type {Span} */ (await chip.evaluate(`load(${JSON.stringify(script)}).live(${hours})`));
	} finally {
		chip.close();
	}
}

/** @returns Whether no span kept more than the first one and `slack`. */
export const isFlat = (/** @type {Span[]} */ spans) => spans.every(({ heap }) => heap <= (spans[0]?.heap ?? 0) + slack);

/** Names that may be new in a later span: the engine gives each script one, and a few of the app's come up late. */
const newNames = 16;

/** @returns Whether no span left names that strangers made up. */
export const isUnmoved = (/** @type {Span[]} */ spans) =>
	spans.every(({ keys }) => keys <= (spans[0]?.keys ?? 0) + newNames);

/** The most slots of the stack that may be in use: three quarters of what the manifest gives the chip. */
export const stackLimit = 0.75 * creation().stack;

/** @returns Whether all spans kept to `stackLimit`. */
export const isShallow = (/** @type {Span[]} */ spans) => spans.every(({ stack }) => stack <= stackLimit);
