// A device that lives for days on the chip's engine, on a fake clock: its heap must stay flat.

import { Chip, preloads } from "./chip.mjs";

/** Bytes that a later span's heap may keep above the first one's: the newest events and faults are not always of one length. */
export const slack = 4096;

/**
 * Lives through `count` spans of so many hours, at least one.
 * @param planted As of `Chip`. @returns {AsyncGenerator<number>} The bytes that the heap keeps at the end of each.
 */
export async function* soak(/** @type {number} */ count, /** @type {number} */ hours, planted = new Map()) {
	const chip = await Chip.start({ planted });
	try {
		await chip.preload(preloads());
		await chip.run("tests/xs/soak.js");
		for (let span = 0; span < count; span++)
			yield Number(await chip.evaluate(`load("tests/xs/soak.js").live(${hours})`));
	} finally {
		chip.close();
	}
}

/** @returns Whether no span kept more than the first one and `slack`. */
export const isFlat = (/** @type {number[]} */ heaps) => Math.max(...heaps) <= (heaps[0] ?? 0) + slack;
