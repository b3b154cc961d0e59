// `npm run soak:fuzz`: 100,000 requests and datagrams changed by chance, to the app on the chip's engine with its memory.
// FUZZ_RUNS and FUZZ_SEED set others.

import { compile } from "./compile.mjs";
import { fuzz } from "./xs/fuzz.mjs";

const { FUZZ_RUNS = "100000", FUZZ_SEED = String(Date.now() % 1_000_000) } = process.env;
await compile("modules", "tests");
const each = Math.ceil(Number(FUZZ_RUNS) / 3);
let told = 0;
for await (const { kind, sent, heap, keys, statuses } of fuzz(each, Number(FUZZ_SEED))) {
	if (sent < each && sent - told < 2000 && sent > told) continue;
	told = sent;
	console.log(`seed ${FUZZ_SEED}, ${kind}, ${sent}: ${heap} bytes, ${keys} names, ${JSON.stringify(statuses)}`);
}
console.log("the engine lives");
process.exit(0);
