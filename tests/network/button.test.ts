import assert from "node:assert/strict";
import { test } from "node:test";
import { Button } from "../../modules/network/button.js";
import { FakeClock } from "../fakes/clock.js";
import { numbers } from "../fakes/random.js";

class Bench {
	readonly clock = new FakeClock();
	readonly button: Button;
	isDown: () => boolean = () => false;
	short = 0;
	long = 0;

	/** @param isDown Whether it is held as the program starts. */
	constructor(isDown = false) {
		this.isDown = () => isDown;
		this.button = new Button({
			clock: this.clock,
			pressed: () => this.isDown(),
			longMs: 5000,
			onPress: isLong => (isLong ? this.long++ : this.short++),
		});
	}

	/** Lets the button be down, or by turns as `isDown` says, for `ms`. */
	press(ms: number, isDown = () => true): void {
		this.isDown = isDown;
		this.clock.advance(ms);
		this.isDown = () => false;
	}

	/** @returns The short presses and the long ones so far, after a while without any. */
	get presses(): [short: number, long: number] {
		this.clock.advance(1000);
		return [this.short, this.long];
	}
}

for (const [ms, short, long] of [
	[50, 1, 0],
	[120, 1, 0],
	[1990, 1, 0],
	[2100, 0, 0],
	[4900, 0, 0],
	[5100, 0, 1],
	[60_000, 0, 1],
] as const)
	test(`a press of ${ms} ms is ${short ? "short" : long ? "long" : "neither"}, whenever it begins`, () => {
		for (let offset = 0; offset < 50; offset++) {
			const bench = new Bench();
			bench.clock.advance(1000 + offset);
			bench.press(ms);
			assert.deepEqual(bench.presses, [short, long], `${offset}`);
		}
	});

test("a long press counts while it is still held", () => {
	const bench = new Bench();
	bench.press(5100);
	assert.equal(bench.long, 1);
});

test("contacts that bounce for 20 ms at both ends make one press", () => {
	const random = numbers(3);
	for (let offset = 0; offset < 50; offset++) {
		const bench = new Bench();
		const bounce = () => random() % 2 === 0;
		bench.clock.advance(1000 + offset);
		bench.press(20, bounce);
		bench.press(200);
		bench.press(20, bounce);
		assert.deepEqual(bench.presses, [1, 0], `${offset}`);
	}
});

test("a disturbance of 20 ms is no press, and does not end one", () => {
	for (let offset = 0; offset < 50; offset++) {
		const bench = new Bench();
		bench.clock.advance(1000 + offset);
		bench.press(20);
		assert.deepEqual(bench.presses, [0, 0], `${offset}`);
		bench.press(2600);
		bench.press(20, () => false);
		bench.press(2600);
		assert.deepEqual(bench.presses, [0, 1], `${offset}`);
	}
});

for (const ms of [100, 3000, 60_000])
	test(`a button held at power-on, let go after ${ms} ms, was not pressed; the next press counts`, () => {
		const bench = new Bench(true);
		bench.press(ms);
		assert.deepEqual(bench.presses, [0, 0]);
		bench.press(200);
		assert.deepEqual(bench.presses, [1, 0]);
		bench.press(6000);
		assert.deepEqual(bench.presses, [1, 1]);
	});

test("a button that a child hammers for a minute is never pressed for long", () => {
	const bench = new Bench();
	const random = numbers(5);
	for (let at = 0; at < 60_000; ) {
		const ms = 30 + (random() % 400);
		bench.press(ms);
		bench.clock.advance(ms);
		at += 2 * ms;
	}
	const [short, long] = bench.presses;
	assert.ok(short > 50);
	assert.equal(long, 0);
});

test("after it is closed nothing is left of it", () => {
	const bench = new Bench();
	bench.button.close();
	bench.button.close();
	assert.equal(bench.clock.pending, 0);
	bench.press(6000);
	assert.deepEqual(bench.presses, [0, 0]);
});
