import assert from "node:assert/strict";
import { test } from "node:test";
import { Elapsed } from "../../../www/stream/elapsed.js";
import { Uptime } from "../../../www/stream/uptime.js";

test("the message with the shortest delay dates the boot", () => {
	const uptime = new Uptime();
	uptime.anchor(1000, 5400);
	uptime.anchor(2000, 6010);
	uptime.anchor(3000, 7900);
	assert.ok(Math.abs(uptime.at(3000) - 7010) < 5);
});

test("a device whose clock runs slow by 100 ppm keeps its dates over a week", () => {
	const uptime = new Uptime();
	for (let now = 0; now <= 604_800_000; now += 5000) uptime.anchor(now * 0.9999, now);
	assert.ok(Math.abs(uptime.at(604_800_000 * 0.9999) - 604_800_000) < 10);
});

test("before the first message, and after a restart, nothing has a date", () => {
	const uptime = new Uptime();
	assert.equal(uptime.at(0), Number.POSITIVE_INFINITY);
	uptime.anchor(1000, 1000);
	uptime.reset();
	assert.equal(uptime.at(0), Number.POSITIVE_INFINITY);
	uptime.anchor(50, 90_050);
	assert.equal(uptime.at(50), 90_050);
});

test("sleep that the browser's clock misses is counted, a small step of wall time is not", () => {
	const clock = { ticks: 0, now: () => clock.ticks };
	let wall = 1_000_000;
	const elapsed = new Elapsed(clock, () => wall);
	const pass = (ticks: number, more: number) => {
		clock.ticks += ticks;
		wall += ticks + more;
		return elapsed.now;
	};
	assert.equal(pass(1000, 0), 1000);
	assert.equal(pass(1000, 1900), 2000);
	assert.equal(pass(1000, 3_600_000), 3_603_000);
	assert.equal(pass(1000, -7_200_000), 3_604_000, "never backwards");
	assert.equal(pass(1000, 0), 3_605_000);
});
