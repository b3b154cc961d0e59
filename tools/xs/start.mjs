// `npm start` with the app on the chip's engine: the desktop host's sockets, timers and files here, everything portable there, run
// from preloaded and frozen modules. Takes the same options, and --memory KB: what the heap may grow by, beyond the manifest's
// `creation`, with what the engine takes outside of it; more ends the engine, and the program with the request that did it.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { buildPage } from "../build.mjs";
import { compile, root } from "../compile.mjs";
import { Chip, preloads } from "./chip.mjs";

/** What the app must get by with, KB. */
const leastMemory = 60;

/** @returns The value of `--memory`, which is taken out of `args`. */
function memoryOf(/** @type {string[]} */ args) {
	const at = args.indexOf("--memory");
	const memory = at < 0 ? leastMemory : Number(args.splice(at, 2)[1]);
	if (!(memory > 0)) throw new Error("--memory wants a number of KB");
	return memory;
}

const args = process.argv.slice(2);
const typed = [...args];
const memory = memoryOf(args);

const built = (/** @type {string} */ name) => import(pathToFileURL(join(root, "build/node", name)).href);

/** @type {() => unknown} */
let stop = () => process.exit(0);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => stop());

if (process.env.DHT_GAUGES_BOOT === undefined) {
	await Promise.all([compile("modules", "tests"), buildPage()]);
	await esbuild.stop();
}
/** @type {import("../../tests/xs/outside.js").Outside | undefined} */
let outside;
const { supervisorOf } = await built("modules/platform/node/supervisor.js");
const supervisor = supervisorOf(fileURLToPath(import.meta.url), args, typed);
if (supervisor) {
	stop = () => supervisor.stop();
	process.exit(await supervisor.ended);
}
const { ending, giveSigns } = await built("modules/platform/node/supervised.js");
/** Once the app runs; until then a sign would come between two messages to the engine. @type {typeof outside} */
let running;
giveSigns(async () => running?.ping());

const chip = await Chip.start({ ask: question => outside?.respond(question) ?? new Uint8Array() });
await chip.preload(preloads());
await chip.run("tests/xs/device.js");

const { Outside } = await built("tests/xs/outside.js");
// Last, for the device's clock starts with it.
const { main } = await built("modules/platform/node/main.js");
await main(args, async (/** @type {import("../../modules/platform/node/main.js").Ready} */ ready) => {
	const send = (/** @type {Uint8Array} */ message) =>
		chip.send(message).catch((/** @type {Error} */ error) => {
			ending(error.message);
			console.error(`${error.message}, after the app read ${JSON.stringify(outside?.lastRead)}`);
			process.exit(1);
		});
	const device = new Outside(ready, send);
	outside = device;
	stop = async () => {
		await device.close();
		process.exit(0);
	};
	await device.load(readdirSync(join(root, "build/www")));
	await chip.seal(memory * 1024);
	await device.start();
	running = device;
});
if (!outside) chip.close();
