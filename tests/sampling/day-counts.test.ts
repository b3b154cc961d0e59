import { deepEqual } from "node:assert/strict";
import { test } from "node:test";
import { DayCounts } from "../../modules/sampling/day-counts.js";

const hour = 3_600_000;

test("reads and readings of the first hours are all counted", () => {
	const day = new DayCounts();
	for (let at = 0; at < 20 * hour; at += hour) {
		day.countRead(at);
		if (at !== 5 * hour) day.countGood(at);
	}
	deepEqual(day.report(20 * hour), { reads: 20, goodReads: 19 });
});

test("what is older than a day is not counted", () => {
	const day = new DayCounts();
	for (let at = 0; at < 1000 * hour; at += hour) {
		day.countRead(at);
		if (at >= 990 * hour) day.countGood(at);
	}
	// 999 hours are 333 periods: the newest has just begun.
	deepEqual(day.report(999 * hour), { reads: 22, goodReads: 10 });
	deepEqual(day.report(1001 * hour), { reads: 22, goodReads: 10 });
	deepEqual(day.report(1002 * hour), { reads: 19, goodReads: 10 });
	deepEqual(day.report(1030 * hour), { reads: 0, goodReads: 0 });
});

test("a reading confirmed in the period after its own counts for its own", () => {
	const day = new DayCounts();
	day.countRead(3 * hour - 1000);
	day.countRead(3 * hour + 1000);
	day.countGood(3 * hour - 1000);
	day.countGood(3 * hour + 1000);
	deepEqual(day.report(23 * hour), { reads: 2, goodReads: 2 });
	deepEqual(day.report(24 * hour), { reads: 1, goodReads: 1 });
});
