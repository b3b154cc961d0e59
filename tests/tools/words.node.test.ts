import { deepEqual } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";

const words: [tool: string, typed: string[], line: string][] = [
	["bench", ["--wirte"], '"--wirte" is not allowed; --write, --memory, --growth and --profile FOLDER are'],
	["bench", ["--write", "all"], '"--write all" is not allowed; --write, --memory, --growth and --profile FOLDER are'],
	["bench-page", ["0"], '"0" is not allowed; a number of runs, from 1 to 9999, is'],
	["bench-peers", ["--help"], '"--help" is not allowed; a number of runs, from 1 to 9999, is'],
	["soak", ["1.5"], '"1.5" is not allowed; a number of days, from 1 to 9999, is'],
	["soak-page", ["60", "1"], '"60 1" is not allowed; a number of minutes, from 45 to 9999, is'],
];

for (const [tool, typed, line] of words)
	test(`npm run ${tool} -- ${typed.join(" ")}`, () => {
		const { status, stderr, stdout } = spawnSync(process.execPath, [`tools/${tool}.mjs`, ...typed], {
			encoding: "utf8",
		});
		deepEqual({ status, stderr, stdout }, { status: 2, stderr: `${line}\n`, stdout: "" });
	});
