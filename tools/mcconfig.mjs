// `npm run sim`, `sim:build`, `esp32`, `esp32:release`: builds the page, checks the configuration, then runs the SDK's mcconfig.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { buildPage } from "./build.mjs";
import { compile, root } from "./compile.mjs";

/** mcconfig's arguments by npm script. */
const targets = {
	sim: ["-d", "-m", "-p", "sim"],
	"sim:build": ["-d", "-m", "-p", "sim", "-t", "build"],
	esp32: ["-d", "-m", "-p", "esp32"],
	"esp32:release": ["-m", "-p", "esp32"],
};

const [target = "", ...rest] = process.argv.slice(2);

/** Ends with one line for the person who typed the command. */
function refuse(/** @type {string} */ line) {
	console.error(line);
	process.exit(2);
}

await Promise.all([compile("modules"), buildPage()]);
const built = "../build/node/modules";
const { readSettings } = await import(`${built}/settings.js`);
const { readConfig, readConfigFile } = await import(`${built}/platform/node/config.js`);
const { limits } = await import(`${built}/platform/node/host.js`);

/** What goes into the build's config from the command line: `key=value`, values as strings. */
const assigned = rest.filter(word => /^[^-][^=]*=/.test(word));
const local = join(root, "moddable.local.json");
let secrets = {};
try {
	if (existsSync(local)) secrets = readConfigFile(local);
	for (const [key, value] of Object.entries(secrets))
		if (typeof value === "object") throw new Error(`moddable.local.json: ${key} must be a text or a number here`);
	const config = readConfig(join(root, "moddable.config.json"), local);
	const line = Object.fromEntries(
		assigned.map(word => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)]),
	);
	readSettings({ ...config, ...line }, limits);
} catch (error) {
	refuse(/** @type {Error} */ (error).message);
}

if (!process.env.MODDABLE)
	refuse(
		"MODDABLE is not set: install the Moddable SDK with `npx xs-dev@0.30.3 setup` (for a chip also `npx xs-dev@0.30.3 setup --device esp32`), open a new shell, and try again",
	);

const base = targets[/** @type {keyof typeof targets} */ (target)];
const platform = rest.includes("-p") ? base.filter((word, at) => word !== "-p" && base[at - 1] !== "-p") : base;
const kept = Object.entries(secrets).filter(([key]) => !assigned.some(word => word.startsWith(`${key}=`)));
const { status, error } = spawnSync(
	"mcconfig",
	[...platform, ...rest, ...kept.map(([key, value]) => `${key}=${value}`)],
	{
		cwd: root,
		stdio: "inherit",
	},
);
if (error) refuse(`mcconfig cannot be run (${error.message}): is $MODDABLE/build/bin on the PATH?`);
process.exit(status ?? 1);
