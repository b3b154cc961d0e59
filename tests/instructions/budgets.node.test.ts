// What a household's requests take of the processor and of memory stays within its budget, is the same in every run, and what makes
// one dearer is caught.

import { deepEqual, ok } from "node:assert/strict";
import { test } from "node:test";
import { load, skip } from "./counting.js";

const { budgets, judge, measure } = await load("count.mjs");

test("every operation is within its budget, and a second run counts the same", { skip }, async () => {
	const measured = await measure();
	const { over, under } = judge(measured, budgets());
	for (const line of under) console.log(`better than its budget: ${line}`);
	deepEqual(over, []);
	deepEqual(await measure(), measured);
});

test("what is worse than its budget fails, what is better by a twentieth warns", () => {
	const figures = { instructions: 1000, heap: 100, allocations: 10, switches: 5, sent: 100 };
	const table = { compiler: "cc", operations: { one: figures, two: figures }, kept: {} };
	const now = { one: { ...figures, instructions: 1021, switches: 6 }, two: { ...figures, heap: 94 } };
	const { over, under } = judge({ operations: now, kept: {} }, table, "cc");
	deepEqual(over, ["one: instructions 1021, the budget is 1000", "one: switches 6, the budget is 5"]);
	deepEqual(under, ["two: heap 94, the budget is 100"]);
	const { over: without } = judge({ operations: { ...now, three: figures }, kept: {} }, table, "cc");
	ok(without.some((line: string) => line.startsWith("three: ")));
});
