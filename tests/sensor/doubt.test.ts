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
	deepEqual(believed(20, 22, 25, 27), [true, false, true, false]);
	deepEqual(believed(20, 17, 14, 14.5), [true, false, true, true]);
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
