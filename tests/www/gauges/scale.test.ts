import assert from "node:assert/strict";
import { test } from "node:test";
import { fraction, humidityScale, scaleOf, ticks, zoom } from "../../../www/gauges/scale.js";
import { zones } from "../../../www/gauges/svg.js";

const range = [-40, 80] as const;

test("without readings the thermometer shows what the model measures", () => {
	assert.deepEqual(zoom(range, undefined, [10, 30]), range);
	assert.deepEqual(zoom([0, 50], undefined, []), [0, 50]);
});

test("with readings it shows these and some degrees around them", () => {
	assert.deepEqual(zoom(range, [20, 20], []), [13, 27]);
	assert.deepEqual(zoom(range, [18, 24], [null, undefined]), [11, 31]);
});

test("it shows the limits near the readings, and none that are far away", () => {
	assert.deepEqual(zoom(range, [20, 22], [5, 30]), [-2, 37]);
	assert.deepEqual(zoom(range, [20, 22], [null, 60]), [13, 29]);
	assert.deepEqual(zoom(range, [45, 45], [null, 60]), [38, 67]);
});

test("it keeps to what the model measures, but for readings beyond", () => {
	assert.deepEqual(zoom([0, 50], [3, 48], []), [0, 50]);
	assert.deepEqual(zoom([0, 50], [-2, 52], []), [-2, 52]);
});

test("a scale begins and ends with tens, with at most 13 ticks for 60 degrees", () => {
	assert.deepEqual(scaleOf(13, 27), { min: 10, max: 30, step: 5 });
	assert.deepEqual(scaleOf(-40, 80), { min: -40, max: 80, step: 10 });
	assert.deepEqual(scaleOf(-40, 176), { min: -40, max: 180, step: 20 });
	for (let low = -40; low <= 125; low += 0.5)
		for (const high of [low, low + 3.3, low + 40]) {
			const { min, max, step } = scaleOf(...zoom([-40, 125], [low, high], []));
			assert.ok(min <= low && max >= high && max - min >= 10, `${low} ${high}`);
			const count = ticks({ min, max, step }).length;
			assert.ok(count >= 3 && count <= 14, `${count} ticks from ${min} to ${max}`);
		}
});

test("ticks are multiples of the step, and every second has a label", () => {
	assert.deepEqual(ticks({ min: 10, max: 30, step: 5 }), [
		{ at: 10, labelled: true },
		{ at: 15, labelled: false },
		{ at: 20, labelled: true },
		{ at: 25, labelled: false },
		{ at: 30, labelled: true },
	]);
	const labels = ticks({ min: -10, max: 80, step: 10 }).filter(({ labelled }) => labelled);
	assert.deepEqual(
		labels.map(({ at }) => at),
		[0, 20, 40, 60, 80],
	);
	assert.equal(ticks(humidityScale).length, 11);
});

test("a value beyond the scale stays at its end", () => {
	assert.equal(fraction(humidityScale, -5), 0);
	assert.equal(fraction(humidityScale, 105), 1);
	assert.equal(fraction(humidityScale, 25), 0.25);
});

test("zones lie beyond the limits, and there are none without", () => {
	assert.deepEqual(zones(humidityScale, {}), []);
	assert.deepEqual(zones(humidityScale, { limits: { below: null, above: null } }), []);
	assert.deepEqual(zones(humidityScale, { limits: { below: 20, above: 80 } }), [
		{ kind: "low", from: 0, to: 0.2 },
		{ kind: "high", from: 0.8, to: 1 },
	]);
	assert.deepEqual(
		zones(humidityScale, { limits: { below: -10, above: 100 } }),
		[],
		"limits at or beyond the ends warn of nothing",
	);
});

test("a comfort band is marked as far as the scale shows it", () => {
	assert.deepEqual(zones(humidityScale, { comfort: [40, 60] }), [{ kind: "comfort", from: 0.4, to: 0.6 }]);
	assert.deepEqual(zones({ min: 20, max: 40, step: 5 }, { comfort: [19, 24] }), [
		{ kind: "comfort", from: 0, to: 0.2 },
	]);
});
