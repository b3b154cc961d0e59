// `npm start` with the app on the chip's engine: the desktop host's sockets, timers and files here, everything portable there, run
// from preloaded and frozen modules. Takes the same options.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { buildPage } from "../build.mjs";
import { compile, root } from "../compile.mjs";
import { Chip, preloads } from "./chip.mjs";

const built = (/** @type {string} */ name) => import(pathToFileURL(join(root, "build/node", name)).href);

/** @type {() => unknown} */
let stop = () => process.exit(0);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => stop());

await Promise.all([compile("modules", "tests"), buildPage()]);
await esbuild.stop();
/** @type {import("../../tests/xs/outside.js").Outside | undefined} */
let outside;
const chip = await Chip.start({ ask: question => outside?.answer(question) ?? new Uint8Array() });
await chip.preload(preloads());
await chip.run("tests/xs/device.js");

const { Outside } = await built("tests/xs/outside.js");
// Last, for the device's clock starts with it.
const { main } = await built("modules/platform/node/main.js");
await main(process.argv.slice(2), async (/** @type {import("../../modules/platform/node/main.js").Ready} */ ready) => {
	const device = new Outside(ready, (/** @type {Uint8Array} */ message) => chip.send(message));
	outside = device;
	stop = async () => {
		await device.close();
		process.exit(0);
	};
	await device.start();
});
if (!outside) chip.close();
