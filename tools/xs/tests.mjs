// The portable tests, as they are, on the chip's engine.

import { availableParallelism } from "node:os";
import { sources } from "../compile.mjs";
import { bundle } from "./bundle.mjs";
import { compiler, engine } from "./engine.mjs";
import { Worker } from "./worker.mjs";

/** @typedef {{ passed: number, failures: { name: string, error: string }[] }} Result */

/** @returns Whether the test in `path`, from the project's folder, needs nothing of Node. */
export const isPortable = (/** @type {string} */ path) =>
	path.endsWith(".test.ts") && !path.endsWith(".node.test.ts") && !/^tests\/(e2e|page)\//.test(path);

/** What the tests declared is run, and its result given to `issueCommand`. */
const driver = `
runTests().then(result => issueCommand(new TextEncoder().encode(JSON.stringify(result)).buffer));
`;

/** Runs one bundle of tests in an engine of its own. @returns {Promise<Result>} */
export async function runTests(/** @type {string} */ program, /** @type {string} */ script) {
	/** @type {Result} */
	let result = { passed: 0, failures: [{ name: "all", error: "they did not come to an end" }] };
	const worker = new Worker(program, question => {
		result = JSON.parse(question.toString());
		return Buffer.alloc(0);
	});
	try {
		await worker.evaluate(script);
		await worker.evaluate(driver);
	} catch (error) {
		result = { passed: 0, failures: [{ name: "all", error: String(error) }] };
	}
	worker.close();
	return result;
}

/** @returns The portable modules that none of `files` is. */
async function untested(/** @type {string[]} */ files) {
	return (await sources("modules")).filter(path => !path.startsWith("modules/platform/") && !files.includes(path));
}

/**
 * Runs the tests of `files` on the engine and prints what there is to know.
 * @param {Record<string, number>} onNode How many tests of each file passed on Node.
 * @param {boolean} all Whether `files` are all portable tests: they must then use every portable module.
 * @returns Whether all passed, as many as on Node.
 */
export async function testOnXS(/** @type {string[]} */ files, onNode, all) {
	if (!compiler()) {
		console.log(`XS: ${process.env.CI ? "CI needs a" : "not tested, for there is no"} C compiler (cc)`);
		return !process.env.CI;
	}
	const program = await engine(32);
	const { scripts, files: used } = await bundle(files);
	const problems = (all ? await untested(used) : []).map(path => `${path}: no portable test uses it`);
	let passed = 0;
	const left = files.map((file, at) => ({ file, script: scripts[at] ?? "" }));
	const work = async () => {
		for (let next = left.pop(); next; next = left.pop()) {
			const { file } = next;
			const result = await runTests(program, next.script);
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
	return problems.length === 0;
}
