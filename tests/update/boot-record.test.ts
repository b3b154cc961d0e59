import { deepEqual, equal, match } from "node:assert/strict";
import { test } from "node:test";
import { TwoCopyStore } from "../../modules/storage/two-copies.js";
import { BootRecord } from "../../modules/update/boot-record.js";
import { FakeStorage } from "../fakes/storage.js";
import { latin1, text } from "../fakes/text.js";

const first = {
	...{ earlyEnds: 0, isEarly: false, image: "", confirmed: "" },
	...{ onProbation: null, wasReachable: true, rolledBack: null, quickBoots: 0 },
};

function open(storage: FakeStorage) {
	const lines: string[] = [];
	return { record: new BootRecord({ storage, text, log: line => lines.push(line) }), lines };
}

/** Writes as another program would. */
function plant(storage: FakeStorage, content: Uint8Array): void {
	const copies = new TwoCopyStore({ storage, firstBlock: 14, blocks: 1 });
	copies.find();
	for (const _step of copies.write([content]));
}

test("what is changed outlasts a restart", () => {
	const storage = new FakeStorage(16, 512);
	open(storage).record.change({ earlyEnds: 2, isEarly: true, image: "1.0.0 Nov 27 2026" });
	open(storage).record.handOver("1.1.0", true, "1.0.0: it hung");
	deepEqual(open(storage).record.values, {
		...{ earlyEnds: 2, isEarly: true, image: "1.0.0 Nov 27 2026" },
		...{ confirmed: "1.0.0 Nov 27 2026", onProbation: "1.1.0", wasReachable: true },
		...{ rolledBack: "1.0.0: it hung", quickBoots: 0 },
	});
});

test("earlier ends do not count for firmware that a person wants", () => {
	const storage = new FakeStorage(16, 512);
	open(storage).record.change({ earlyEnds: 5 });
	open(storage).record.handOver("1.1.0", true);
	equal(open(storage).record.values.earlyEnds, 0);
});

test("what does not change is not written", () => {
	const storage = new FakeStorage(16, 512);
	open(storage).record.change({ earlyEnds: 2 });
	const before = storage.erasures.slice();
	open(storage).record.change({ earlyEnds: 2, isEarly: false });
	deepEqual(storage.erasures, before);
});

test("power lost at any byte of a write leaves the old values or the new, whole", () => {
	const seen = new Set<number>();
	for (let power = 0; ; power++) {
		const storage = new FakeStorage(16, 512);
		open(storage).record.change({ earlyEnds: 1, rolledBack: "1.1.0: it hung" });
		storage.power = power;
		const { record, lines } = open(storage);
		record.change({ earlyEnds: 2 });
		equal(record.values.earlyEnds, 2, "it holds until the next start");
		storage.power = Number.POSITIVE_INFINITY;
		const { earlyEnds, rolledBack } = open(storage).record.values;
		equal(rolledBack, "1.1.0: it hung");
		seen.add(earlyEnds);
		if (lines.length === 0) break;
		equal(earlyEnds, 1);
	}
	deepEqual([...seen], [1, 2]);
});

test("garbage counts as none, and is written over", () => {
	for (const content of [
		...["", "null", "[]", "5", "{", '"earlyEnds"', "\x80\xff"],
		...['{"earlyEnds":-4}', '{"earlyEnds":1e9}', '{"earlyEnds":"7","isEarly":1,"image":{},"rolledBack":[]}'],
	]) {
		const storage = new FakeStorage(16, 512);
		plant(storage, latin1(content));
		const { record } = open(storage);
		deepEqual(record.values, first, content);
		record.change({ earlyEnds: 1 });
		equal(open(storage).record.values.earlyEnds, 1);
	}
	const storage = new FakeStorage(16, 512);
	storage.bytes.fill(0x5a);
	deepEqual(open(storage).record.values, first);
});

test("flash that cannot be read is said", () => {
	const storage = new FakeStorage(16, 512);
	storage.read = () => {
		throw new Error("worn");
	};
	const { record, lines } = open(storage);
	deepEqual(record.values, first);
	match(lines[0]!, /^earlier boots cannot be read: worn$/);
	record.change({ isEarly: true });
	match(lines[1]!, /^this boot cannot be counted: worn$/);
});
