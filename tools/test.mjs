// `npm test`: types, lint and every test that needs no SDK, the portable ones on the chip's engine, too, and the end-to-end ones
// on the app as it runs there, and over the chip's sockets and lwIP. What is named after `--` narrows it to test files with that in
// their path. `npm run test:xs`: what is run on the engine alone; `npm run test:lwip`: what is run over lwIP.

import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildPage } from "./build.mjs";
import { compile, root, sources } from "./compile.mjs";
import * as lwip from "./lwip/tests.mjs";
import { compiler, engine } from "./xs/engine.mjs";
import { isPortable, isWhole, testOnXS } from "./xs/tests.mjs";

const words = process.argv.slice(2);
const portable = words.includes("--portable");
const overLwip = words.includes("--lwip");
const only = words.filter(word => word !== "--portable" && word !== "--lwip");

/** Runs a command to its end, its output with ours. @returns Whether it succeeded. */
function run(/** @type {string} */ command, /** @type {string[]} */ args, env = {}) {
	return spawnSync(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env } }).status === 0;
}

// A failed test may leave a socket open, and its file never ends. In CI, where nobody ends it, it fails after ten minutes. Node 20 has
// the option from 20.11 on.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const hasTimeout = major > 21 || (major === 20 && minor >= 11);
const limit = process.env.CI && hasTimeout ? ["--test-timeout=600000"] : [];

/**
 * Runs the tests of `files` by Node.
 * @param {(program: string, args: string[]) => [string, string[]]} [wrap] Makes the command one that runs it elsewhere.
 * @returns Whether they passed.
 */
function test(
	/** @type {string[]} */ files,
	/** @type {string[]} */ reporters,
	env = {},
	wrap = (program, args) => [program, args],
) {
	if (files.length === 0) return true;
	const paths = files.map(path => join("build/node", path.replace(/\.ts$/, ".js")));
	const args = ["--enable-source-maps", "--test", "--test-concurrency=3", ...limit, ...reporters, ...paths];
	return run(...wrap(process.execPath, args), env);
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

/** Runs `paths` on Node. @param wrap As of `test`. @returns How many tests of each file passed, and how many failed. */
function counted(
	/** @type {string[]} */ paths,
	env = {},
	/** @type {((program: string, args: string[]) => [string, string[]]) | undefined} */ wrap = undefined,
) {
	writeFileSync(counts, '{ "passed": {}, "failed": 1 }');
	const passes = test(paths, [...reporting, `--test-reporter-destination=${counts}`], env, wrap);
	const { passed, failed } = JSON.parse(readFileSync(counts, "utf8"));
	return { passed, failed: passes ? 0 : Math.max(failed, 1) };
}

const sum = (/** @type {Record<string, number>} */ passed) => Object.values(passed).reduce((all, one) => all + one, 0);

const onNode = overLwip
	? { passed: {}, failed: 0 }
	: counted(files.filter(portable ? isPortable : path => !lwip.isOfSockets(path)));
const totals = { passed: sum(onNode.passed), failed: onNode.failed };

/** Runs on the engine what holds there. */
async function testOnEngine() {
	const portableFiles = files.filter(isPortable);
	const whole = files.filter(isWhole);
	if (portableFiles.length + whole.length === 0) return;
	if (!compiler()) {
		const { CI } = process.env;
		console.log(`XS: ${CI ? "CI needs a" : "not tested, for there is no"} C compiler for 32 bits (cc -m32)`);
		if (CI) totals.failed++;
		return;
	}
	const onXS = await testOnXS(portableFiles, onNode.passed, only.length === 0);
	if (whole.length > 0) console.log("XS: the app as a whole, behind the desktop host's sockets");
	const wholeOnXS = counted(whole, { DEVICE_PROGRAM: "tools/xs/start.mjs", DEVICE_HOST: "xs" });
	totals.passed += onXS.passed + sum(wholeOnXS.passed);
	totals.failed += onXS.failed + wholeOnXS.failed;
}

/** Runs over the chip's sockets what holds there. */
async function testOverLwip() {
	const chosen = files.filter(path => lwip.isOfSockets(path) || lwip.isOverSockets(path));
	if (chosen.length === 0) return;
	const reason = await lwip.prepare();
	if (reason !== undefined) {
		console.log(`lwIP: not tested: ${reason}`);
		if (process.env.CI) totals.failed++;
		return;
	}
	console.log("lwIP: the app over the chip's sockets");
	const inside = { LWIP_NAMESPACE: "1" };
	for (const [paths, env] of /** @type {const} */ ([
		[chosen.filter(lwip.isOverSockets), { ...inside, ...lwip.startsDevice }],
		[chosen.filter(lwip.isOfSockets), inside],
		[chosen.filter(lwip.isChecked), { ...inside, DEVICE_CHECKED: "1" }],
	])) {
		const { passed, failed } = counted(paths, env, lwip.inNamespace);
		totals.passed += sum(passed);
		totals.failed += failed;
	}
}
if (!overLwip) await testOnEngine();
if (!portable) await testOverLwip();
console.log(`${totals.passed} tests passed, ${totals.failed} failed, on Node, on XS and over lwIP`);
process.exit(totals.failed === 0 ? 0 : 1);
