import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { test } from "node:test";
import * as blocks from "../../modules/storage/blocks.js";
import { beginErasure, finishErasure } from "../../modules/storage/erasure.js";
import { FakeStorage } from "../fakes/storage.js";

const { erasureBlock, earlierSettingsBlocks, historyBlocks, asideBlocks, bootRecordBlocks, settingsBlocks } = blocks;

function used(): FakeStorage {
	const storage = new FakeStorage(23, 32);
	for (let block = 0; block < 23; block++)
		if (block !== erasureBlock) storage.write(block * 32, new Uint8Array(32).fill(block));
	return storage;
}

const left = (storage: FakeStorage) => storage.bytes.filter(byte => byte !== 0xff).length;

test("no two parts of the storage share a block", () => {
	const owners = new Map<number, number>();
	[
		...[historyBlocks, earlierSettingsBlocks, bootRecordBlocks, settingsBlocks].map(part => [part, 2] as const),
		[asideBlocks, 1] as const,
		[{ firstBlock: erasureBlock, blocks: 1 }, 1] as const,
	].forEach(([{ firstBlock, blocks: length }, copies], owner) => {
		for (let block = firstBlock; block < firstBlock + copies * length; block++) {
			equal(owners.get(block), undefined, `block ${block}`);
			owners.set(block, owner);
		}
	});
	deepEqual(
		[...owners.keys()].sort((one, other) => one - other),
		Array.from({ length: 21 }, (_, block) => block),
	);
});

test("without a mark nothing is erased", () => {
	const storage = used();
	finishErasure(storage, () => ok(false));
	equal(left(storage), 22 * 32);
});

test("power lost at any byte leaves all that there was, or nothing after the next start", () => {
	const states = new Set<number>();
	for (let power = 0, isWhole = false; !isWhole; power++) {
		const storage = used();
		storage.power = power;
		try {
			beginErasure(storage);
			finishErasure(storage, () => {});
			isWhole = true;
		} catch {
			storage.power = Number.POSITIVE_INFINITY;
			finishErasure(storage, () => {});
		}
		const holds = (content: (block: number) => number) =>
			storage.bytes.every((byte, at) => Math.floor(at / 32) === erasureBlock || byte === content(Math.floor(at / 32)));
		const isBlank = holds(() => 0xff);
		const isUntouched = holds(block => block);
		ok(isBlank || isUntouched, `after ${power} bytes`);
		states.add(isBlank ? 0 : 1);
	}
	deepEqual([...states].sort(), [0, 1]);
});

test("what is written before the mark is erased stays", () => {
	const storage = used();
	beginErasure(storage);
	finishErasure(storage, () => storage.write(0, Uint8Array.of(1)));
	finishErasure(storage, () => ok(false));
	equal(left(storage), 1);
});

test("a storage without room for the mark is left as it is", () => {
	const storage = new FakeStorage(20, 32);
	throws(() => beginErasure(storage), /too small/);
	finishErasure(storage, () => ok(false));
});
