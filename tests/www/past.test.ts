import assert from "node:assert/strict";
import { test } from "node:test";
import { Past } from "../../www/past.js";
import { Trend } from "../../www/trend.js";

test("15 minutes hold every reading at 2 s, oldest first", () => {
	const past = new Past();
	for (let at = 0; at <= 3_600_000; at += 2000) past.push("Room", at, at / 2000, 50);
	const { at, temperature, ranges } = past.read("Room", "15m", 3_600_000, 6000);
	assert.equal(at.length, 450);
	assert.equal(at[0], 2_702_000);
	assert.equal(at[449], 3_600_000);
	assert.equal(temperature[449], 1800);
	assert.deepEqual(ranges!.temperature, { least: 1351, greatest: 1800 });
});

test("24 hours hold minute means, with the least and greatest of all readings", () => {
	const past = new Past();
	for (let at = 0; at < 120_000; at += 2000) past.push("Room", at, at % 4000 === 0 ? 20 : 22, 40);
	past.push("Room", 120_000, 30, 40);
	const { at, temperature, ranges } = past.read("Room", "24h", 120_000, 6000);
	assert.deepEqual(at, [0, 60_000, 120_000]);
	assert.deepEqual(
		temperature.map(value => Math.round(value! * 1e6) / 1e6),
		[21, 21, 30],
	);
	assert.deepEqual(ranges!.temperature, { least: 20, greatest: 30 });
});

test("a week at a reading every two seconds stays within its rings", () => {
	const past = new Past();
	for (let at = 0; at < 8 * 86_400_000; at += 20_000) past.push("Room", at, 20, 50);
	const { at } = past.read("Room", "7d", 8 * 86_400_000, 60_000);
	assert.equal(at.length, 672);
});

test("where there was no reading there is a gap", () => {
	const past = new Past();
	for (const at of [0, 2000, 4000, 60_000, 62_000]) past.push("Room", at, 20, 50);
	const { at, temperature } = past.read("Room", "15m", 62_000, 6000);
	assert.deepEqual(at, [0, 2000, 4000, 4001, 60_000, 62_000]);
	assert.deepEqual(temperature, [20, 20, 20, null, 20, 20]);
});

test("an unknown sensor has no past, and each has its own", () => {
	const past = new Past();
	past.push("Room", 0, 20, 50);
	assert.deepEqual(past.read("Attic", "15m", 0, 6000).at, []);
	assert.equal(past.read("Attic", "15m", 0, 6000).ranges, undefined);
});

const run = (trend: Trend, minutes: number, value: (minute: number) => number) => {
	for (let second = 0; second <= minutes * 60; second += 2) trend.push(value(second / 60), second * 1000);
	return trend.direction;
};

test("a trend is known after a minute, and is steady within its threshold", () => {
	assert.equal(new Trend(0.2).direction, undefined);
	assert.equal(
		run(new Trend(0.2), 0.9, () => 20),
		undefined,
	);
	assert.equal(
		run(new Trend(0.2), 1, () => 20),
		0,
	);
	assert.equal(
		run(new Trend(0.2), 10, minute => 20 + 0.1 * Math.sin(minute * 50)),
		0,
	);
});

test("what rises rises and what falls falls", () => {
	assert.equal(
		run(new Trend(0.2), 5, minute => 20 + 0.2 * minute),
		1,
	);
	assert.equal(
		run(new Trend(0.2), 5, minute => 20 - 0.2 * minute),
		-1,
	);
});

test("after a long gap a trend starts anew", () => {
	const trend = new Trend(0.2);
	run(trend, 5, () => 20);
	trend.push(30, 600_000);
	assert.equal(trend.direction, undefined);
	trend.push(30, 660_000);
	assert.equal(trend.direction, 0);
});
