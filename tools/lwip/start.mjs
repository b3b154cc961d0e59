// `npm start` with the app on the chip's engine over the chip's sockets, lwIP and a TAP device, in this network namespace. Node only
// reads the options, which are the same but for --replay.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { buildPage } from "../build.mjs";
import { compile, root } from "../compile.mjs";
import { launch } from "./launch.mjs";

const built = (/** @type {string} */ name) =>
	import(pathToFileURL(join(root, "build/node/modules/platform/node", name)).href);

await Promise.all([compile("modules", "tests"), buildPage()]);
const { main } = await built("main.js");
const { limits } = await built("host.js");
const { readOptions } = await built("options.js");

const args = process.argv.slice(2);
await main(args, async (/** @type {import("../../modules/platform/node/main.js").Ready} */ ready) => {
	const { host, ...rest } = ready;
	const { state } = readOptions(args);
	const device = await launch({
		settings: (name, address) => ({ ...rest, name, address, limits, state, defaultPort: host.defaultPort }),
		damage: process.env.DEVICE_NETIF ?? "",
	});
	await esbuild.stop();
	device.onLine = line => console.log(line);
	for (const signal of ["SIGINT", "SIGTERM"])
		process.on(signal, async () => {
			await device.close();
			process.exit(0);
		});
	const status = await device.closed;
	process.exit(typeof status === "number" ? status : 1);
});
