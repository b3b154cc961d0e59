// `npm run sim`, `sim:build`, `esp32`, `esp32:release`: checks the tools and the configuration, builds the page, then runs the
// SDK's mcconfig.

import { findBoard, takenPin, warning } from "./esp32/board.mjs";
import { idf, mcconfig, prepare, sdk } from "./sdk.mjs";
import { refuse } from "./words.mjs";

/** mcconfig's arguments by npm script. */
const targets = {
	sim: ["-d", "-m", "-p", "sim"],
	"sim:build": ["-d", "-m", "-p", "sim", "-t", "build"],
	esp32: ["-d", "-m", "-p", "esp32"],
	"esp32:release": ["-m", "-p", "esp32"],
};

const [target = "", ...rest] = process.argv.slice(2);
const base = targets[/** @type {keyof typeof targets} */ (target)];
const at = rest.indexOf("-p");
const platform = at < 0 ? base[base.indexOf("-p") + 1] : rest[at + 1];
if (platform === undefined) refuse("-p needs a board, such as esp32/esp32c3");

const folder = sdk();
const chip = /^esp32(\/|$)/.test(platform);
if (chip) idf(folder);
const { settings, added } = await prepare(rest);
const board = chip ? findBoard(platform, folder) : undefined;
if (board) {
	const taken = takenPin(settings.sensors, platform, board);
	if (taken) refuse(taken);
}

const words = at < 0 ? base : base.filter((word, index) => word !== "-p" && base[index - 1] !== "-p");
const { status } = mcconfig([...words, ...rest, ...added]);
// After the build's own lines, where it is seen.
const warned = board && warning(platform, board);
if (warned) console.error(`warning: ${warned}`);
if (target === "sim" && status === 0) console.log(`the simulator serves http://127.0.0.1:${settings.port ?? 8081}/`);
process.exit(status);
