import assert from "node:assert/strict";
import { test } from "node:test";
import { fraction, humidityScale, temperatureScale, ticks } from "../../../www/gauges/scale.js";
import { zones } from "../../../www/gauges/svg.js";

test("the thermometer has its usual scale for indoor values", () => {
	assert.deepEqual(temperatureScale("C", 24), { min: -20, max: 100, step: 10 });
	assert.deepEqual(temperatureScale("F", 75), { min: 0, max: 220, step: 20 });
});

test("the thermometer's scale grows by whole steps to hold a value", () => {
	assert.deepEqual(temperatureScale("C", -20), { min: -20, max: 100, step: 10 });
	assert.deepEqual(temperatureScale("C", -20.1), { min: -30, max: 100, step: 10 });
	assert.deepEqual(temperatureScale("C", 125), { min: -20, max: 130, step: 10 });
	assert.deepEqual(temperatureScale("F", -40), { min: -40, max: 220, step: 20 });
});

test("ticks are evenly spaced over even values, ends included", () => {
	for (const scale of [
		humidityScale,
		temperatureScale("C", 0),
		temperatureScale("C", -39),
		temperatureScale("F", 257),
	]) {
		const marks = ticks(scale);
		assert.equal(marks[0], scale.min);
		assert.equal(marks[marks.length - 1], scale.max);
		marks.forEach((mark, index) => {
			assert.equal(mark, scale.min + index * scale.step);
			assert.ok(Math.abs(fraction(scale, mark) - index / (marks.length - 1)) < 1e-9);
		});
	}
});

test("a value beyond the scale stays at its end", () => {
	assert.equal(fraction(humidityScale, -5), 0);
	assert.equal(fraction(humidityScale, 105), 1);
	assert.equal(fraction(humidityScale, 25), 0.25);
});

test("zones lie beyond the limits, and there are none without", () => {
	assert.deepEqual(zones(humidityScale, undefined), []);
	assert.deepEqual(zones(humidityScale, { below: null, above: null }), []);
	assert.deepEqual(zones(humidityScale, { below: 20, above: 80 }), [
		{ kind: "low", from: 0, to: 0.2 },
		{ kind: "high", from: 0.8, to: 1 },
	]);
	assert.deepEqual(
		zones(humidityScale, { below: -10, above: 100 }),
		[],
		"limits at or beyond the ends warn of nothing",
	);
});
