// Requests and datagrams changed by chance, to the app on the chip's engine with its memory: what ends the engine ends this.

import { Chip, preloads } from "./chip.mjs";

/** @typedef {{ statuses: Record<string, number>, heap: number, keys: number }} Fuzzed */

/** What the heap may grow by, beyond the manifest's, with what the engine takes outside of it, bytes. */
export const memory = 60 * 1024;
/** Sent at a time. */
const round = 200;

/**
 * Sends `count` to a device of each kind.
 * @param planted As of `Chip`. @returns {AsyncGenerator<{ kind: string, sent: number } & Fuzzed>} After each round, how it stands.
 * @throws {Error} The engine ended, or a good request was not answered.
 */
export async function* fuzz(/** @type {number} */ count, /** @type {number} */ seed, planted = new Map()) {
	for (const kind of ["open", "private", "setup"]) {
		let last = "";
		const ask = (/** @type {Buffer} */ sent) => {
			last = sent.toString("latin1");
			return new Uint8Array();
		};
		const chip = await Chip.start({ planted, ask });
		try {
			await chip.preload(preloads());
			await chip.run("tests/xs/fuzz.js");
			const fuzzing = 'load("tests/xs/fuzz.js")';
			await chip.evaluate(`${fuzzing}.begin("${kind}", ${seed})`);
			// The device and the clients' requests are there already: what is free is what the manifest leaves beside the largest device.
			await chip.seal(memory, { slots: 64, bytes: 1024 });
			for (let sent = 0; sent < count; sent += round) {
				const found = /** @type {Fuzzed} */ (await chip.evaluate(`${fuzzing}.run(${Math.min(round, count - sent)})`));
				yield { kind, sent: sent + round, ...found };
			}
		} catch (error) {
			throw new Error(
				`seed ${seed}, ${kind}: ${error instanceof Error ? error.message : error}, after ${JSON.stringify(last)}`,
			);
		} finally {
			chip.close();
		}
	}
}
