/** Storage that lasts as long as the program, and takes memory for what is written alone. */

import type { Storage } from "../storage.js";

export class MemoryStorage implements Storage {
	readonly byteLength: number;
	readonly blockSize: number;
	/** Those that are not erased. */
	#blocks = new Map<number, Uint8Array>();

	/** @param byteLength Whole blocks. */
	constructor(byteLength: number, blockSize: number) {
		this.byteLength = byteLength;
		this.blockSize = blockSize;
	}

	read(offset: number, byteLength: number): Uint8Array {
		const bytes = new Uint8Array(byteLength).fill(0xff);
		this.#forEachBlock(offset, byteLength, (block, from, at, length) => {
			const content = this.#blocks.get(block);
			if (content) bytes.set(content.subarray(from, from + length), at);
		});
		return bytes;
	}

	erase(block: number): void {
		this.#blocks.delete(block);
	}

	write(offset: number, bytes: Uint8Array): void {
		this.#forEachBlock(offset, bytes.byteLength, (block, from, at, length) => {
			const content = this.#blocks.get(block) ?? new Uint8Array(this.blockSize).fill(0xff);
			this.#blocks.set(block, content);
			content.set(bytes.subarray(at, at + length), from);
		});
	}

	/** Calls `visit` with each block that the bytes are in, where they begin in it, how many come before it, and how many are in it. */
	#forEachBlock(
		offset: number,
		byteLength: number,
		visit: (block: number, from: number, at: number, length: number) => void,
	): void {
		if (offset < 0 || offset + byteLength > this.byteLength) throw new Error("beyond the storage");
		for (let at = 0; at < byteLength; ) {
			const from = (offset + at) % this.blockSize;
			const length = Math.min(this.blockSize - from, byteLength - at);
			visit(Math.floor((offset + at) / this.blockSize), from, at, length);
			at += length;
		}
	}
}
