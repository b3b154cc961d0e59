import assert from "node:assert/strict";
import { test } from "node:test";
import { aside, HOUR, MINUTE, midnight, quarters, Run } from "../fakes/run.js";
import { FakeStorage } from "../fakes/storage.js";

test("a restart costs what was read since the last save, at most an hour", () => {
	const storage = new FakeStorage(14);
	new Run(storage, midnight).sample(4.5 * HOUR);
	const second = new Run(storage, midnight + 4.75 * HOUR);
	assert.deepEqual(second.week(), quarters(0, 255), "saved at 4:00, the quarter under way with it");
	second.sample(20 * MINUTE);
	assert.deepEqual(second.week(), [...quarters(0, 255), ...quarters(285, 315)]);
	assert.deepEqual(second.lines, []);
});

test("the time is known only after a while: the past comes back then, and the readings since are kept", () => {
	const storage = new FakeStorage(14);
	new Run(storage, midnight).sample(3.1 * HOUR);
	const second = new Run(storage, undefined);
	const bootedAt = midnight + 5 * HOUR + 2 * MINUTE;
	second.sample(10 * MINUTE, bootedAt);
	assert.deepEqual(second.week().length, 1);
	second.clock.time = bootedAt + second.clock.ticks;
	second.sample(MINUTE);
	assert.deepEqual(second.week(), [...quarters(0, 195), [300, 302]]);
});

test("a run that never knows the time saves nothing, and leaves what was saved", () => {
	const storage = new FakeStorage(14);
	new Run(storage, midnight).sample(2.1 * HOUR);
	const before = storage.bytes.slice();
	const unknowing = new Run(storage, undefined);
	unknowing.sample(5 * HOUR, midnight + 3 * HOUR);
	unknowing.saver.close();
	assert.deepEqual(storage.bytes, before);
	assert.deepEqual(new Run(storage, midnight + 9 * HOUR).week(), quarters(0, 135));
});

test("a restart within a quarter of an hour goes on in its place with the right mean", () => {
	const storage = new FakeStorage(14);
	const first = new Run(storage, midnight);
	for (let count = 0; count < 30; count++) first.history.push("Room", count * 10_000, 20, 50);
	first.clock.advance(300_000);
	first.saver.close();
	const second = new Run(storage, midnight + 6 * MINUTE);
	for (let count = 0; count < 15; count++) second.history.push("Room", count * 10_000, 26, 50);
	const series = second.history.series("Room", "7d", second.clock.ticks)!;
	assert.equal(series.length, 1);
	assert.deepEqual(
		(["mean", "min", "max"] as const).map(statistic => series.value(0, "temperature", statistic)),
		[22, 20, 26],
	);
});

test("at most one save an hour, restarts included, spread over the blocks by turns", () => {
	const storage = new FakeStorage(14);
	let time = midnight;
	// A device that loses its power every 35 minutes, for a day.
	for (let run = 0; run < 41; run++) {
		new Run(storage, time).sample(35 * MINUTE);
		time += 35 * MINUTE;
	}
	const [first = 0, second = 0] = [storage.erasures[0], storage.erasures[4]];
	assert.equal(first + second, 24, "the first of them at the start");
	assert.ok(Math.abs(first - second) <= 1);
	const begins = new Run(storage, time).week().map(([minutes]) => minutes);
	for (const [index, minutes] of begins.entries())
		assert.ok(minutes - (begins[index - 1] ?? 0) <= 75, `nothing from ${begins[index - 1]} to ${minutes}`);
	assert.ok(begins.at(-1)! >= 1435 - 75);
});

test("a save is spread over time, and readings in its midst do no harm", () => {
	const storage = new FakeStorage(14);
	const run = new Run(storage, midnight);
	run.sample(HOUR);
	assert.deepEqual(storage.erasures, [1, ...new Array(13).fill(0)], "nothing was saved before: at once");
	run.saver.look();
	assert.equal(storage.erasures[4], 1);
	const written = () => storage.bytes.filter(byte => byte !== 0xff).length;
	const before = written();
	run.history.push("Room", run.clock.ticks, -94, 50); // The 60th minute.
	run.clock.advance(1000);
	assert.ok(written() > before);
	assert.deepEqual(new Run(storage, midnight + 2 * HOUR).week(), quarters(0, 75));
});

test("a clock that is put back or forward loses nothing and doubles nothing", () => {
	const run = new Run(new FakeStorage(14), midnight + 10 * HOUR);
	run.sample(2 * HOUR);
	const before = run.week().map(([, min]) => min);
	for (const jump of [90_000, -3 * HOUR, 5 * HOUR]) {
		run.clock.time! += jump;
		assert.deepEqual(
			run.week().map(([, min]) => min),
			before,
		);
		run.saver.look();
		assert.deepEqual(
			run.week().map(([, min]) => min),
			before,
		);
	}
});

test("saved by a clock that was two hours ahead: set aside whole, and back when time has caught up", () => {
	const storage = new FakeStorage(14);
	new Run(storage, midnight + 10 * HOUR).sample(3.1 * HOUR);
	const second = new Run(storage, midnight + 11 * HOUR);
	assert.deepEqual(second.week(), []);
	second.sample(30 * MINUTE);
	assert.deepEqual(second.week(), quarters(660, 690));
	assert.deepEqual(second.lines, [aside]);
	assert.deepEqual(new Run(storage, midnight + 13.5 * HOUR).week(), quarters(600, 795));
});

test("sensors come and go: what is known of each is kept, in longer or shorter places", () => {
	const storage = new FakeStorage(14);
	const first = new Run(storage, midnight);
	first.sample(4 * HOUR);
	first.saver.close();
	const second = new Run(storage, midnight + 4 * HOUR, ["Room", "Attic", "Cellar"]);
	assert.deepEqual(second.week("Attic"), []);
	assert.deepEqual(
		second.week().map(([minutes]) => minutes),
		[0, 45, 90, 135, 180, 225],
	);
	assert.deepEqual(
		second.week().map(([, min]) => min),
		[0, 45, 90, 135, 180, 225],
	);
	second.sample(HOUR);
	second.saver.close();
	const third = new Run(storage, midnight + 5 * HOUR);
	assert.deepEqual(third.week().slice(0, 4), [
		[0, 0],
		[15, 0],
		[30, 0],
		[45, 45],
	]);
});

test("what is damaged, of another format or cannot be read is left out with a line", () => {
	const damaged = new FakeStorage(14);
	damaged.bytes.fill(0x2a);
	assert.deepEqual(new Run(damaged, midnight).lines, ["a saved history is damaged and left out"]);

	const older = new FakeStorage(14);
	const run = new Run(older, midnight);
	run.sample(MINUTE);
	run.saver.close();
	older.bytes[16 + 3] = 0;
	assert.deepEqual(new Run(older, midnight).lines, ["a saved history is damaged and left out"]);

	const broken = new FakeStorage(14);
	broken.read = () => {
		throw new Error("read failed");
	};
	const reader = new Run(broken, midnight);
	assert.deepEqual(reader.lines, [
		"the history saved is left out: read failed",
		"the history set aside is left out: read failed",
	]);
	reader.sample(MINUTE);
	assert.equal(reader.week().length, 1);
});

test("a save that fails is told, and tried again after an hour", () => {
	const storage = new FakeStorage(14);
	const run = new Run(storage, midnight);
	storage.power = 100;
	run.sample(HOUR);
	assert.deepEqual(run.lines, ["the history was not saved: the power is gone"]);
	storage.power = Number.POSITIVE_INFINITY;
	run.sample(HOUR);
	assert.deepEqual(run.lines.length, 1);
	assert.deepEqual(new Run(storage, midnight + 3 * HOUR).week(), quarters(0, 75));
});

test("power lost at every byte of a save leaves one of the two histories", () => {
	let lost = 0;
	let power = 0;
	for (; ; power += 7) {
		const storage = new FakeStorage(14);
		const run = new Run(storage, midnight);
		run.sample(HOUR);
		run.saver.close();
		const next = new Run(storage, midnight + HOUR);
		next.sample(30 * MINUTE);
		storage.power = power;
		next.saver.close();
		storage.power = Number.POSITIVE_INFINITY;
		const { length } = new Run(storage, midnight + 2 * HOUR).week();
		if (next.lines.length === 0) {
			assert.equal(length, 6);
			break;
		}
		lost++;
		assert.equal(length, 4, `power lost at byte ${power}`);
	}
	assert.ok(lost > 500, `${lost} bytes tried`);
});

test("without storage, or without anything gathered, nothing breaks", () => {
	const run = new Run(undefined, midnight);
	run.sample(2 * HOUR);
	run.saver.close();
	const storage = new FakeStorage(14);
	new Run(storage, midnight).saver.close();
	const empty = new Run(storage, midnight);
	assert.deepEqual(empty.lines, []);
	assert.deepEqual(empty.week(), []);
	empty.saver.close();
	empty.saver.close();
});
