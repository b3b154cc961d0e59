import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { test } from "node:test";
import { type DataLine, dataLineCapture } from "../../../modules/dht/esp32/capture.js";
import type { PulseCapture } from "../../../modules/dht/pulse-capture.js";
import { FakeClock } from "../../fakes/clock.js";

/** A line on which a test answers; it writes down what is done to it. */
class FakeLine implements DataLine {
	static made: FakeLine;
	static fails = "";
	level: 0 | 1 = 1;
	answer: number[] = [];
	calls: string[] = [];

	constructor({ pin }: { pin: number }) {
		this.#note(`pin ${pin}`);
		FakeLine.made = this;
	}
	hold(): void {
		this.#note("hold");
	}
	listen(waitUs: number): void {
		this.#note(`listen ${waitUs}`);
	}
	stop(): ArrayBuffer {
		this.#note("stop");
		return new Uint16Array(this.answer).buffer;
	}
	close(): void {
		this.#note("close");
	}
	#note(call: string): void {
		this.calls.push(call);
		if (call.split(" ")[0] === FakeLine.fails) throw new Error(`${call} failed`);
	}
}

/** A capture on pin 4, what its line saw and what it called back. */
function open(fails = "") {
	FakeLine.fails = fails;
	const clock = new FakeClock();
	const Capture = dataLineCapture({ clock, DataLine: FakeLine });
	const events: string[] = [];
	const capture = new Capture({
		pin: 4,
		target: events,
		onReadable() {
			(this.target as string[]).push(`readable at ${clock.ticks}`);
		},
		onError(error) {
			(this.target as string[]).push(`error at ${clock.ticks}: ${error.message}`);
		},
	});
	return { capture, clock, events, line: FakeLine.made };
}

const pulsesOf = (capture: PulseCapture) => Array.from(capture.read()!.pulses);

test("a start pulse of up to 2 ms is a busy wait, and the train comes 20 ms later", () => {
	const { capture, clock, events, line } = open();
	clock.advance(1000);
	line.answer = [30, 80, 80, 50];
	capture.start(2000);
	deepEqual(line.calls, ["pin 4", "hold", "listen 2000"]);
	clock.advance(19);
	deepEqual(events, []);
	equal(capture.read(), undefined);
	clock.advance(1);
	deepEqual(events, ["readable at 1020"]);
	const train = capture.read()!;
	deepEqual(Array.from(train.pulses), [30, 80, 80, 50]);
	equal(train.level, 1);
	equal(train.ticks, 1000);
	equal(capture.read(), undefined);
	equal(clock.pending, 0);
});

test("a longer start pulse is timed without blocking and never cut short", () => {
	const { capture, clock, events, line } = open();
	capture.start(18_500);
	deepEqual(line.calls, ["pin 4", "hold"]);
	clock.advance(19);
	deepEqual(line.calls, ["pin 4", "hold"]);
	clock.advance(1);
	deepEqual(line.calls, ["pin 4", "hold", "listen 0"]);
	clock.advance(20);
	deepEqual(events, ["readable at 40"]);
});

test("a silent sensor and a stuck line end a read like any other, told apart by the level", () => {
	for (const level of [1, 0] as const) {
		const { capture, clock, events, line } = open();
		line.level = level;
		capture.start(1000);
		clock.advance(150);
		equal(events.length, 1);
		const train = capture.read()!;
		equal(train.pulses.length, 0);
		equal(train.level, level);
	}
});

test("reads follow one another, an unread train is replaced", () => {
	const { capture, clock, events, line } = open();
	line.answer = [1];
	capture.start(1000);
	clock.advance(20);
	line.answer = [2, 3];
	capture.start(1000);
	equal(capture.read(), undefined);
	clock.advance(20);
	deepEqual(pulsesOf(capture), [2, 3]);
	equal(events.length, 2);
});

test("start refuses what it cannot do and leaves a capture under way alone", () => {
	const { capture, clock, events, line } = open();
	for (const lowUs of [0, 499, 20_001, Number.NaN]) throws(() => capture.start(lowUs), /500 to 20000/);
	deepEqual(line.calls, ["pin 4"]);
	for (const lowUs of [1000, 20_000]) {
		capture.start(lowUs);
		throws(() => capture.start(lowUs), /under way/);
		clock.advance(100);
	}
	equal(events.length, 2);
	capture.close();
	throws(() => capture.start(1000), /closed/);
});

test("closing at any moment of a read frees the line and is the last that is heard", () => {
	for (const lowUs of [1000, 20_000])
		for (let ms = 0; ms <= 45; ms++) {
			const { capture, clock, events, line } = open();
			capture.start(lowUs);
			clock.advance(ms);
			const before = events.length;
			capture.close();
			capture.close();
			equal(capture.read(), undefined);
			clock.advance(1000);
			equal(events.length, before);
			equal(line.calls.filter(call => call === "close").length, 1);
			equal(clock.pending, 0);
		}
});

test("closing from within a callback is safe", () => {
	const clock = new FakeClock();
	for (const fails of ["", "stop"]) {
		FakeLine.fails = fails;
		const Capture = dataLineCapture({ clock, DataLine: FakeLine });
		const close = function (this: PulseCapture) {
			this.close();
		};
		new Capture({ pin: 4, onReadable: close, onError: close }).start(1000);
		clock.advance(150);
		equal(FakeLine.made.calls.at(-1), "close");
		equal(clock.pending, 0);
	}
});

test("a failure of the hardware is an error after start, never thrown by it and never readable", () => {
	for (const fails of ["hold", "listen", "stop"])
		for (const lowUs of [1000, 20_000]) {
			const { capture, clock, events } = open(fails);
			capture.start(lowUs);
			deepEqual(events, []);
			clock.advance(150);
			equal(events.length, 1);
			ok(new RegExp(`^error at \\d+: ${fails}.* failed$`).test(events[0]!), events[0]);
			equal(capture.read(), undefined);
			equal(clock.pending, 0);
		}
});

test("a pin that cannot be had is the constructor's error", () => {
	throws(() => open("pin"), /pin 4 failed/);
});
