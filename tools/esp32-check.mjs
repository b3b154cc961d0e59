// `npm run esp32:check`: builds the firmware for each chip as far as this machine's tools allow, and says how far that was.
// What is typed after `--` is the boards to build for, as mcconfig names them, and configuration.

import { build, line } from "./esp32/firmware.mjs";
import { prepare, sdk } from "./sdk.mjs";
import { refuse } from "./words.mjs";

/** One board a chip; there is no general one of the S2. */
const boards = ["esp32", "esp32/esp32s3", "esp32/esp32c3", "esp32/esp32c6", "esp32/lolin_s2mini"];

const folder = sdk();
const words = process.argv.slice(2);
const assigned = words.filter(word => word.includes("="));
const chosen = words.filter(word => !word.includes("="));
const stray = chosen.find(word => !/^esp32(\/\w+)?$/.test(word));
if (stray !== undefined) refuse(`"${stray}" is not allowed; boards like esp32/esp32c3 are, and key=value`);
const secrets = await prepare(assigned);

let failed = false;
for (const board of chosen.length > 0 ? chosen : boards) {
	const reached = build(board, folder, [...assigned, ...secrets]);
	console.log(line(board, reached));
	if (reached.failure === undefined) continue;
	failed = true;
	console.error(reached.failure);
}
process.exit(failed ? 1 : 0);
