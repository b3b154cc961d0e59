// `npm run soak`: a week of a device on the chip's engine, on a fake clock, hostile clients among others. Prints the heap kept at the end of each day, which
// must not grow after the first, and the most of the stack that was in use. `-- DAYS` for another time.

import { compile } from "./compile.mjs";
import { numberOf } from "./words.mjs";
import { isFlat, isShallow, isUnmoved, slack, soak, stackLimit } from "./xs/soak.mjs";

const days = numberOf("days", 7);

await compile("modules", "tests");
/** @type {import("./xs/soak.mjs").Span[]} */
const spans = [];
for await (const span of soak(days, 24)) {
	spans.push(span);
	console.log(
		`day ${spans.length}: ${span.heap} bytes kept, ${span.stack} slots of the stack at most, ${span.keys} names known`,
	);
}
if (!isFlat(spans)) console.error(`the heap is not flat: a day kept more than ${slack} bytes above the first`);
if (!isShallow(spans)) console.error(`the stack is too deep: at most ${stackLimit} slots are allowed`);
if (!isUnmoved(spans)) console.error("names of clients stay");
if (!isFlat(spans) || !isShallow(spans) || !isUnmoved(spans)) process.exit(1);
