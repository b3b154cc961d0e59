// `npm test`: types, lint and every test that needs no SDK. What is named after `--` narrows it to test files with that in their path.

import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { buildPage } from "./build.mjs";
import { compile, root, sources } from "./compile.mjs";

const only = process.argv.slice(2);

/** Runs a command to its end, its output with ours. @returns Whether it succeeded. */
function run(/** @type {string} */ command, /** @type {string[]} */ args) {
	return spawnSync(command, args, { cwd: root, stdio: "inherit" }).status === 0;
}

if (only.length === 0)
	for (const script of ["types", "lint"]) if (!run("npm", ["run", "--silent", script])) process.exit(1);

rmSync(join(root, "build/node/tests"), { recursive: true, force: true });
await compile("modules", "www", "tests");
await buildPage();

const files = (await sources("tests")).filter(
	path => path.endsWith(".test.ts") && (only.length === 0 || only.some(word => path.includes(word))),
);
const ok = run(process.execPath, [
	"--enable-source-maps",
	"--test",
	"--test-reporter=spec",
	"--test-concurrency=2",
	...files.map(path => join("build/node", path.replace(/\.ts$/, ".js"))),
]);
process.exit(ok ? 0 : 1);
