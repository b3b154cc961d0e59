import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32 } from "../../modules/storage/crc32.js";
import { TwoCopyStore } from "../../modules/storage/two-copies.js";
import { FakeStorage } from "../fakes/storage.js";
import { fromLatin1, latin1 } from "../fakes/text.js";

const blockSize = 64;

function open(storage: FakeStorage, blocks = 3): TwoCopyStore {
	return new TwoCopyStore({ storage, firstBlock: 1, blocks });
}

/** Writes `content` in pieces of ten bytes. */
function write(copies: TwoCopyStore, content: string): void {
	const pieces = content.match(/.{1,10}/gs) ?? [];
	for (const _step of copies.write(pieces.map(latin1)));
}

/** What a device finds after a restart. */
function found(storage: FakeStorage): string | undefined {
	const copy = open(storage).find();
	return copy && fromLatin1(copy.read(0, copy.length));
}

const text = (letter: string, length: number) => letter.repeat(length);

test("CRC-32: the check value of its definition, also in parts", () => {
	assert.equal(crc32(latin1("123456789")), 0xcbf43926);
	assert.equal(crc32(latin1("6789"), crc32(latin1("12345"))), 0xcbf43926);
	assert.equal(crc32(new Uint8Array(0)), 0);
});

test("the content written last is found, however often it was written", () => {
	const storage = new FakeStorage(8, blockSize);
	assert.equal(found(storage), undefined);
	const copies = open(storage);
	copies.find();
	for (const content of [text("a", 100), "", text("c", 176), text("d", 1), text("e", 150)]) {
		write(copies, content);
		assert.equal(found(storage), content);
	}
	assert.deepEqual(storage.erasures.slice(0, 1), [0], "blocks before the first are not touched");
	assert.deepEqual(storage.erasures.slice(7), [0], "blocks after the last are not touched");
	assert.ok(Math.max(...storage.erasures) <= 3, "both copies in alternation");
});

test("power lost at every byte of a write leaves one of the two states, whole, and the next write succeeds", () => {
	const [old, older, fresh] = [text("o", 170), text("x", 130), text("n", 150)];
	let lost = 0;
	for (let power = 0; ; power++) {
		const storage = new FakeStorage(8, blockSize);
		const copies = open(storage);
		copies.find();
		write(copies, older);
		write(copies, old);
		storage.power = power;
		try {
			write(copies, fresh);
		} catch {
			lost++;
			storage.power = Number.POSITIVE_INFINITY;
			assert.equal(found(storage), old, `power lost at byte ${power}`);
			const restarted = open(storage);
			restarted.find();
			write(restarted, fresh);
			assert.equal(found(storage), fresh, `written again after ${power}`);
			continue;
		}
		assert.equal(found(storage), fresh);
		break;
	}
	assert.equal(lost, 3 * blockSize + fresh.length + 16);
});

test("any byte of the newest copy changed: the one before is found, and `damaged` is set", () => {
	const original = new FakeStorage(8, blockSize);
	const copies = open(original);
	copies.find();
	write(copies, text("a", 50));
	write(copies, text("b", 50));
	const start = 4 * blockSize;
	for (let at = start; at < start + 16 + 50; at++) {
		const storage = new FakeStorage(8, blockSize);
		storage.bytes.set(original.bytes);
		storage.bytes[at]! ^= 0x10;
		const damaged = open(storage);
		const copy = damaged.find();
		assert.equal(copy && fromLatin1(copy.read(0, 100)), text("a", 50), `byte ${at}`);
		assert.equal(damaged.damaged, true);
	}
});

test("a blank storage is not damaged, a write broken off neither; other bytes are", () => {
	const storage = new FakeStorage(8, blockSize);
	const blank = open(storage);
	blank.find();
	assert.equal(blank.damaged, false);
	const steps = blank.write([latin1("abc")]);
	steps.next();
	steps.next();
	const broken = open(storage);
	assert.equal(broken.find(), undefined);
	assert.equal(broken.damaged, false);
	storage.bytes.fill(0);
	const zeroed = open(storage);
	assert.equal(zeroed.find(), undefined);
	assert.equal(zeroed.damaged, true);
});

test("a step erases or writes one block at most", () => {
	const storage = new FakeStorage(8, blockSize);
	const copies = open(storage);
	copies.find();
	const steps = copies.write([latin1(text("a", 60)), latin1(text("b", 60))]);
	for (let before = 0, { done } = steps.next(); !done; { done } = steps.next()) {
		const after = storage.erasures.reduce((sum, count) => sum + count, 0);
		assert.ok(after - before <= 1);
		before = after;
	}
	assert.equal(found(storage), text("a", 60) + text("b", 60));
});

test("content that is too long is refused, and the other copy stays intact", () => {
	const storage = new FakeStorage(8, blockSize);
	const copies = open(storage);
	copies.find();
	write(copies, "kept");
	assert.throws(() => write(copies, text("z", 3 * blockSize - 15)), /more than 192 bytes/);
	assert.equal(found(storage), "kept");
	write(copies, text("y", 3 * blockSize - 16));
	assert.equal(found(storage), text("y", 3 * blockSize - 16));
});

test("a storage that is too small for both copies is refused", () => {
	assert.throws(() => open(new FakeStorage(6, blockSize)), /too small/);
});
