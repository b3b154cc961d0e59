import { deepEqual } from "node:assert/strict";
import { test } from "node:test";
import { JumpGuard } from "../../modules/sensor/doubt.js";

/** @returns For each of the temperatures, two seconds apart, whether it was believed. */
function believed(...temperatures: number[]): boolean[] {
	const guard = new JumpGuard(0.1);
	return temperatures.map((temperature, i) => guard.accepts(temperature, 50, 2000 * i));
}

test("air drifts", () => {
	deepEqual(believed(20, 20.4, 20.8, 20.4), [true, true, true, true]);
});

test("one jump is held back and forgotten", () => {
	deepEqual(believed(20, 40, 20.1, 20.2), [true, false, true, true]);
});

test("a jump that the next reading confirms is believed, and then the new value is what counts", () => {
	deepEqual(believed(20, 40, 40.2, 40.1, 20), [true, false, true, true, false]);
});

test("a fast change in one direction costs one reading", () => {
	deepEqual(believed(20, 22, 25, 27), [true, false, true, true]);
	deepEqual(believed(20, 17, 14, 14.5), [true, false, true, true]);
});

test("a breath on the sensor costs one reading, whatever the temperature does meanwhile", () => {
	const guard = new JumpGuard(0.1);
	const temperatures = [22, 22.1, 22, 22.1, 22.1, 22, 22.1, 22.1];
	deepEqual(
		[50, 58, 66, 72, 76, 79, 80, 79.5].map((humidity, i) =>
			guard.accepts(temperatures[i] as number, humidity, 2000 * i),
		),
		[true, false, true, true, true, true, true, true],
	);
});

test("a fast change does not make way for one more than twice as fast, nor for one back", () => {
	deepEqual(believed(20, 22, 24, 29), [true, false, true, false]);
	deepEqual(believed(20, 22, 24, 22), [true, false, true, false]);
});

test("a jump held back and forgotten makes way for none", () => {
	deepEqual(believed(20, 40, 20, 10), [true, false, true, false]);
});

test("a jump of one value is not borne out by one of the other", () => {
	const guard = new JumpGuard(0.1);
	guard.accepts(20, 50, 0);
	deepEqual(guard.accepts(30, 50, 2000), false);
	deepEqual(guard.accepts(20, 60, 4000), false);
});

test("two jumps to different sides are both held back", () => {
	deepEqual(believed(20, 40, 0, 20), [true, false, false, true]);
});

test("the longer ago, the farther air may have moved", () => {
	const guard = new JumpGuard(0.1);
	guard.accepts(20, 50, 0);
	deepEqual(guard.accepts(23, 50, 60_000), true);
});

test("humidity jumps, too", () => {
	const guard = new JumpGuard(0.1);
	deepEqual(
		[50, 57, 50, 51].map((humidity, i) => guard.accepts(20, humidity, 2000 * i)),
		[true, false, true, true],
	);
});

test("a coarse part may move by its step", () => {
	const guard = new JumpGuard(1);
	guard.accepts(20, 50, 0);
	deepEqual(guard.accepts(21, 49, 1000), true);
	deepEqual(guard.accepts(22.5, 49, 2000), false);
});

test("the first reading is believed", () => {
	deepEqual(believed(-40), [true]);
});
