import assert from "node:assert/strict";
import { test } from "node:test";
import { Tries } from "../../modules/web/tries.js";
import { FakeClock } from "../fakes/clock.js";

const wrong = (tries: Tries, address: string, times: number) => {
	for (let at = 0; at < times; at++) tries.wrong(address);
};

test("an address waits for the rest of the minute that its first wrong try began", () => {
	const clock = new FakeClock();
	const tries = new Tries({ clock });
	wrong(tries, "a", 4);
	clock.advance(20_000);
	assert.equal(tries.waitMs("a"), 0);
	wrong(tries, "a", 1);
	assert.equal(tries.waitMs("a"), 40_000);
	assert.equal(tries.waitMs("b"), 0);
	clock.advance(40_000);
	assert.equal(tries.waitMs("a"), 0);
	wrong(tries, "a", 4);
	assert.equal(tries.waitMs("a"), 0);
});

test("addresses beyond the places share one count, so that many addresses are no way around", () => {
	const clock = new FakeClock();
	const tries = new Tries({ clock, places: 3 });
	for (const address of ["a", "b", "c"]) wrong(tries, address, 1);
	for (let at = 0; at < 5; at++) {
		assert.equal(tries.waitMs(`x${at}`), 0);
		wrong(tries, `x${at}`, 1);
	}
	assert.equal(tries.waitMs("new"), 60_000);
	assert.equal(tries.waitMs("a"), 0, "who has a place keeps a count of its own");
	clock.advance(60_000);
	assert.equal(tries.waitMs("new"), 0);
});
