import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { BootRecord } from "../../modules/update/boot-record.js";
import { type Milestone, Probation } from "../../modules/update/probation.js";
import { FakeClock } from "../fakes/clock.js";
import type { FakeStorage } from "../fakes/storage.js";
import { text } from "../fakes/text.js";
import { boot, flash, upload } from "./device.js";
import { makeImage } from "./image.js";

function device(wasReachable = true) {
	const storage = flash();
	upload(boot(storage), makeImage());
	const clock = new FakeClock();
	const said: string[] = [];
	let restarts = 0;
	const firmware = boot(storage);
	const record = new BootRecord({ storage: undefined, text, log: () => {} });
	record.handOver("1.1.0", wasReachable);
	const shown = new Set<Milestone>();
	new Probation({
		firmware,
		clock,
		record,
		shows: milestone => shown.has(milestone),
		restart: () => restarts++,
		log: line => said.push(line),
	});
	return {
		storage,
		clock,
		said,
		record,
		/** What the image shows, once it was looked at. */
		show: (...milestones: Milestone[]) => {
			for (const milestone of milestones) shown.add(milestone);
			clock.advance(1000);
			shown.clear();
		},
		next: () => boot(storage).running,
		get restarts() {
			return restarts;
		},
	};
}

const stays = (storage: FakeStorage) => boot(storage).running.version;

test("an image that listens, reads, is reachable and has answered is confirmed", () => {
	const { show, said, next, record, clock } = device();
	show("reading", "reachable");
	show("listening");
	deepEqual(said, []);
	show("responded");
	deepEqual(said, ["firmware 1.1.0 is confirmed"]);
	deepEqual([next().version, next().state], ["1.1.0", "valid"]);
	deepEqual([record.values.onProbation, record.values.rolledBack, clock.pending], [null, null, 0]);
});

test("without a request it is confirmed after 90 s", () => {
	const { show, clock, said, storage } = device();
	show("reading", "reachable", "listening");
	clock.advance(88_999);
	deepEqual(said, []);
	clock.advance(1);
	equal(said.length, 1);
	equal(stays(storage), "1.1.0");
	equal(clock.pending, 0);
});

test("what comes after the 90 s confirms at once", () => {
	const { show, clock, storage } = device();
	show("reading", "listening");
	clock.advance(200_000);
	show("reachable");
	equal(stays(storage), "1.1.0");
});

for (const [left, milestones] of [
	["it has not joined a network", ["reading"]],
	["it does not listen", ["reading", "reachable"]],
	["it has read no sensor", ["reachable", "listening", "responded"]],
] as const)
	test(`after five minutes it is taken back: ${left}`, () => {
		const made = device();
		made.show(...milestones);
		made.clock.advance(298_999);
		deepEqual(made.said, []);
		made.clock.advance(1);
		const { onProbation, rolledBack } = made.record.values;
		deepEqual([onProbation, rolledBack], [null, `1.1.0: ${left}`]);
		deepEqual(made.said, [`firmware 1.1.0 is taken back: ${left}`]);
		equal(made.restarts, 1);
		made.clock.advance(400_000);
		equal(made.restarts, 1);
		equal(made.next().version, "1.0.0");
	});

test("where the image before was in no network, it waits for one", () => {
	const { show, clock, said, storage } = device(false);
	show("reading");
	clock.advance(3_600_000);
	deepEqual(said, []);
	show("reachable", "listening");
	clock.advance(90_000);
	equal(stays(storage), "1.1.0");
});

test("where the image before was in no network, one that joins but does not listen is taken back", () => {
	const { show, clock, record } = device(false);
	show("reading", "reachable");
	clock.advance(300_000);
	equal(record.values.rolledBack, "1.1.0: it does not listen");
});

test("an image that cannot be taken back stays, and a line says so", () => {
	const { storage, clock, said } = device();
	storage.bytes.fill(0, 0, 2048);
	clock.advance(400_000);
	deepEqual(said, ["firmware 1.1.0 stays, though it has read no sensor: the other slot holds no whole image"]);
});

test("an image that is confirmed is on no probation", () => {
	const clock = new FakeClock();
	const record = new BootRecord({ storage: undefined, text, log: () => {} });
	new Probation({ firmware: boot(flash()), clock, record, shows: () => false, restart() {}, log: () => {} });
	equal(clock.pending, 0);
});
