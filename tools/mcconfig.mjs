// `npm run sim`, `sim:build`, `esp32`, `esp32:release`: builds the page, checks the configuration, then runs the SDK's mcconfig.

import { mcconfig, prepare, sdk } from "./sdk.mjs";

/** mcconfig's arguments by npm script. */
const targets = {
	sim: ["-d", "-m", "-p", "sim"],
	"sim:build": ["-d", "-m", "-p", "sim", "-t", "build"],
	esp32: ["-d", "-m", "-p", "esp32"],
	"esp32:release": ["-m", "-p", "esp32"],
};

const [target = "", ...rest] = process.argv.slice(2);
const secrets = await prepare(rest);
sdk();
const base = targets[/** @type {keyof typeof targets} */ (target)];
const platform = rest.includes("-p") ? base.filter((word, at) => word !== "-p" && base[at - 1] !== "-p") : base;
process.exit(mcconfig([...platform, ...rest, ...secrets]).status);
