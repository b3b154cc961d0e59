// The workflows of .github/: by actionlint, by the project's own rules, and their scripts by the shell.

import { deepEqual, ok } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { parse, problems, scripts } from "./workflows.js";

interface Finding {
	file: string;
	line: number;
	message: string;
	kind: string;
}
type Lint = (text: string, path: string) => Finding[];

const { createLinter } = createRequire(import.meta.url)("actionlint") as { createLinter(): Promise<Lint> };

const folder = ".github/workflows";
const workflows = readdirSync(folder).map(name => ({ name, text: readFileSync(`${folder}/${name}`, "utf8") }));

/** The linter's list of GitHub's machines ends in 2022. */
const isNewer = ({ message }: Finding) => /^label "ubuntu-24\.04" is unknown/.test(message);

test("actionlint has nothing against the workflows", async () => {
	const lint = await createLinter();
	ok(workflows.length >= 2);
	for (const { name, text } of workflows)
		deepEqual(
			lint(text, `${folder}/${name}`)
				.filter(finding => !isNewer(finding))
				.map(({ line, message }) => `${name}:${line}: ${message}`),
			[],
		);
});

test("actions are pinned, permissions and time limits stated, and no script has an expression in it", () => {
	for (const { name, text } of workflows) deepEqual([name, problems(text)], [name, []]);
});

test("each broken rule is found", () => {
	const broken = `on: { pull_request_target: {} }
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v7
      - run: |
          echo "\${{ github.event.head_commit.message }}"
          npm run none && .ci/none
`;
	deepEqual(problems(broken), [
		"no permissions",
		"strangers' code would run with the project's rights",
		"build: actions/checkout@v7 is not pinned to a commit",
		"build: checkout leaves its token behind",
		`build: an expression is in a script: echo "\${{ github.event.head_commit.message }}"\nnpm run none && .ci/none\n`,
		"build: no permissions",
		"build: no time limit of two hours at most",
		"build: no bash",
		"no version beside - uses: actions/checkout@v7",
		"npm has no none",
		"no .ci/none",
	]);
});

test("the tag's release needs the tests, and writes only where it must", () => {
	const { jobs } = parse(workflows.find(({ name }) => name === "release.yml")!.text);
	const rights = Object.entries(jobs).map(([name, { permissions }]) => [name, permissions]);
	deepEqual(rights, [
		["test", { contents: "read" }],
		["build", { contents: "read" }],
		["publish", { contents: "write" }],
		["install-page", { pages: "write", "id-token": "write" }],
	]);
});

for (const [program, args] of [
	["bash", ["-n"]],
	["shellcheck", ["--shell=bash", "--exclude=SC1090,SC1091", "-"]],
] as const) {
	const isThere = process.env.CI === "true" || spawnSync(program, ["--version"]).status === 0;
	const skip = isThere ? false : `${program} is not installed`;
	// The workflows' bash runs with these options.
	test(`${program} has nothing against the scripts`, { skip }, () => {
		for (const { name, text } of workflows)
			for (const script of scripts(parse(text))) {
				const { stdout, stderr } = spawnSync(program, args, { input: `set -eo pipefail\n${script}`, encoding: "utf8" });
				deepEqual([name, script, stdout + stderr], [name, script, ""]);
			}
	});
}
