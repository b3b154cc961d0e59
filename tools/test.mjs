// `npm test`: types, lint and every test that needs no SDK, the portable ones on the chip's engine, too, and the end-to-end ones
// on the app as it runs there. What is named after `--` narrows it to test files with that in their path. `npm run test:xs`: what
// is run on the engine alone.

import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildPage } from "./build.mjs";
import { compile, root, sources } from "./compile.mjs";
import { compiler, engine } from "./xs/engine.mjs";
import { isPortable, isWhole, testOnXS } from "./xs/tests.mjs";

const words = process.argv.slice(2);
const portable = words.includes("--portable");
const only = words.filter(word => word !== "--portable");

/** Runs a command to its end, its output with ours. @returns Whether it succeeded. */
function run(/** @type {string} */ command, /** @type {string[]} */ args, env = {}) {
	return spawnSync(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env } }).status === 0;
}

/** Runs the tests of `files` by Node. @returns Whether they passed. */
function test(/** @type {string[]} */ files, /** @type {string[]} */ reporters, env = {}) {
	if (files.length === 0) return true;
	const paths = files.map(path => join("build/node", path.replace(/\.ts$/, ".js")));
	return run(process.execPath, ["--enable-source-maps", "--test", "--test-concurrency=2", ...reporters, ...paths], env);
}

if (words.length === 0)
	for (const script of ["types", "lint"]) if (!run("npm", ["run", "--silent", script])) process.exit(1);

rmSync(join(root, "build/node/tests"), { recursive: true, force: true });
await compile("modules", "www", "tests");
await buildPage();
if (compiler()) await engine();

const files = (await sources("tests")).filter(
	path => path.endsWith(".test.ts") && (only.length === 0 || only.some(word => path.includes(word))),
);
if (files.length === 0) {
	console.error(`no test has ${only.join(" or ")} in its path`);
	process.exit(2);
}
const reporting = [
	"--test-reporter=spec",
	"--test-reporter-destination=stdout",
	"--test-reporter=./tools/xs/counter.mjs",
];
const counts = join(root, "build/node-tests.json");

/** Runs `paths` on Node. @returns How many tests of each file passed, and how many failed. */
function counted(/** @type {string[]} */ paths, env = {}) {
	writeFileSync(counts, '{ "passed": {}, "failed": 1 }');
	const passes = test(paths, [...reporting, `--test-reporter-destination=${counts}`], env);
	const { passed, failed } = JSON.parse(readFileSync(counts, "utf8"));
	return { passed, failed: passes ? 0 : Math.max(failed, 1) };
}

const sum = (/** @type {Record<string, number>} */ passed) => Object.values(passed).reduce((all, one) => all + one, 0);

const onNode = counted(portable ? files.filter(isPortable) : files);
const totals = { passed: sum(onNode.passed), failed: onNode.failed };

/** Runs on the engine what holds there. */
async function testOnEngine() {
	const parts = files.filter(isPortable);
	const whole = files.filter(isWhole);
	if (parts.length + whole.length === 0) return;
	if (!compiler()) {
		const { CI } = process.env;
		console.log(`XS: ${CI ? "CI needs a" : "not tested, for there is no"} C compiler for 32 bits (cc -m32)`);
		if (CI) totals.failed++;
		return;
	}
	const onXS = await testOnXS(parts, onNode.passed, only.length === 0);
	if (whole.length > 0) console.log("XS: the app as a whole, behind the desktop host's sockets");
	const wholeOnXS = counted(whole, { DEVICE_PROGRAM: "tools/xs/start.mjs", DEVICE_HOST: "xs" });
	totals.passed += onXS.passed + sum(wholeOnXS.passed);
	totals.failed += onXS.failed + wholeOnXS.failed;
}
await testOnEngine();
console.log(`${totals.passed} tests passed, ${totals.failed} failed, on Node and on XS`);
process.exit(totals.failed === 0 ? 0 : 1);
