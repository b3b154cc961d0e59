import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { SetupWindow } from "../../modules/auth/setup-window.js";
import { FakeClock } from "../fakes/clock.js";

function bench() {
	const clock = new FakeClock();
	const lines: string[] = [];
	const state = { isAllowed: true };
	const window = new SetupWindow({ clock, isAllowed: () => state.isAllowed, log: line => lines.push(line) });
	return { clock, lines, state, window };
}

test("it is open for three minutes, and a line says so at both ends", () => {
	const { clock, lines, window } = bench();
	equal(window.leftMs, 0);
	clock.advance(5000);
	window.begin();
	equal(window.leftMs, 180_000);
	clock.advance(179_999);
	equal(window.leftMs, 1);
	deepEqual(lines, ["set-up is open for 3 minutes: set a password at /settings"]);
	clock.advance(1);
	equal(window.leftMs, 0);
	deepEqual(lines.slice(1), ["set-up is closed: time is up"]);
});

test("presses while it is open do not keep it open; one after it opens it again", () => {
	const { clock, lines, window } = bench();
	for (let at = 0; at < 180; at++) {
		window.begin();
		clock.advance(1000);
	}
	equal(window.leftMs, 0);
	equal(lines.length, 2);
	window.begin();
	equal(window.leftMs, 180_000);
});

test("where it is not allowed it does not open, and one that is open counts as closed", () => {
	const { lines, state, window } = bench();
	state.isAllowed = false;
	window.begin();
	equal(window.leftMs, 0);
	deepEqual(lines, []);
	state.isAllowed = true;
	window.begin();
	state.isAllowed = false;
	equal(window.leftMs, 0);
});

test("it is closed once, with a reason, and leaves no timer", () => {
	const { clock, lines, window } = bench();
	window.begin();
	window.end("a password is set");
	window.end("a password is set");
	deepEqual(lines.slice(1), ["set-up is closed: a password is set"]);
	equal(clock.pending, 0);
	window.begin();
	window.end();
	equal(lines.length, 3);
	equal(clock.pending, 0);
});
