import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { NodeClock } from "../../../modules/platform/node/clock.js";

test("ticks and wall time pass as fast as asked", t => {
	let elapsed = 500;
	t.mock.method(performance, "now", () => elapsed);
	t.mock.method(Date, "now", () => 1_000_000 + elapsed);
	const clock = new NodeClock(100);
	const plain = new NodeClock();
	equal(clock.ticks, 0);
	const { time } = clock;
	elapsed += 25;
	deepEqual([clock.ticks, clock.time - time], [2500, 2500]);
	deepEqual([plain.ticks, plain.time], [25, 1_000_525]);
});

test("timers pass as fast as asked, and are cleared", async t => {
	const delays: (number | undefined)[] = [];
	for (const name of ["setTimeout", "setInterval"] as const) {
		const real = globalThis[name] as (callback: () => void, delayMs?: number) => NodeJS.Timeout;
		t.mock.method(globalThis, name, (callback: () => void, delayMs?: number) => {
			delays.push(delayMs);
			return real(callback, delayMs);
		});
	}
	const clock = new NodeClock(100);
	clock.clear(
		clock.set(() => {
			throw new Error("a cleared timer");
		}, 100),
	);
	let repeats = 0;
	await new Promise<void>(resolve => {
		const timer = clock.repeat(() => {
			if (++repeats < 3) return;
			clock.clear(timer);
			resolve();
		}, 1000);
	});
	await new Promise<void>(resolve => clock.set(resolve, 3000));
	equal(repeats, 3);
	deepEqual(delays, [1, 10, 30]);
});
