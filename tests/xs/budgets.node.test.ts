// Every operation stays within its budget, the figures are exact, and what makes one dearer is caught.

import { deepEqual, match, ok } from "node:assert/strict";
import { test } from "node:test";
import { planted, skip, tool } from "./tools.js";

const { read } = await tool("chip.mjs");
const { budgets, judge, measure } = await tool("costs.mjs");

const subscriber = "modules/sse/subscriber.js";
const connection = "modules/http/connection.js";

test("every operation is within its budget, and a second run counts the same", { skip }, async () => {
	const costs = await measure();
	deepEqual(judge(costs, budgets()), { over: [], under: [] });
	deepEqual(await measure(), costs);
});

test("an extra copy of each event is caught", { skip }, async () => {
	const costs = await measure(planted(subscriber, "this.socket.write(bytes)", "this.socket.write(bytes.slice())"));
	const { over } = judge(costs, budgets());
	ok(over.some((line: string) => line.startsWith("an event to 8 streams: bytes ")));
});

test("a closure a request is caught", { skip }, async () => {
	const costs = await measure(
		planted(connection, "const request = typeof", "this.later = () => text;\n    const request = typeof"),
	);
	const { over } = judge(costs, budgets());
	ok(over.some((line: string) => line.startsWith("GET /, curl's request: bytes ")));
});

test("a module-level Map is caught before anything is measured", { skip }, async () => {
	const error = await measure(new Map([[connection, `${read(connection)}\nexport const seen = new Map();\n`]])).catch(
		String,
	);
	match(error, /modules\/http\/connection\.js: a Map at module level/);
});

test("what is far under its budget asks for a tighter one; what has none, or is not measured, fails", () => {
	const { over, under } = judge(
		{ one: { compute: 100, bytes: 90 }, two: { compute: 103, bytes: 100 }, three: { compute: 1, bytes: 1 } },
		{ one: { compute: 100, bytes: 100 }, two: { compute: 100, bytes: 100 }, four: { compute: 1, bytes: 1 } },
	);
	deepEqual(under, ["one: bytes 90, the budget is 100"]);
	deepEqual(over, ["two: compute 103, the budget is 100", "three: has no budget", "four: is not measured"]);
});
