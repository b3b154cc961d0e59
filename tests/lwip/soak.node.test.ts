// A twentieth of what `npm run soak:lwip` does, over lwIP and a TAP device.

import { deepEqual, ok } from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { busy, complaints, connections, type Outcome, resets, update } from "./soak.js";
import { skipTap as skip } from "./tools.js";

function check(t: TestContext, outcome: Outcome): void {
	t.diagnostic(JSON.stringify(outcome));
	deepEqual(complaints(outcome), []);
}

test("5,000 connections in turn, each with a request", { skip }, async t => {
	const outcome = await connections(5000);
	check(t, outcome);
	ok(outcome.counts.answered === 5000);
});

test("300 resets at accept", { skip }, async t => check(t, await resets(300)));

test("eight streams and six clients for 30 s, with frames lost, doubled, late and out of order", { skip }, async t => {
	const outcome = await busy(30, "loss=0.05,duplicate=0.02,reorder=0.05,delay=2,jitter=3,seed=7");
	check(t, outcome);
	ok(outcome.after.frames.lost > 100);
	ok(outcome.counts.requests! > 100);
});

test("100 KB of firmware over 20 kB/s with pauses, beside eight streams and pages", { skip }, async t => {
	const outcome = await update(100, "");
	check(t, outcome);
	ok(outcome.counts.events! >= 8 * 2 && outcome.counts.pages! > 5);
});
