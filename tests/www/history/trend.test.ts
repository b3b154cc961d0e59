import assert from "node:assert/strict";
import { test } from "node:test";
import { trend } from "../../../www/history/trend.js";

/** The trend of `value(minute)`, read every two seconds for so long. */
function run(minutes: number, value: (minute: number) => number) {
	const at = Array.from({ length: minutes * 30 + 1 }, (_, index) => index * 2000);
	return trend(
		at,
		at.map(ms => value(ms / 60_000)),
		0.2,
	);
}

test("a trend is known after a minute, and is steady within its threshold", () => {
	assert.equal(trend([], [], 0.2), undefined);
	assert.equal(
		run(0.9, () => 20),
		undefined,
	);
	assert.equal(
		run(1, () => 20),
		"steady",
	);
	assert.equal(
		run(10, minute => 20 + 0.1 * Math.sin(minute * 50)),
		"steady",
	);
});

test("what rises rises and what falls falls", () => {
	assert.equal(
		run(5, minute => 20 + 0.2 * minute),
		"rising",
	);
	assert.equal(
		run(5, minute => 20 - 0.2 * minute),
		"falling",
	);
});

test("a short gap is bridged; after a long one a trend starts anew", () => {
	assert.equal(trend([0, 2001, 60_000, 120_000], [20, null, 20, 21], 0.2), "rising");
	assert.equal(trend([0, 60_000, 300_000], [20, 20, 30], 0.2), undefined);
	assert.equal(trend([0, 60_000, 300_000, 360_000], [20, 20, 30, 30], 0.2), "steady");
});
