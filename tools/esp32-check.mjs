// `npm run esp32:check`: builds the firmware for each chip as far as this machine's tools allow, says how far that was, and
// whether ESP-IDF and the SDK are configured as wanted.
// What is typed after `--` is the boards to build for, as mcconfig names them, and configuration.

import { findBoard, takenPin, warning } from "./esp32/board.mjs";
import { build, lacksLwip, line } from "./esp32/firmware.mjs";
import { lwipHeaders } from "./lwip/build.mjs";
import { prepare, sdk } from "./sdk.mjs";
import { refuse } from "./words.mjs";

/** One board a chip, none of which brings a configuration of its own; there is no general one of the S2. */
const boards = ["esp32", "esp32/saola_wroom", "esp32/esp32s3", "esp32/esp32c3", "esp32/esp32c6"];

const folder = sdk();
const words = process.argv.slice(2);
const assigned = words.filter(word => word.includes("="));
const chosen = words.filter(word => !word.includes("="));
const stray = chosen.find(word => !/^esp32(\/\w+)?$/.test(word));
if (stray !== undefined) refuse(`"${stray}" is not allowed; boards like esp32/esp32c3 are, and key=value`);
const { settings, added } = await prepare(assigned);
const headers = lacksLwip() ? await lwipHeaders() : undefined;

let failed = false;
for (const platform of chosen.length > 0 ? chosen : boards) {
	const reached = build(platform, folder, [...assigned, ...added], headers);
	console.log(line(platform, reached));
	const board = findBoard(platform, folder);
	const own = board?.ownConfiguration ?? false;
	const problems = reached.configuration?.wrong ?? [];
	for (const problem of problems) console.error(`  ${problem}`);
	if (board && own) console.error(`  warning: ${warning(platform, board)}`);
	const taken = board && takenPin(settings.sensors, platform, board);
	if (taken) console.error(`  ${taken}`);
	if (reached.failure !== undefined) console.error(reached.failure);
	failed ||= reached.failure !== undefined || taken !== undefined || (problems.length > 0 && !own);
}
process.exit(failed ? 1 : 0);
