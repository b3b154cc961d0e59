import assert from "node:assert/strict";
import { test } from "node:test";
import { RateLimit } from "../../modules/auth/rate-limit.js";
import { FakeClock } from "../fakes/clock.js";

const wrong = (tries: RateLimit, address: string, times: number) => {
	for (let at = 0; at < times; at++) tries.recordFailure(address);
};

test("an address waits for the rest of the minute that its first wrong try began", () => {
	const clock = new FakeClock();
	const tries = new RateLimit({ clock });
	wrong(tries, "a", 4);
	clock.advance(20_000);
	assert.equal(tries.retryAfterMs("a"), 0);
	wrong(tries, "a", 1);
	assert.equal(tries.retryAfterMs("a"), 40_000);
	assert.equal(tries.retryAfterMs("b"), 0);
	clock.advance(40_000);
	assert.equal(tries.retryAfterMs("a"), 0);
	wrong(tries, "a", 4);
	assert.equal(tries.retryAfterMs("a"), 0);
});

test("no address waits for what others did, however many they are", () => {
	const clock = new FakeClock();
	const tries = new RateLimit({ clock });
	for (let at = 0; at < 1000; at++) {
		const address = `192.0.2.${at}`;
		wrong(tries, address, 5);
		assert.equal(tries.retryAfterMs(address), 60_000);
		assert.equal(tries.retryAfterMs("owner"), 0);
		clock.advance(10);
		wrong(tries, "owner", at === 0 ? 4 : 0);
	}
});

test("64 addresses are counted, the oldest makes room, and what is a minute old is forgotten first", () => {
	const clock = new FakeClock();
	const tries = new RateLimit({ clock });
	wrong(tries, "old", 5);
	clock.advance(59_000);
	wrong(tries, "first", 5);
	for (let at = 0; at < 62; at++) wrong(tries, `x${at}`, 5);
	assert.equal(tries.retryAfterMs("old"), 1000);
	wrong(tries, "one more", 5);
	assert.equal(tries.retryAfterMs("old"), 0, "64 others");
	assert.equal(tries.retryAfterMs("first"), 60_000);
	clock.advance(1000);
	wrong(tries, "yet another", 5);
	assert.equal(tries.retryAfterMs("first"), 0);
	assert.equal(tries.retryAfterMs("x0"), 59_000);
	clock.advance(60_000);
	wrong(tries, "late", 5);
	assert.equal(tries.retryAfterMs("x1"), 0);
	assert.equal(tries.retryAfterMs("late"), 60_000);
});
