// The tasks of a trace that are judged: a page's own ones.

import { equal, throws } from "node:assert/strict";
import { test } from "node:test";
import { longest, longestOf } from "./load.js";

/** @returns A trace of pages with 101 tasks of 3 ms each, and one of `taskMs` `atS` seconds after the beginning. */
function trace(...pages: { taskMs: number; atS: number }[]): Buffer {
	const traceEvents = pages.flatMap(({ taskMs, atS }, pid) => {
		const event = { pid, tid: 1, ts: 0, args: {} };
		const tasks = Array.from({ length: 101 }, (_, at) => ({ ...event, ph: "X", ts: at * 10_000, tdur: 3000 }));
		const own = { ...event, ph: "X", ts: atS * 1e6, tdur: taskMs * 1000 };
		return [{ ...event, ph: "M", name: "thread_name", args: { name: "CrRendererMain" } }, ...tasks, own];
	});
	return Buffer.from(JSON.stringify({ traceEvents }));
}

test("a long task that two pages have at about the same time is the pages' own", () => {
	equal(longestOf(trace({ taskMs: 80, atS: 6 }, { taskMs: 70, atS: 7 }), 2).inEach, 70);
});

test("a long task of one page is not", () => {
	equal(longestOf(trace({ taskMs: 80, atS: 6 }, { taskMs: 2, atS: 6 }), 2).inEach, 3);
});

test("nor are two, a minute apart", () => {
	equal(longestOf(trace({ taskMs: 80, atS: 6 }, { taskMs: 80, atS: 64 }), 2).inEach, 3);
});

test("a renderer in reserve is no page", () => {
	equal(longestOf(trace({ taskMs: 80, atS: 6 }, { taskMs: 0, atS: 6 }, { taskMs: 70, atS: 7 }), 2).inEach, 70);
});

test("a trace that lacks a page is not judged", () => {
	throws(() => longestOf(trace({ taskMs: 1, atS: 1 }), 2), /a trace of each page's tasks/);
});

test("the longest task of any page is found", () => {
	equal(longest(trace({ taskMs: 80, atS: 6 }, { taskMs: 2, atS: 6 })), 80);
});
