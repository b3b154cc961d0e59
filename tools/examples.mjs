// The projects of examples/, each a Moddable project of its own: what each serves, and whether it runs in the simulator.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { root } from "./compile.mjs";
import { mcconfig } from "./sdk.mjs";
import { startSimulator } from "./simulator.mjs";

/** How long an example has to start, and how long one without a server is watched, ms. */
const startMs = 10_000;
const watchMs = 3000;

/**
 * @typedef {object} Example
 * @property {string} name @property {string} folder
 * @property {URL | undefined} url What a client may get of it on this machine, as its first comment has it with `ADDRESS`.
 */

/** @returns {Example[]} */
export function examples() {
	const all = join(root, "examples");
	if (!existsSync(all)) return [];
	return readdirSync(all).map(name => {
		const folder = join(all, name);
		const [found] = readFileSync(join(folder, "main.ts"), "utf8").match(/http:\/\/ADDRESS(:\d+)?\/[^\s`,)]*/) ?? [];
		return { name, folder, url: found === undefined ? undefined : new URL(found.replace("ADDRESS", "127.0.0.1")) };
	});
}

/** @returns Whether `url` is answered with content in time; of a stream, its first piece is enough. */
async function serves(/** @type {URL} */ url) {
	for (const end = Date.now() + startMs; Date.now() < end; await sleep(200))
		try {
			const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
			const { value } = (await response.body?.getReader().read()) ?? {};
			return response.ok && value !== undefined && value.byteLength > 0;
		} catch {
			// It has not started yet.
		}
	return false;
}

/** Builds an example for the simulator and starts it. @returns What is wrong, `undefined` where nothing is. */
async function problemOf(/** @type {Example} */ { name, folder, url }, /** @type {string} */ sdk) {
	const { status, output } = mcconfig(["-d", "-m", "-p", "sim", "-t", "build"], "keep", folder);
	if (status !== 0) return output;
	const simulator = await startSimulator(join(sdk, `build/bin/lin/mc/debug/${name}/mc.so`), sdk);
	try {
		if (url && !(await serves(url))) return `${url} is not answered`;
		if (!url) await sleep(watchMs);
		const log = readFileSync(simulator.log, "utf8");
		return log.includes("XS abort") ? log : undefined;
	} finally {
		simulator.stop();
	}
}

/** Builds and starts each example, one after the other. @returns Whether all ran. */
export async function testExamples(/** @type {string} */ sdk) {
	let passed = true;
	for (const example of examples()) {
		const problem = await problemOf(example, sdk);
		console.log(`examples/${example.name}: ${problem ?? (example.url ? `serves ${example.url}` : "runs")}`);
		passed &&= problem === undefined;
	}
	return passed;
}
