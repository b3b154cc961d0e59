// What `npm run test:sdk` covers: every end-to-end test, or a reason that is documented.

import { deepEqual, ok } from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { covered, leftOut } from "../e2e/simulator.js";

const endToEnd = readdirSync("tests/e2e")
	.filter(name => name.endsWith(".test.ts"))
	.map(name => `e2e/${name.slice(0, -3)}`);

test("each end-to-end test runs on the simulator, or is left out by name", () => {
	ok(endToEnd.length > 5);
	deepEqual(
		endToEnd.filter(name => !covered.includes(name) && !(name in leftOut)),
		[],
	);
});

test("the document tells what is left out, and why", () => {
	const rows = readFileSync("docs/simulator.md", "utf8").split("\n");
	deepEqual(
		Object.entries(leftOut).filter(([name, reason]) => !rows.includes(`| ${name} | ${reason} |`)),
		[],
	);
});
