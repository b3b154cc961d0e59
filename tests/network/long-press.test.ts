import assert from "node:assert/strict";
import { test } from "node:test";
import { LongPress } from "../../modules/network/long-press.js";
import { FakeClock } from "../fakes/clock.js";

test("a button held for five seconds acts once, one let go earlier never", () => {
	const clock = new FakeClock();
	let held = 0;
	let pressed = false;
	const button = new LongPress({ clock, pressed: () => pressed, holdMs: 5000, onHeld: () => held++ });
	const hold = (ms: number) => {
		pressed = true;
		clock.advance(ms);
		pressed = false;
		clock.advance(1000);
	};
	hold(4500);
	hold(4500);
	assert.equal(held, 0);
	hold(20_000);
	assert.equal(held, 1);
	hold(5500);
	assert.equal(held, 2);
	button.close();
	button.close();
	assert.equal(clock.pending, 0);
});
