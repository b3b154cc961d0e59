// The portable tests, as they are, on the chip's engine.

import { availableParallelism } from "node:os";
import { sources } from "../compile.mjs";
import { Chip, needed, preloads, read } from "./chip.mjs";

/** @typedef {{ passed: number, failures: { name: string, error: string }[] }} Result */

/** @returns Whether the test in `path`, from the project's folder, needs nothing of Node. */
export const isPortable = (/** @type {string} */ path) =>
	path.endsWith(".test.ts") && !path.endsWith(".node.test.ts") && !/^tests\/(e2e|page)\//.test(path);

/**
 * @returns Whether the test in `path` drives a device as a whole, wherever its app runs: not those of `npm start`'s options, nor
 * the 200 connections at once, which are a matter of milliseconds that the pipe has not got.
 */
export const isWhole = (/** @type {string} */ path) =>
	/^tests\/e2e\/(alerts|device|history|http|improv|mqtt|portal|programs|replay|restarts|settings|slots|state|update)\.node\.test\.ts$/.test(
		path,
	);

/** Runs one file of tests in an engine of its own, on preloaded modules. @param planted As of `Chip`. @returns {Promise<Result>} */
export async function runTests(/** @type {string} */ file, /** @type {string[]} */ preloaded, planted = new Map()) {
	const chip = await Chip.start({ planted });
	try {
		await chip.preload(preloaded);
		await chip.run(compiled(file));
		const result = await chip.evaluate("runTests()");
		if (!result) throw new Error("the tests did not come to an end");
		const { passed, failures } = /** @type {Result} */ (result);
		return { passed, failures: failures.map(({ name, error }) => ({ name, error: chip.named(error) })) };
	} catch (error) {
		return { passed: 0, failures: [{ name: "all", error: String(error) }] };
	} finally {
		chip.close();
	}
}

/** What is wrong with the modules that the manifest preloads. */
export async function checkPreloads(planted = new Map()) {
	const chip = await Chip.start({ planted });
	try {
		return await chip.preload(preloads());
	} finally {
		chip.close();
	}
}

const compiled = (/** @type {string} */ path) => path.replace(/\.ts$/, ".js");

/** @returns The portable modules that none of the tests `files` uses, but those of types alone, of which nothing is left to run. */
async function untested(/** @type {string[]} */ files) {
	const used = needed(files.map(compiled));
	return (await sources("modules")).filter(
		path =>
			!path.startsWith("modules/platform/") && !used.includes(compiled(path)) && read(compiled(path)).trim() !== "",
	);
}

/**
 * Runs the tests of `files` on the engine and prints what there is to know.
 * @param {Record<string, number>} onNode How many tests of each file passed on Node.
 * @param {boolean} all Whether `files` are all portable tests: they must then use every portable module.
 * @returns How many passed, and what else there was to complain of.
 */
export async function testOnXS(/** @type {string[]} */ files, onNode, all) {
	if (files.length === 0) return { passed: 0, failed: 0 };
	const preloaded = preloads();
	const problems = (await checkPreloads()).map(problem => `preload: ${problem}`);
	if (all) for (const path of await untested(files)) problems.push(`${path}: no portable test uses it`);
	let passed = 0;
	const left = files.slice();
	const work = async () => {
		for (let file = left.pop(); file; file = left.pop()) {
			const result = await runTests(file, preloaded);
			passed += result.passed;
			for (const { name, error } of result.failures) problems.push(`${file}: ${name}\n${error}`);
			if (result.passed !== onNode[file])
				problems.push(`${file}: ${result.passed} tests passed on XS, ${onNode[file] ?? 0} on Node`);
		}
	};
	await Promise.all(Array.from({ length: availableParallelism() }, work));
	for (const problem of problems) console.error(`XS: ${problem}`);
	const expected = files.reduce((sum, file) => sum + (onNode[file] ?? 0), 0);
	console.log(`XS: ${passed} portable tests passed, ${expected} on Node`);
	return { passed, failed: problems.length };
}
