import { ok } from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { NodeClock } from "../../../modules/platform/node/clock.js";

test("ticks, wall time and timers pass as fast as asked", async () => {
	const before = performance.now();
	const began = Date.now();
	const clock = new NodeClock(100);
	const fired: number[] = [];
	let repeats = 0;
	clock.set(() => fired.push(clock.ticks), 2000);
	const timer = clock.repeat(() => repeats++, 1000);
	clock.clear(clock.set(() => fired.push(0), 3000));
	await sleep(100);
	clock.clear(timer);
	const real = performance.now() - before;
	ok(clock.ticks >= 9900 && clock.ticks <= 100 * real, `${clock.ticks}`);
	ok(Math.abs(clock.time - began - clock.ticks) <= 200, `${clock.time - began}`);
	ok(fired.length === 1 && fired[0]! >= 1900, `${fired}`);
	ok(repeats >= 2 && repeats <= 10, `${repeats}`);
});
