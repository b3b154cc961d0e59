// `npm test`: types, lint and every test that needs no SDK, the portable ones on the chip's engine, too. What is named after `--`
// narrows it to test files with that in their path. `npm run test:xs`: the portable ones alone.

import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildPage } from "./build.mjs";
import { compile, root, sources } from "./compile.mjs";
import { compiler, engine } from "./xs/engine.mjs";
import { isPortable, testOnXS } from "./xs/tests.mjs";

const words = process.argv.slice(2);
const portable = words.includes("--portable");
const only = words.filter(word => word !== "--portable");

/** Runs a command to its end, its output with ours. @returns Whether it succeeded. */
function run(/** @type {string} */ command, /** @type {string[]} */ args) {
	return spawnSync(command, args, { cwd: root, stdio: "inherit" }).status === 0;
}

if (words.length === 0)
	for (const script of ["types", "lint"]) if (!run("npm", ["run", "--silent", script])) process.exit(1);

rmSync(join(root, "build/node/tests"), { recursive: true, force: true });
await compile("modules", "www", "tests");
await buildPage();
if (compiler()) await engine();

const files = (await sources("tests")).filter(
	path =>
		(portable ? isPortable(path) : path.endsWith(".test.ts")) &&
		(only.length === 0 || only.some(word => path.includes(word))),
);
const counts = join(root, "build/node-tests.json");
const onNode = run(process.execPath, [
	"--enable-source-maps",
	"--test",
	"--test-concurrency=2",
	"--test-reporter=spec",
	"--test-reporter-destination=stdout",
	"--test-reporter=./tools/xs/counter.mjs",
	`--test-reporter-destination=${counts}`,
	...files.map(path => join("build/node", path.replace(/\.ts$/, ".js"))),
]);
const onXS = await testOnXS(files.filter(isPortable), JSON.parse(readFileSync(counts, "utf8")), only.length === 0);
process.exit(onNode && onXS ? 0 : 1);
