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

test("no address waits for what others did, however many they are", () => {
	const clock = new FakeClock();
	const tries = new Tries({ clock });
	for (let at = 0; at < 1000; at++) {
		const address = `192.0.2.${at}`;
		wrong(tries, address, 5);
		assert.equal(tries.waitMs(address), 60_000);
		assert.equal(tries.waitMs("owner"), 0);
		clock.advance(10);
		wrong(tries, "owner", at === 0 ? 4 : 0);
	}
});

test("64 addresses are counted, the oldest makes room, and what is a minute old is forgotten first", () => {
	const clock = new FakeClock();
	const tries = new Tries({ clock });
	wrong(tries, "old", 5);
	clock.advance(59_000);
	wrong(tries, "first", 5);
	for (let at = 0; at < 62; at++) wrong(tries, `x${at}`, 5);
	assert.equal(tries.waitMs("old"), 1000);
	wrong(tries, "one more", 5);
	assert.equal(tries.waitMs("old"), 0, "64 others");
	assert.equal(tries.waitMs("first"), 60_000);
	clock.advance(1000);
	wrong(tries, "yet another", 5);
	assert.equal(tries.waitMs("first"), 0);
	assert.equal(tries.waitMs("x0"), 59_000);
	clock.advance(60_000);
	wrong(tries, "late", 5);
	assert.equal(tries.waitMs("x1"), 0);
	assert.equal(tries.waitMs("late"), 60_000);
});
