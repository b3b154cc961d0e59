// `npm run test:sdk`: builds the app for Moddable's simulator, starts it without a screen, and runs on it the end-to-end
// tests that hold for every host.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { compile, root } from "./compile.mjs";
import { sdk } from "./sdk.mjs";
import { startSimulator } from "./simulator.mjs";
import { refuse } from "./words.mjs";

const url = "http://127.0.0.1:8081";

/** What the app is built with, for the tests of what needs it. */
const password = "correct horse";

/** Whether something answers there. */
async function answers() {
	try {
		await fetch(`${url}/api/device`);
		return true;
	} catch {
		return false;
	}
}

const folder = sdk();
if (process.platform !== "linux") refuse("`npm run test:sdk` drives the simulator of Linux");
if (await answers()) refuse(`${url} is in use: end what serves there first`);

const run = (/** @type {string[]} */ args, env = process.env) =>
	spawnSync(process.execPath, args, { cwd: root, stdio: "inherit", env }).status ?? 1;

const built = run(["tools/mcconfig.mjs", "sim:build", `adminPassword=${password}`]);
if (built !== 0) process.exit(built);
await compile("modules", "tests");
const { covered, leftOut } = await import(`${root}/build/node/tests/e2e/simulator.js`);

const app = join(folder, "build/bin/lin/mc/debug/dht-gauges/mc.so");
const simulator = await startSimulator(app, folder, join(root, "tests/e2e/panel"));
let status = 1;
try {
	for (let turn = 0; turn < 100 && !(await answers()); turn++) await sleep(100);
	status = run(
		[
			"--test",
			"--test-concurrency=1",
			"--test-reporter=spec",
			...covered.map((/** @type {string} */ path) => join("build/node/tests", `${path}.js`)),
		],
		{
			...process.env,
			DEVICE_URL: url,
			DEVICE_PASSWORD: password,
			DEVICE_HOST: "simulator",
			SIMULATOR_FOLDER: simulator.folder,
		},
	);
	console.log("left out:");
	for (const [what, reason] of Object.entries(leftOut)) console.log(`  ${what}: ${reason}`);
	const log = readFileSync(simulator.log, "utf8").replaceAll(/^instruments.*\n|^.*: exception: throw!\n/gm, "");
	console.log(`the simulator printed:\n${log}`);
	if (log.includes("XS abort")) {
		console.log("an exception ended the app");
		status = 1;
	}
} finally {
	simulator.stop();
}
process.exit(status);
