import assert from "node:assert/strict";
import { test } from "node:test";
import type { History, Span } from "../../../modules/api/schema.js";
import { Tier } from "../../../www/history/tier.js";

const GAP_MS = 6000;
/** The page was opened ten minutes after the device's boot. */
const onPage = (uptimeMs: number) => uptimeMs - 600_000;

/** The device's history: buckets of one value each, or of mean, min and max. */
function historyOf(span: Span, stepMs: number, startUptimeMs: number, values: (number | number[] | null)[]): History {
	const pick = (index: number) => values.map(value => (typeof value === "object" ? (value?.[index] ?? null) : value));
	const temperature = { mean: pick(0), min: pick(1), max: pick(2) };
	const uptimeMs = startUptimeMs + values.length * stepMs - stepMs / 2;
	return {
		sensor: "Room",
		span,
		start: null,
		startUptimeMs,
		stepMs,
		newest: {
			sensor: "Room",
			temperature: 20,
			humidity: 50,
			uptimeMs,
			dewPoint: null,
			heatIndex: null,
			absoluteHumidity: null,
		},
		temperature,
		humidity: temperature,
	};
}

test("15 minutes hold every reading, oldest first, and no more", () => {
	const tier = new Tier("15m");
	for (let at = 0; at <= 3_600_000; at += 2000) tier.push(at, at / 2000, 50);
	const { at, temperature, ranges } = tier.read(3_600_000, GAP_MS);
	assert.equal(at.length, 451);
	assert.equal(at[0], 2_700_000);
	assert.equal(at[450], 3_600_000);
	assert.equal(temperature[450], 1800);
	assert.deepEqual(ranges!.temperature, { min: 1350, max: 1800 });
});

test("24 hours hold minute means, with the min and max of all readings", () => {
	const tier = new Tier("24h");
	for (let at = 0; at < 120_000; at += 2000) tier.push(at, at % 4000 === 0 ? 20 : 22, 40);
	tier.push(125_000, 30, 40);
	const { at, temperature, ranges } = tier.read(125_000, GAP_MS);
	assert.deepEqual(at, [0, 60_000, 120_000]);
	assert.deepEqual(
		temperature.map(value => Math.round(value! * 1e6) / 1e6),
		[21, 21, 30],
	);
	assert.deepEqual(ranges!.temperature, { min: 20, max: 30 });
});

for (const [span, stepMs, steps] of [
	["15m", 1000, 900],
	["24h", 60_000, 1440],
	["7d", 900_000, 672],
] as const)
	test(`however often something is read, ${span} are at most two buckets a step`, () => {
		const tier = new Tier(span);
		const end = 2 * steps * stepMs;
		for (let at = 0; at < end; at += stepMs / 20) tier.push(at, 20, 50);
		assert.ok(tier.read(end, GAP_MS).at.length <= 2 * steps + 1);
	});

test("where there was no reading there is a gap, on the page as on the device", () => {
	const seen = new Tier("15m");
	for (const at of [0, 2000, 4000, 14_000, 16_000]) seen.push(at, 20, 50);
	const received = new Tier("15m");
	received.restore(
		historyOf("15m", 2000, 600_000, [20, 20, 20, null, null, null, null, 20, 20]),
		received.last,
		onPage,
		2000,
	);
	for (const { at, temperature } of [seen, received].map(tier => tier.read(20_000, GAP_MS))) {
		assert.deepEqual(at, [0, 2000, 4000, 4001, 14_000, 16_000]);
		assert.deepEqual(temperature, [20, 20, 20, null, 20, 20]);
	}
	const means = new Tier("24h");
	means.restore(historyOf("24h", 60_000, 600_000, [20, null, 22, 23]), means.last, onPage, 2000);
	assert.deepEqual(means.read(240_000, GAP_MS).at, [0, 1, 120_000, 180_000]);
});

test("readings continue the device's history: one of the unfinished bucket weighs as one of many", () => {
	const tier = new Tier("24h");
	const history = historyOf("24h", 60_000, 540_000, [
		[19, 18, 20],
		[20, 19, 21],
	]);
	tier.restore(history, tier.last, onPage, 2000);
	tier.push(31_000, 36, 50);
	tier.push(61_000, 22, 50);
	const { at, temperature, ranges } = tier.read(62_000, GAP_MS);
	assert.deepEqual(at, [-60_000, 0, 60_000]);
	assert.deepEqual(temperature, [19, 21, 22]);
	assert.deepEqual(ranges!.temperature, { min: 18, max: 36 });
});

test("the device's history fills gaps of the page, and leaves readings that only the page has", () => {
	const tier = new Tier("15m");
	for (const at of [-10_000, -8000, 0, 8000, 10_000]) tier.push(at, 1, 50);
	tier.restore(historyOf("15m", 2000, 600_000, [2, 2, 2, 2, 2]), 8000, onPage, 2000);
	assert.deepEqual(tier.read(10_000, GAP_MS).at, [-10_000, -8000, -7999, 0, 2000, 4000, 6000, 8000, 10_000]);
	assert.deepEqual(tier.read(10_000, GAP_MS).temperature, [1, 1, null, 2, 2, 2, 2, 2, 1]);
});

test("readings from before the request are in the response, even where the page dated them later", () => {
	const tier = new Tier("15m");
	for (const at of [7000, 9500]) tier.push(at, 2, 50);
	tier.restore(historyOf("15m", 2000, 600_000, [2, 2, 2, 2, 2]), tier.last, onPage, 2000);
	assert.deepEqual(tier.read(10_000, GAP_MS).at, [0, 2000, 4000, 6000, 8000]);
});

test("an empty history takes nothing away", () => {
	const tier = new Tier("7d");
	tier.push(0, 20, 50);
	tier.restore(historyOf("7d", 900_000, 600_000, []), tier.last, onPage, 2000);
	assert.deepEqual(tier.read(1000, GAP_MS).temperature, [20]);
});
