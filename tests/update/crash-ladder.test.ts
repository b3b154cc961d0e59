import { deepEqual, equal, match } from "node:assert/strict";
import { test } from "node:test";
import type { Firmware, ImageState } from "../../modules/platform/firmware.js";
import { BootRecord } from "../../modules/update/boot-record.js";
import { CrashLadder } from "../../modules/update/crash-ladder.js";
import { FakeClock } from "../fakes/clock.js";
import { FakeStorage } from "../fakes/storage.js";
import { text } from "../fakes/text.js";

const recordOf = (storage: FakeStorage | undefined) =>
	new BootRecord({ storage, text, log: line => deepEqual(line, "") });

const slot = (version: string, state: ImageState = "valid"): Pick<Firmware, "running"> => ({
	running: { version, date: "Nov 27 2026", state },
});

/** A program that starts and runs so long. @returns How it starts. */
function run(
	storage: FakeStorage | undefined,
	reason: string,
	ms: number,
	version = "1.0.0",
	state: ImageState = "valid",
): string {
	const clock = new FakeClock();
	const update = slot(version, state);
	const ladder = new CrashLadder({ record: recordOf(storage), clock, reason, version, update });
	clock.advance(ms);
	ladder.close();
	ladder.close();
	equal(clock.pending, 0);
	return ladder.mode;
}

/** A device that was powered on, and ran a while. */
function start(): FakeStorage {
	const storage = new FakeStorage(16, 512);
	run(storage, "power-on", 5000);
	return storage;
}

const crashes = (storage: FakeStorage, count: number) =>
	Array.from({ length: count }, () => run(storage, "exception", 5000));

test("three early ends lead to safe mode, the sixth back, the ninth to rescue, and no further", () => {
	deepEqual(crashes(start(), 12), [
		..."normal normal safe safe safe back safe safe rescue rescue rescue rescue".split(" "),
	]);
});

test("watchdog and lock-up count as exceptions do", () => {
	const storage = start();
	deepEqual(
		["watchdog", "lock-up", "watchdog"].map(reason => run(storage, reason, 5000)),
		["normal", "normal", "safe"],
	);
});

test("a minute of running clears the count", () => {
	const storage = start();
	crashes(storage, 2);
	run(storage, "exception", 60_000);
	deepEqual(crashes(storage, 3), ["normal", "normal", "normal"]);
});

test("an end after a minute is no early one", () => {
	const storage = start();
	for (let turn = 0; turn < 20; turn++) equal(run(storage, "exception", 61_000), "normal");
});

test("power cycles and restarts count nothing, and clear nothing", () => {
	const storage = start();
	for (let turn = 0; turn < 20; turn++) equal(run(storage, turn % 2 ? "power-on" : "restart", 1000), "normal");
	crashes(storage, 3);
	equal(run(storage, "power-on", 1000), "safe");
});

test("the way back is not taken again by a restart, nor by the other image's end", () => {
	const storage = start();
	deepEqual(crashes(storage, 6).at(-1), "back");
	recordOf(storage).handOver("0.9.0", false, "1.0.0: it crashed");
	equal(run(storage, "restart", 1000, "0.9.0", "pending"), "safe");
	deepEqual([run(storage, "exception", 1000), run(storage, "exception", 1000)], ["safe", "safe"]);
	deepEqual(crashes(storage, 2), ["safe", "rescue"]);
});

test("other firmware, as a cable brings it, begins anew", () => {
	const storage = start();
	crashes(storage, 4);
	equal(run(storage, "usb", 1000, "1.0.1"), "normal");
	equal(run(storage, "exception", 1000, "1.0.1"), "normal");
});

test("firmware that a person wants begins anew, and is not charged with the end of the other", () => {
	for (const reason of ["restart", "exception"]) {
		const storage = start();
		crashes(storage, 5);
		recordOf(storage).handOver("1.1.0", true);
		equal(run(storage, reason, 1000, "1.1.0", "pending"), "normal");
		equal(recordOf(storage).values.earlyEnds, 0);
	}
});

for (const [reason, line] of [
	["exception", "1.1.0: it crashed"],
	["watchdog", "1.1.0: it hung"],
	["power-on", "1.1.0: power was lost before it was confirmed"],
	["brown-out", "1.1.0: power was lost before it was confirmed"],
	["restart", "1.1.0: it restarted before it was confirmed"],
] as const)
	test(`an image on probation that ended by ${reason} is told of, and not counted`, () => {
		for (const ran of [true, false]) {
			const storage = start();
			for (let turn = 0; turn < 4; turn++) {
				recordOf(storage).handOver("1.1.0", true);
				if (ran) run(storage, "restart", 1000, "1.1.0", "pending");
				equal(run(storage, reason, 1000), "normal");
				const { rolledBack, onProbation, earlyEnds } = recordOf(storage).values;
				deepEqual([rolledBack, onProbation, earlyEnds], [line, null, 0]);
			}
		}
	});

test("an image that was confirmed, though the record has missed it, is not told of as taken back", () => {
	const storage = start();
	recordOf(storage).handOver("1.1.0", true);
	run(storage, "restart", 1000, "1.1.0", "pending");
	run(storage, "power-on", 1000, "1.1.0", "valid");
	deepEqual([recordOf(storage).values.rolledBack, recordOf(storage).values.onProbation], [null, null]);
});

test("power lost at any byte while a start is counted loses one count at most", () => {
	for (let power = 0; power < 1200; power += 7) {
		const storage = start();
		crashes(storage, 4);
		storage.power = power;
		const record = new BootRecord({ storage, text, log: () => {} });
		new CrashLadder({ record, clock: new FakeClock(), reason: "exception", version: "1.0.0", update: slot("1.0.0") });
		storage.power = Number.POSITIVE_INFINITY;
		const { earlyEnds } = recordOf(storage).values;
		equal(earlyEnds === 4 || earlyEnds === 5, true, `${power}: ${earlyEnds}`);
	}
});

test("without storage every start is the first", () => {
	for (let turn = 0; turn < 5; turn++) equal(run(undefined, "exception", 1000), "normal");
});

test("flash that cannot be written, or is too small, is said and no more", () => {
	for (const storage of [new FakeStorage(16, 512), new FakeStorage(3, 512)]) {
		storage.power = 0;
		const lines: string[] = [];
		const record = new BootRecord({ storage, text, log: line => lines.push(line) });
		const ladder = new CrashLadder({ record, clock: new FakeClock(), reason: "exception", version: "1.0.0" });
		equal(ladder.mode, "normal");
		match(lines.at(-1)!, /^this boot cannot be counted: /);
	}
});
