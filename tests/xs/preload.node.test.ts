// The check of preloaded modules is checked: each mistake is planted in a module, and found under the module's name.

import { deepEqual, match } from "node:assert/strict";
import { test } from "node:test";
import { skip, tool } from "./tools.js";

const { read, preloads } = await tool("chip.mjs");
const { checkPreloads, runTests } = await tool("tests.mjs");

const name = "modules/http/host-check.js";
const plant = (code: string) => new Map([[name, `${read(name)}\n${code}\n`]]);

test("the modules as they are pass", { skip }, async () => {
	deepEqual(await checkPreloads(), []);
});

for (const [what, code, found] of [
	[
		"a Map",
		"const seen = new Map();\nexport const see = host => seen.set(host, true);",
		`${name}: a Map at module level`,
	],
	["a Set", "export const seen = new Set();", `${name}: a Set at module level`],
	[
		"an object",
		"const limits = Object.freeze({ most: { streams: 8 } });\nexport const most = () => limits.most;",
		`${name}: an object that is not frozen at module level`,
	],
	["a typed array", "export const table = new Uint8Array(4);", `${name}: a typed array or its buffer at module level`],
	[
		"a RegExp",
		"const dots = /\\./;\nexport const split = host => dots.exec(host);",
		`${name}: a RegExp at module level`,
	],
	["a variable", "let count = 0;\nexport const next = () => ++count;", `${name}: let count at module level`],
	[
		"a native call",
		'import Timer from "timer";\nexport const timer = Timer.repeat(() => {}, 1000);',
		`${name}: a native call at module level: default of timer`,
	],
] as const)
	test(`${what} at module level is found`, { skip }, async () => {
		deepEqual(await checkPreloads(plant(code)), [found]);
	});

test("a write to an object of a module fails, and names the module", { skip }, async () => {
	const planted = new Map([
		[
			name,
			read(name)
				.replace(
					"constructor(",
					"constructor(...options) {\n    state.guards++;\n    this.open(...options);\n  }\n  open(",
				)
				.concat("\nconst state = { guards: 0 };\n"),
		],
	]);
	const { failures } = await runTests("tests/http/server.test.ts", preloads(), planted);
	match(failures[0].error, /set guards: not writable[\s\S]*\(modules\/http\/host-check\.js:/);
});
