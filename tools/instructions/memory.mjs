// What each part of the app keeps in XS's heap at rest.

import { run } from "./count.mjs";

/** Bytes of slots and chunks. @typedef {{ name: string, slots: number, chunks: number }} Kept */

/** The sensors have been read for two minutes. */
const plan = "start\nwait 121000\nkept at rest\ncall census\n";

/** @returns {Promise<Kept[]>} All in all, then by part. To an earlier one belongs what several lead to. */
export const keptByPart = (/** @type {import("./count.mjs").Options} */ options = {}) =>
	run({ ...options, plan, counts: false }, read);

/** A part without a name, or with that of one before, belongs to it. @returns {Kept[]} */
function read(/** @type {string} */ output) {
	/** @type {Kept[]} */
	const found = [];
	for (const line of output.trim().split("\n")) {
		const { name, slots, chunks } = JSON.parse(line);
		if (slots === undefined) continue;
		const before = found.find(part => part.name === name) ?? (name === "" ? found.at(-1) : undefined);
		if (!before) found.push({ name, slots, chunks });
		else {
			before.slots += slots;
			before.chunks += chunks;
		}
	}
	const [all, ...parts] = found;
	const rest = (/** @type {"slots" | "chunks"} */ key) =>
		parts.reduce((left, part) => left - part[key], all?.[key] ?? 0);
	return [...found, { name: "the rest", slots: rest("slots"), chunks: rest("chunks") }];
}
