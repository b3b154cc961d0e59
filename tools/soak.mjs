// `npm run soak`: a week of a device on the chip's engine, on a fake clock. Prints the heap kept at the end of each day, which
// must not grow after the first. `-- DAYS` for another time.

import { compile } from "./compile.mjs";
import { isFlat, slack, soak } from "./xs/soak.mjs";

const days = Number(process.argv[2] ?? 7);

await compile("modules", "tests");
/** @type {number[]} */
const heaps = [];
for await (const heap of soak(days, 24)) {
	heaps.push(heap);
	console.log(`day ${heaps.length}: ${heap} bytes kept`);
}
if (!isFlat(heaps)) {
	console.error(`the heap is not flat: a day kept more than ${slack} bytes above the first`);
	process.exit(1);
}
