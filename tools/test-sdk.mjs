// `npm run test:sdk`: builds the app for Moddable's simulator, starts it without a screen, and runs on it the end-to-end
// tests that hold for every host: once alone, and once with a debugger connected. At last it kills one.

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { compile, root } from "./compile.mjs";
import { startDebugger } from "./debugger.mjs";
import { testExamples } from "./examples.mjs";
import { sdk } from "./sdk.mjs";
import { startSimulator } from "./simulator.mjs";
import { refuse } from "./words.mjs";

const url = "http://127.0.0.1:8081";

/** What the app is built with, for the tests of what needs it. */
const password = "correct horse";

/** Whether something responds there. */
async function responds() {
	try {
		await fetch(`${url}/api/device`);
		return true;
	} catch {
		return false;
	}
}

/** @returns How often each occurs, the commonest first. */
function count(/** @type {string[]} */ all) {
	/** @type {Map<string, number>} */
	const times = new Map();
	for (const one of all) times.set(one, (times.get(one) ?? 0) + 1);
	return [...times].sort(([, one], [, other]) => other - one);
}

const folder = sdk();
if (process.platform !== "linux") refuse("`npm run test:sdk` drives the simulator of Linux");
if (await responds()) refuse(`${url} is in use: end what serves there first`);

const run = (/** @type {string[]} */ args, env = process.env) =>
	spawnSync(process.execPath, args, { cwd: root, stdio: "inherit", env }).status ?? 1;

const built = run(["tools/mcconfig.mjs", "sim:build", `adminPassword=${password}`]);
if (built !== 0) process.exit(built);
await compile("modules", "tests");
const { covered, leftOut } = await import(`${root}/build/node/tests/e2e/simulator.js`);

const app = join(folder, "build/bin/lin/mc/debug/dht-gauges/mc.so");

/**
 * Runs the tests on a simulator of their own.
 * @param debuggerPort 1 for no debugger. @returns Whether they passed and the app was there to the end.
 */
async function testOn(/** @type {number} */ debuggerPort) {
	const simulator = await startSimulator(app, folder, join(root, "tests/e2e/panel"), debuggerPort);
	try {
		for (let attempt = 0; attempt < 100 && !(await responds()); attempt++) await sleep(100);
		const paths = covered.map((/** @type {string} */ path) => join("build/node/tests", `${path}.js`));
		// Not in this thread: a debugger has to respond meanwhile.
		const tests = spawn(process.execPath, ["--test", "--test-concurrency=1", "--test-reporter=spec", ...paths], {
			cwd: root,
			stdio: "inherit",
			env: {
				...process.env,
				DEVICE_URL: url,
				DEVICE_PASSWORD: password,
				DEVICE_HOST: "simulator",
				SIMULATOR_FOLDER: simulator.folder,
			},
		});
		const [status] = await once(tests, "exit");
		const there = await responds();
		const log = readFileSync(simulator.log, "utf8").replaceAll(/^instruments.*\n|^.*: exception: throw!\n/gm, "");
		console.log(`the simulator printed:\n${log}`);
		if (!there) console.log("the app is gone");
		const aborted = log.includes("XS abort");
		if (aborted) console.log("an exception ended the app");
		return status === 0 && there && !aborted;
	} finally {
		simulator.stop();
		for (let attempt = 0; attempt < 50 && (await responds()); attempt++) await sleep(100);
	}
}

/** Kills a simulator with the app. @returns Whether its broker was told. */
async function testKilled() {
	const simulator = await startSimulator(app, folder, join(root, "tests/e2e/panel"));
	for (let attempt = 0; attempt < 100 && !(await responds()); attempt++) await sleep(100);
	const status = run(
		["--test", "--test-reporter=spec", "--test-name-pattern=kill -9", "build/node/tests/e2e/mqtt.node.test.js"],
		{
			...process.env,
			DEVICE_URL: url,
			DEVICE_PASSWORD: password,
			DEVICE_HOST: "simulator",
			SIMULATOR_PID: String(simulator.pid),
		},
	);
	simulator.stop();
	return status === 0 && !(await responds());
}

/** Runs the tests of the host's outgoing connections on an app of their own. @returns Whether they passed. */
async function testOutgoing() {
	const cwd = join(root, "tests/platform/sim/outgoing");
	const made = spawnSync("mcconfig", ["-d", "-m", "-p", "sim", "-t", "build"], { cwd, stdio: "inherit" });
	if (made.status !== 0) return false;
	const simulator = await startSimulator(join(folder, "build/bin/lin/mc/debug/dht-gauges-outgoing/mc.so"), folder);
	await sleep(2000);
	const paths = ["build/node/tests/platform/sim/outgoing.node.test.js"];
	const status = run(["--test", "--test-reporter=spec", ...paths], { ...process.env, SIMULATOR_PORT: "8082" });
	simulator.stop();
	return status === 0;
}

console.log("connections that the device opens");
const outgoing = await testOutgoing();
console.log("without a debugger");
const alone = await testOn(1);
console.log("with a debugger");
const xsbug = await startDebugger();
const debugged = await testOn(xsbug.port);
xsbug.close();
if (xsbug.apps === 0) console.log("no app has connected to the debugger");
console.log(`the debugger stopped the app ${xsbug.stops.length} times at an exception`);
for (const [stop, times] of count(xsbug.stops)) console.log(`  ${times} × ${stop}`);
console.log("killed");
const killed = await testKilled();
console.log("left out:");
for (const [what, reason] of Object.entries(leftOut)) console.log(`  ${what}: ${reason}`);
const examplesRun = await testExamples(folder);
process.exit(outgoing && alone && debugged && killed && xsbug.apps > 0 && examplesRun ? 0 : 1);
