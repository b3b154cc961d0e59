import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { BootRecord } from "../../modules/update/boot-record.js";
import { CrashLadder } from "../../modules/update/crash-ladder.js";
import { FakeClock } from "../fakes/clock.js";
import { FakeStorage } from "../fakes/storage.js";
import { text } from "../fakes/text.js";

/** A program that starts and runs so long. @returns How it starts. */
function run(storage: FakeStorage | undefined, reason: string, ms: number): string {
	const clock = new FakeClock();
	const record = new BootRecord({ storage, text, log: line => deepEqual(line, "") });
	const ladder = new CrashLadder({ record, clock, reason });
	clock.advance(ms);
	ladder.close();
	ladder.close();
	equal(clock.pending, 0);
	return ladder.mode;
}

const start = () => new FakeStorage(16, 256);
const crashes = (storage: FakeStorage, count: number) =>
	Array.from({ length: count }, () => run(storage, "exception", 5000));

test("three early ends lead to safe mode, three more back, three more to rescue, and no further", () => {
	const storage = start();
	run(storage, "power-on", 5000);
	deepEqual(crashes(storage, 12), [
		..."normal normal safe safe safe back back back rescue rescue rescue rescue".split(" "),
	]);
});

test("watchdog and lock-up count as exceptions do", () => {
	const storage = start();
	run(storage, "power-on", 5000);
	deepEqual(
		["watchdog", "lock-up", "watchdog"].map(reason => run(storage, reason, 5000)),
		["normal", "normal", "safe"],
	);
});

test("a minute of running clears the count", () => {
	const storage = start();
	run(storage, "power-on", 5000);
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

test("power lost at any byte while a start is counted loses one count at most", () => {
	for (let power = 0; power < 600; power += 7) {
		const storage = start();
		run(storage, "power-on", 5000);
		crashes(storage, 4);
		storage.power = power;
		const record = new BootRecord({ storage, text, log: () => {} });
		new CrashLadder({ record, clock: new FakeClock(), reason: "exception" });
		storage.power = Number.POSITIVE_INFINITY;
		const { earlyEnds } = new BootRecord({ storage, text, log: () => {} }).values;
		equal(earlyEnds === 4 || earlyEnds === 5, true, `${power}: ${earlyEnds}`);
	}
});

test("a record of something else counts as none", () => {
	const storage = start();
	const record = new BootRecord({ storage, text, log: () => {} });
	record.change({ earlyEnds: Number.NaN, version: "1.0.0" });
	const found = new BootRecord({ storage, text, log: () => {} }).values;
	deepEqual([found.earlyEnds, found.version], [0, "1.0.0"]);
});

test("without storage every start is the first", () => {
	for (let turn = 0; turn < 5; turn++) equal(run(undefined, "exception", 1000), "normal");
});
