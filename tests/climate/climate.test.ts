import assert from "node:assert/strict";
import { test } from "node:test";
import { absoluteHumidity, dewPoint, heatIndex } from "../../modules/climate/climate.js";

const celsius = (fahrenheit: number) => (fahrenheit - 32) / 1.8;

/** The published value lies within half of what both it and our tenths leave open. */
function near(value: number | null, published: number, step: number): void {
	assert.ok(
		value !== null && Math.abs(value - published) <= step / 2 + 0.05 + 1e-9,
		`${value}, published ${published}`,
	);
}

test("dew point", () => {
	for (const [temperature, humidity, published] of [
		[20, 50, 9.26],
		[25, 60, 16.69],
		[30, 80, 26.17],
		[40, 50, 27.6],
		[0, 50, -9.2],
	] as const)
		near(dewPoint(temperature, humidity), published, 0.01);
});

test("dew point of saturated air is its temperature", () => {
	for (const temperature of [-40, 0, 21.3, 60]) assert.equal(dewPoint(temperature, 100), temperature);
});

test("heat index: the National Weather Service's values", () => {
	for (const [temperature, humidity, published, step] of [
		[80, 50, 80.8, 0.1],
		[80, 95, 87.8, 0.1],
		[90, 50, 94.6, 0.1],
		[90, 95, 126.6, 0.1],
		[95, 40, 99, 0.1],
		[90, 40, 91, 1],
		[100, 65, 136, 1],
		[84, 65, 89, 1],
		[86, 100, 112, 1],
	] as const)
		near(heatIndex(celsius(temperature), humidity), celsius(published), step / 1.8);
	near(heatIndex(35, 70), 50.34, 0.01);
	near(heatIndex(30, 80), 37.7, 0.1);
});

test("heat index of dry heat is lowered by its adjustment", () => {
	const unadjusted = celsius(
		-42.379 +
			2.04901523 * 95 +
			10.14333127 * 5 -
			0.22475541 * 95 * 5 -
			0.00683783 * 95 ** 2 -
			0.05481717 * 5 ** 2 +
			0.00122874 * 95 ** 2 * 5 +
			0.00085282 * 95 * 5 ** 2 -
			0.00000199 * 95 ** 2 * 5 ** 2,
	);
	near(heatIndex(35, 5), unadjusted - 2 / 1.8, 0.01);
});

test("absolute humidity", () => {
	near(absoluteHumidity(20, 50), 8.64, 0.01);
	near(absoluteHumidity(25, 60), 13.82, 0.01);
	near(absoluteHumidity(30, 80), 24.28, 0.01);
	assert.equal(absoluteHumidity(20, 0), 0);
});

test("null where a formula does not hold", () => {
	assert.equal(dewPoint(20, 0), null);
	assert.equal(dewPoint(-45.1, 50), null);
	assert.equal(dewPoint(60.1, 50), null);
	assert.equal(heatIndex(60.1, 50), null);
	assert.equal(heatIndex(-40.1, 50), null);
	assert.equal(absoluteHumidity(60.1, 50), null);
	assert.equal(absoluteHumidity(-40.1, 50), null);
});
