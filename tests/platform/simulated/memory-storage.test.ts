import { deepEqual, throws } from "node:assert/strict";
import { test } from "node:test";
import { MemoryStorage } from "../../../modules/platform/simulated/memory-storage.js";

test("what is written over the edge of blocks is read as it is, and is gone with its block", () => {
	const storage = new MemoryStorage(64, 16);
	storage.write(
		14,
		Uint8Array.from({ length: 20 }, (_, at) => at),
	);
	deepEqual(storage.read(13, 4), Uint8Array.of(0xff, 0, 1, 2));
	deepEqual(storage.read(30, 5), Uint8Array.of(16, 17, 18, 19, 0xff));
	storage.erase(1);
	deepEqual(storage.read(14, 3), Uint8Array.of(0, 1, 0xff));
	deepEqual(storage.read(31, 3), Uint8Array.of(0xff, 18, 19));
});

test("nothing is read or written beyond its end", () => {
	const storage = new MemoryStorage(64, 16);
	throws(() => storage.read(60, 5), /beyond the storage/);
	throws(() => storage.write(64, Uint8Array.of(1)), /beyond the storage/);
	deepEqual(storage.read(60, 4), Uint8Array.of(0xff, 0xff, 0xff, 0xff));
});
