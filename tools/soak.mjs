// `npm run soak`: a week of a device on the chip's engine, on a fake clock. Prints the heap kept at the end of each day, which
// must not grow after the second: by then history is full but for its tier of a week, which has its memory from the start.
// `-- DAYS` for another time.

import { compile } from "./compile.mjs";
import { Chip, preloads } from "./xs/chip.mjs";

const days = Number(process.argv[2] ?? 7);
/** Bytes that the heap may differ by from the end of the second day on. */
const slack = 1024;

await compile("modules", "tests");
const chip = await Chip.start();
/** @type {number[]} */
const heaps = [];
try {
	await chip.preload(preloads());
	await chip.run("tests/xs/soak.js");
	for (let day = 1; day <= days; day++) {
		const heap = Number(await chip.evaluate('load("tests/xs/soak.js").day()'));
		heaps.push(heap);
		console.log(`day ${day}: ${heap} bytes kept`);
	}
} finally {
	chip.close();
}
const later = heaps.slice(1);
if (later.length > 0 && Math.max(...later) - Math.min(...later) > slack) {
	console.error(`the heap is not flat: it varies by more than ${slack} bytes`);
	process.exit(1);
}
