/**
 * Keeps the newest of something through a loss of power at any moment: two copies by turns, so that one is whole while the
 * other is written. A copy is a head of 16 bytes and the content; the head is written last:
 *
 *     number of the copy, counted up   u32   little-endian, as all that follows
 *     length of the content            u32
 *     CRC-32 of the content            u32
 *     CRC-32 of the 12 bytes before    u32
 */

import type { Storage } from "../platform/storage.js";
import { crc32 } from "./crc32.js";

export interface TwoCopyStoreOptions {
	storage: Storage;
	/** The first block that is used. */
	firstBlock: number;
	/** Blocks that each copy may take, one after the other. */
	blocks: number;
	/** 1: a write goes over what is there, which is lost with the power. @defaultValue 2 */
	copies?: 1 | 2;
}

/** What was written. */
export interface Copy {
	/** Bytes. */
	readonly length: number;
	/** @returns `byteLength` bytes from `offset`; fewer where the copy ends. */
	read(offset: number, byteLength: number): Uint8Array;
}

interface Head {
	/** Where the copy begins in the storage. */
	readonly start: number;
	readonly number: number;
	readonly length: number;
	readonly crc: number;
}

const HEAD = 16;
const ERASED = 0xff;
/** Bytes that are read at once. */
const PIECE = 512;

export class TwoCopyStore {
	#storage: Storage;
	#firstBlock: number;
	#blocks: number;
	#single: boolean;
	/** The newest copy that is whole, once `find` has looked for it. */
	#newest: Head | undefined;
	#damaged = false;

	/** @throws {RangeError} The storage is too small. */
	constructor({ storage, firstBlock, blocks, copies = 2 }: TwoCopyStoreOptions) {
		if ((firstBlock + copies * blocks) * storage.blockSize > storage.byteLength)
			throw new RangeError(`blocks ${firstBlock} to ${firstBlock + copies * blocks - 1}: the storage is too small`);
		this.#storage = storage;
		this.#firstBlock = firstBlock;
		this.#blocks = blocks;
		this.#single = copies === 1;
	}

	/** Bytes that a copy holds. */
	get mostBytes(): number {
		return this.#blocks * this.#storage.blockSize - HEAD;
	}

	/** @returns The newest copy that is whole; `undefined` when there is none. @throws {Error} The storage cannot be read. */
	find(): Copy | undefined {
		const heads = [this.#head(0), this.#single ? undefined : this.#head(1)].filter(head => head !== undefined);
		const whole = heads.filter(head => this.#whole(head)).sort((one, other) => other.number - one.number);
		this.#damaged ||= whole.length < heads.length;
		this.#newest = whole[0];
		return this.newest;
	}

	/** What `find` has found or was written since. */
	get newest(): Copy | undefined {
		if (!this.#newest) return undefined;
		const { start, length } = this.#newest;
		return {
			length,
			read: (offset, byteLength) =>
				this.#storage.read(start + HEAD + offset, Math.max(0, Math.min(byteLength, length - offset))),
		};
	}

	/** Whether `find` met a copy that has changed since it was written, or something that is none. */
	get damaged(): boolean {
		return this.#damaged;
	}

	/**
	 * Writes a new copy over the older one; `find` must have been called before. Each step erases or writes one block at most: take them one by one where that
	 * must not hold up other work.
	 * @param pieces The content, each piece shorter than a block.
	 * @throws {Error} The content is too long, or the storage cannot be written; the other copy is unharmed.
	 */
	*write(pieces: Iterable<Uint8Array>): Generator<undefined, void> {
		const { blockSize } = this.#storage;
		const newest = this.#newest;
		const start = !this.#single && newest?.start === this.#start(0) ? this.#start(1) : this.#start(0);
		const end = start + this.#blocks * blockSize;
		let at = start + HEAD;
		let erased = start;
		let crc = 0;
		for (const piece of pieces) {
			if (at + piece.byteLength > end) throw new Error(`more than ${end - start} bytes`);
			while (erased < at + piece.byteLength) {
				this.#storage.erase(erased / blockSize);
				erased += blockSize;
				yield;
			}
			this.#storage.write(at, piece);
			at += piece.byteLength;
			crc = crc32(piece, crc);
			yield;
		}
		const number = (newest?.number ?? 0) + 1;
		const length = at - start - HEAD;
		const head = new DataView(new ArrayBuffer(HEAD));
		head.setUint32(0, number, true);
		head.setUint32(4, length, true);
		head.setUint32(8, crc, true);
		head.setUint32(12, crc32(new Uint8Array(head.buffer, 0, 12)), true);
		this.#storage.write(start, new Uint8Array(head.buffer));
		this.#newest = { start, number, length, crc };
	}

	/** Forgets the newest copy: with two of them, the one before is found again. @throws {Error} The storage cannot be written. */
	clear(): void {
		if (this.#newest) this.#storage.erase(this.#newest.start / this.#storage.blockSize);
		this.#newest = undefined;
	}

	#start(copy: 0 | 1): number {
		return (this.#firstBlock + copy * this.#blocks) * this.#storage.blockSize;
	}

	/** @returns The head of a copy; `undefined` when it was not written to its end. */
	#head(copy: 0 | 1): Head | undefined {
		const start = this.#start(copy);
		const bytes = this.#storage.read(start, HEAD);
		const view = new DataView(bytes.buffer, bytes.byteOffset, HEAD);
		const length = view.getUint32(4, true);
		if (length <= this.mostBytes && view.getUint32(12, true) === crc32(bytes.subarray(0, 12)))
			return { start, number: view.getUint32(0, true), length, crc: view.getUint32(8, true) };
		this.#damaged ||= bytes.some(byte => byte !== ERASED);
		return undefined;
	}

	#whole({ start, length, crc }: Head): boolean {
		let found = 0;
		for (let at = 0; at < length; at += PIECE)
			found = crc32(this.#storage.read(start + HEAD + at, Math.min(PIECE, length - at)), found);
		return found === crc;
	}
}

// What generators inherit from is constant, too: else the chip keeps a place for its copy in RAM.
Object.freeze(TwoCopyStore.prototype.write.prototype, true);
