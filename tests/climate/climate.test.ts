import assert from "node:assert/strict";
import { test } from "node:test";
import { absoluteHumidity, dewPoint, frostPoint, heatIndex, isFitted } from "../../modules/climate/climate.js";

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

test("heat index is fitted from 80 °F of the simple formula on", () => {
	assert.deepEqual(
		[isFitted(26, 50), isFitted(27, 50), isFitted(27, 40), isFitted(26.5, 90)],
		[false, true, true, true],
	);
	assert.ok(heatIndex(27, 20)! < 26.7 && !isFitted(27, 20));
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

test("heat index is null below the simple formula's 20 °C, above 44.4 °C, and above the table's 58.3 °C", () => {
	assert.equal(heatIndex(19.9, 50), null);
	near(heatIndex(20, 50), celsius(0.5 * (68 + 61 + 0.094 * 50)), 0.01);
	assert.notEqual(heatIndex(44.4, 20), null);
	assert.equal(heatIndex(44.5, 20), null);
	assert.equal(heatIndex(58, 89), null, "267 °C by the fit");
	assert.equal(heatIndex(40, 100), null);
	for (let temperature = -40; temperature <= 125; temperature++)
		for (let humidity = 0; humidity <= 100; humidity++) {
			const index = heatIndex(temperature, humidity);
			assert.ok(index === null || (index <= 58.3 && Math.abs(index - temperature) < 30), `${temperature} ${humidity}`);
		}
});

test("heat index: the simple formula below 80 °F, the fit above", () => {
	const simple = (t: number, r: number) => celsius(0.5 * (t + 61 + (t - 68) * 1.2 + 0.094 * r));
	near(heatIndex(25, 50), simple(77, 50), 0.01);
	near(heatIndex(celsius(79), 40), simple(79, 40), 0.01);
	assert.ok(Math.abs(heatIndex(32, 70)! - simple(89.6, 70)) > 3);
});

test("frost point: the vapour pressure of the air over that of ice", () => {
	for (const [temperature, humidity] of [
		[0, 50],
		[5, 30],
		[-10, 80],
		[-30, 60],
		[20, 10],
	] as const) {
		const frost = frostPoint(temperature, humidity)!;
		const pressure = (6.112 * Math.exp((17.62 * temperature) / (243.12 + temperature)) * humidity) / 100;
		const overIce = (at: number) => 6.112 * Math.exp((22.46 * at) / (272.62 + at));
		assert.ok(overIce(frost - 0.051) <= pressure && pressure <= overIce(frost + 0.051), `${temperature} ${humidity}`);
		assert.ok(frost >= dewPoint(temperature, humidity)!);
	}
	near(frostPoint(0, 50), -8.2, 0.1);
});

test("there is a frost point where the dew point is below 0 °C", () => {
	assert.equal(frostPoint(20, 50), null);
	assert.equal(frostPoint(0, 100), null);
	assert.equal(frostPoint(5, 0), null);
	assert.equal(frostPoint(-45.1, 50), null);
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
	assert.equal(absoluteHumidity(60.1, 50), null);
	assert.equal(absoluteHumidity(-40.1, 50), null);
});
