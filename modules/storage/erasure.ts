/**
 * Erases a storage as a whole. A mark has the next start do it, and is itself erased last: so a loss of power leaves all that there was, or
 * nothing once the device has started again.
 */

import type { Storage } from "../platform/storage.js";
import { erasureBlock } from "./blocks.js";

/** Power lost while it is written leaves less of it, which is none. */
const MARK: readonly number[] = Object.freeze([0x66, 0x6f, 0x72, 0x67, 0x65, 0x74, 0x20, 0x61, 0x6c, 0x6c], true);

/** Has `finishErasure` erase all at the next start. @throws {Error} The storage is too small or cannot be written. */
export function beginErasure(storage: Storage): void {
	if ((erasureBlock + 1) * storage.blockSize > storage.byteLength) throw new Error("the storage is too small");
	storage.erase(erasureBlock);
	storage.write(erasureBlock * storage.blockSize, Uint8Array.from(MARK));
}

/**
 * Erases all, where `beginErasure` has been called: some 50 ms a block. To be called before anything is read.
 * @param after Called before the mark is erased. @throws {Error} It fails: the next start goes on with it.
 */
export function finishErasure(storage: Storage, after: () => void): void {
	if (!isBegun(storage)) return;
	for (let block = 0; block < storage.byteLength / storage.blockSize; block++)
		if (block !== erasureBlock) storage.erase(block);
	after();
	storage.erase(erasureBlock);
}

function isBegun(storage: Storage): boolean {
	const { blockSize, byteLength } = storage;
	if ((erasureBlock + 1) * blockSize > byteLength) return false;
	const found = storage.read(erasureBlock * blockSize, MARK.length);
	return MARK.every((byte, at) => byte === found[at]);
}
