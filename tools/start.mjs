// `npm start`: builds what is needed, then is the desktop host itself, in this process, or with `--state` in one that is started again
// whenever it ends.

import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { buildPage } from "./build.mjs";
import { compile } from "./compile.mjs";

/** @type {() => unknown} */
let stop = () => process.exit(0);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => stop());

// The files are made by the supervisor's process: types of them are checked with their sources.
const built = "../build/node/modules/platform/node";
if (process.env.DHT_GAUGES_BOOT === undefined) {
	await Promise.all([compile("modules"), buildPage()]);
	await esbuild.stop();
}
const args = process.argv.slice(2);
const { supervisorOf } = await import(`${built}/supervisor.js`);
const supervisor = supervisorOf(fileURLToPath(import.meta.url), args);
if (supervisor) {
	stop = () => supervisor.stop();
	process.exit(await supervisor.ended);
}
const [{ giveSigns }, { main }] = await Promise.all([import(`${built}/supervised.js`), import(`${built}/main.js`)]);
giveSigns();
await main(args);
