import assert from "node:assert/strict";
import { test } from "node:test";
import { aside, back, HOUR, MINUTE, midnight, quarters, Run } from "../fakes/run.js";
import { FakeStorage } from "../fakes/storage.js";

const DAY = 24 * HOUR;
const blocks = 14;
/** The first block of what is set aside. */
const asideBlock = 10;

/** By how much a clock is wrong. */
const errors = {
	"eight days slow": -8 * DAY,
	"ten years slow": Date.UTC(2016, 10, 22) - midnight,
	"ten years fast": Date.UTC(2036, 10, 22) - midnight,
	"in 2036, where NTP's seconds start anew": Date.UTC(2036, 1, 8) - midnight,
	"in 2100": Date.UTC(2100, 0, 1) - midnight,
};

/** What a run of 30 hours has saved at the 29th, the quarter under way with it. */
const kept = quarters(0, 29 * 60 + 15);

/** A storage with what a device saved before its power went after 30 hours. */
function used(): FakeStorage {
	const storage = new FakeStorage(blocks);
	new Run(storage, midnight).sample(30 * HOUR);
	return storage;
}

for (const [name, error] of Object.entries(errors)) {
	test(`a start with a clock ${name}: the past is set aside, and back at a start with the right one`, () => {
		const storage = used();
		const wrong = new Run(storage, midnight + 31 * HOUR + error);
		assert.deepEqual(wrong.week(), []);
		wrong.sample(5 * HOUR, midnight + 31 * HOUR);
		assert.deepEqual(wrong.lines, [aside]);
		const still = new Run(storage, midnight + 37 * HOUR + error);
		assert.equal(still.week().length, 5 * 4 - 3, "what the wrong clock's hours brought is kept as usual");
		still.sample(2 * HOUR, midnight + 37 * HOUR);
		const right = new Run(storage, midnight + 40 * HOUR);
		assert.deepEqual([right.week(), right.lines], [kept, [back]]);
		right.sample(HOUR + MINUTE);
		const later = new Run(storage, midnight + 42 * HOUR);
		assert.deepEqual(later.week(), [...kept, ...quarters(40 * 60, 41 * 60 + 15)]);
		assert.deepEqual(later.lines, []);
	});

	test(`a clock ${name} at the start, set right while running: the past comes back before what was read since`, () => {
		const storage = used();
		const run = new Run(storage, midnight + 31 * HOUR + error);
		run.sample(5 * HOUR, midnight + 31 * HOUR);
		run.clock.time! -= error;
		run.sample(HOUR);
		const all = [...kept, ...quarters(31 * 60, 37 * 60)];
		assert.deepEqual([run.week(), run.lines], [all, [aside, back]]);
		run.saver.close();
		assert.deepEqual(new Run(storage, midnight + 38 * HOUR).week(), all);
	});

	test(`set right before anything was saved by a clock ${name}: the past is back, and was never moved`, () => {
		const storage = used();
		const run = new Run(storage, midnight + 31 * HOUR + error);
		run.clock.time! -= error;
		run.saver.look();
		run.sample(MINUTE);
		assert.deepEqual([run.week(), run.lines], [[...kept, [31 * 60, 31 * 60]], []]);
		assert.equal(storage.erasures[asideBlock], 0);
	});

	test(`a clock that jumps while running, and is then ${name}: a start with the right one has the past`, () => {
		const storage = new FakeStorage(blocks);
		const run = new Run(storage, midnight);
		run.sample(30 * HOUR);
		run.clock.time! += error;
		run.sample(5 * HOUR, midnight + 30 * HOUR);
		assert.deepEqual(run.lines, [aside]);
		const right = new Run(storage, midnight + 36 * HOUR);
		assert.deepEqual([right.week(), right.lines], [kept, [back]]);
	});

	test(`a clock that jumps while running, is then ${name}, and jumps back: all is there`, () => {
		const storage = new FakeStorage(blocks);
		const run = new Run(storage, midnight);
		run.sample(30 * HOUR);
		run.clock.time! += error;
		run.sample(5 * HOUR, midnight + 30 * HOUR);
		run.clock.time! -= error;
		run.sample(HOUR);
		assert.deepEqual([run.week(), run.lines], [quarters(0, 36 * 60), [aside, back]]);
		run.saver.close();
		assert.deepEqual(new Run(storage, midnight + 36 * HOUR).week(), quarters(0, 36 * 60));
	});
}

test("one wrong clock after the other: what is aside stays", () => {
	const storage = used();
	let start = midnight + 31 * HOUR;
	for (const error of Object.values(errors)) {
		new Run(storage, start + error).sample(3 * HOUR, start);
		start += 3 * HOUR;
	}
	const right = new Run(storage, start);
	assert.deepEqual([right.week(), right.lines], [kept, [back]]);
});

test("a clock that is right for a moment, between two wrong ones, has nothing forgotten", () => {
	const storage = used();
	const error = errors["ten years fast"];
	const run = new Run(storage, midnight + 31 * HOUR + error);
	run.sample(2.2 * HOUR, midnight + 31 * HOUR);
	run.clock.time! -= error;
	run.saver.look();
	run.clock.time! += 2 * error;
	run.sample(3 * HOUR, midnight + 33 * HOUR);
	assert.deepEqual(run.lines, [aside, back]);
	const right = new Run(storage, midnight + 37 * HOUR);
	assert.deepEqual([right.week(), right.lines], [kept, [back]]);
});

/** Flash whose power goes in the midst of a block operation. */
class CutStorage extends FakeStorage {
	/** Operations until then. */
	left = Number.POSITIVE_INFINITY;

	constructor(bytes: Uint8Array) {
		super(blocks);
		this.bytes.set(bytes);
	}

	override erase(block: number): void {
		if (this.left-- <= 0) this.power = Math.min(this.power, this.blockSize / 2);
		super.erase(block);
	}

	override write(offset: number, bytes: Uint8Array): void {
		if (this.left-- <= 0) this.power = Math.min(this.power, bytes.byteLength / 2);
		super.write(offset, bytes);
	}

	restore(): this {
		this.left = this.power = Number.POSITIVE_INFINITY;
		return this;
	}
}

/** Loses the power at each block operation of `run` in turn. @returns How many there are. */
function cutEverywhere(
	before: Uint8Array,
	run: (storage: CutStorage) => Run,
	check: (storage: CutStorage) => void,
): number {
	for (let operations = 0; ; operations++) {
		const storage = new CutStorage(before);
		storage.left = operations;
		const { lines } = run(storage);
		const cut = lines.some(line => line.startsWith("the history was not saved"));
		check(storage.restore());
		if (!cut) return operations;
	}
}

test("power lost at every block operation, with a wrong clock and with the right one again, loses nothing that was kept", () => {
	const storage = new FakeStorage(blocks);
	new Run(storage, midnight).sample(68 * HOUR, midnight, MINUTE);
	const past = quarters(0, 67 * 60 + 15);
	const start = midnight + 69 * HOUR;
	for (const error of [errors["eight days slow"], errors["ten years fast"]]) {
		const wrong = (storage: FakeStorage) => {
			const run = new Run(storage, start + error);
			run.sample(2.5 * HOUR, start, MINUTE);
			return run;
		};
		const steps = cutEverywhere(storage.bytes, wrong, cut => {
			assert.deepEqual(new Run(cut, start + 3 * HOUR).week(), past);
			wrong(cut);
			assert.deepEqual(new Run(cut, start + 3 * HOUR).week(), past);
		});
		assert.ok(steps > 20, `${steps} operations`);
		const after = new CutStorage(storage.bytes);
		wrong(after);
		const right = (storage: FakeStorage) => {
			const run = new Run(storage, start + 3 * HOUR);
			run.sample(HOUR - MINUTE, start + 3 * HOUR, MINUTE);
			return run;
		};
		const more = cutEverywhere(after.bytes, right, cut => {
			assert.deepEqual(new Run(cut, start + 4 * HOUR).week().slice(0, past.length), past);
		});
		assert.ok(more > 10, `${more} operations`);
	}
});

test("after a week of saves what is aside is forgotten, not before", () => {
	const error = errors["ten years fast"];
	for (const [hours, there] of [
		[166, true],
		[169, false],
	] as const) {
		const storage = used();
		const start = midnight + 31 * HOUR;
		const wrong = new Run(storage, start + error);
		wrong.sample((hours / 2) * HOUR, start, 5 * MINUTE);
		const again = new Run(storage, start + (hours / 2) * HOUR + error);
		again.sample((hours / 2) * HOUR, start, 5 * MINUTE);
		const head = storage.bytes.subarray(asideBlock * 4096, asideBlock * 4096 + 16);
		assert.equal(
			head.some(byte => byte !== 0xff),
			there,
			`${hours} hours`,
		);
	}
});

test("a device that was off for longer than a week has set the past aside, and goes on", () => {
	const storage = used();
	const start = midnight + 9 * DAY;
	const run = new Run(storage, start);
	run.sample(2 * HOUR, midnight);
	assert.deepEqual([run.week().length, run.lines], [8, [aside]]);
	assert.equal(new Run(storage, start + 2 * HOUR).week().length, 5);
});

test("a clock that is an hour slow is believed", () => {
	const storage = used();
	const run = new Run(storage, midnight + 28.5 * HOUR);
	assert.deepEqual(run.week(), quarters(0, 28 * 60 + 45));
	run.sample(MINUTE);
	assert.deepEqual(run.lines, []);
});

test("where it cannot be set aside, nothing is written over it, and the next attempt is an hour later", () => {
	const storage = used();
	const erase = storage.erase.bind(storage);
	const failing = Object.assign(Object.create(storage), {
		erase(block: number) {
			if (block >= asideBlock) throw new Error("worn out");
			erase(block);
		},
	}) as FakeStorage;
	const before = storage.bytes.slice();
	const wrong = new Run(failing, midnight + 31 * HOUR + errors["in 2100"]);
	wrong.sample(2.5 * HOUR, midnight);
	assert.deepEqual(wrong.lines, new Array(3).fill("the history was not saved: worn out"));
	assert.deepEqual(storage.bytes, before);
	assert.deepEqual(new Run(storage, midnight + 34 * HOUR).week(), kept);
});
