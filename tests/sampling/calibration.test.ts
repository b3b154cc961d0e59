import { equal, throws } from "node:assert/strict";
import { test } from "node:test";
import { type Calibration, Calibrator } from "../../modules/sampling/calibration.js";

test("nothing is corrected by default", () => {
	const calibrator = new Calibrator();
	equal(calibrator.active, false);
	equal(calibrator.temperature(-10.1), -10.1);
	equal(calibrator.humidity(99.9), 99.9);
});

test("an offset is added, in whole tenths", () => {
	const calibrator = new Calibrator({ temperature: { offset: -0.26 } });
	equal(calibrator.active, true);
	equal(calibrator.temperature(24.4), 24.1);
	equal(Object.is(calibrator.temperature(0.3), 0), true);
	equal(calibrator.humidity(50), 50);
});

test("two points give a line", () => {
	const calibrator = new Calibrator({
		temperature: {
			points: [
				[0, 1],
				[100, 99],
			],
		},
	});
	equal(calibrator.temperature(0), 1);
	equal(calibrator.temperature(100), 99);
	equal(calibrator.temperature(50), 50);
	equal(calibrator.temperature(-20), -18.6);
});

test("humidity stays within 0 and 100", () => {
	equal(new Calibrator({ humidity: { offset: 5 } }).humidity(98), 100);
	equal(new Calibrator({ humidity: { offset: -5 } }).humidity(3), 0);
});

test("what is out of bounds is named", () => {
	const points = (a: number, b: number, c: number, d: number): Calibration => ({
		temperature: {
			points: [
				[a, b],
				[c, d],
			],
		},
	});
	throws(() => new Calibrator({ humidity: { offset: 51 } }), /calibration\.humidity\.offset is 51: -50 to 50 allowed/);
	throws(() => new Calibrator({ temperature: { offset: Number.NaN } }), /calibration\.temperature\.offset/);
	throws(() => new Calibrator(points(0, 0, 0, 1)), /slope of calibration\.temperature\.points/);
	throws(() => new Calibrator(points(0, 0, 10, 30)), /slope/);
	throws(() => new Calibrator(points(0, 0, 10, -10)), /slope/);
	throws(() => new Calibrator(points(0, 0, 0, 0)), /slope/);
});
