/**
 * Keeps the newest content through a loss of power at any moment: two copies are written in alternation, so that one is
 * intact while the other is written. A copy is a head of 16 bytes and the content. The head is written last:
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
	/** Blocks of each copy; the second copy follows the first. */
	blocks: number;
	/** With 1, a write replaces the only copy, and a loss of power meanwhile loses it. @defaultValue 2 */
	copies?: 1 | 2;
}

/** The content of a copy. */
export interface Copy {
	/** Counted up with each write. */
	readonly number: number;
	/** Bytes. */
	readonly length: number;
	/** @returns `byteLength` bytes from `offset`; fewer where the copy ends. */
	read(offset: number, byteLength: number): Uint8Array;
}

interface Head {
	/** Of the copy in the storage, bytes. */
	readonly offset: number;
	readonly number: number;
	readonly length: number;
	readonly crc: number;
}

const HEAD = 16;
const ERASED = 0xff;
/** Bytes that are read at once to check a copy. */
const CHUNK = 512;

export class TwoCopyStore {
	#storage: Storage;
	#firstBlock: number;
	#blocks: number;
	#single: boolean;
	/** The newest intact copy, once `find` was called. */
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

	/** Bytes of content that fit into a copy. */
	get maxBytes(): number {
		return this.#blocks * this.#storage.blockSize - HEAD;
	}

	/** @returns The newest intact copy; `undefined` when there is none. @throws {Error} The storage cannot be read. */
	find(): Copy | undefined {
		const heads = [this.head(0), this.#single ? undefined : this.head(1)].filter(head => head !== undefined);
		const intact = heads.filter(head => this.isIntact(head)).sort((one, other) => other.number - one.number);
		this.#damaged ||= intact.length < heads.length;
		this.#newest = intact[0];
		return this.newest;
	}

	/** The copy that `find` returned, or that was written since. */
	get newest(): Copy | undefined {
		if (!this.#newest) return undefined;
		const { offset: copy, number, length } = this.#newest;
		return {
			number,
			length,
			read: (offset, byteLength) =>
				this.#storage.read(copy + HEAD + offset, Math.max(0, Math.min(byteLength, length - offset))),
		};
	}

	/** Whether `find` met a copy whose checksum is wrong, or bytes that are neither a copy nor erased. */
	get damaged(): boolean {
		return this.#damaged;
	}

	/**
	 * Writes a new copy over the older one; `find` must have been called before. Each step erases or writes one block at
	 * most, so that other work can go on between two steps.
	 * @param chunks The content, each chunk shorter than a block.
	 * @throws {Error} The content is too long, or the storage cannot be written. The other copy stays intact.
	 */
	*write(chunks: Iterable<Uint8Array>): Generator<undefined, void> {
		const { blockSize } = this.#storage;
		const newest = this.#newest;
		const offset = this.offsetOf(!this.#single && newest?.offset === this.offsetOf(0) ? 1 : 0);
		const end = offset + this.#blocks * blockSize;
		let at = offset + HEAD;
		let erased = offset;
		let crc = 0;
		for (const chunk of chunks) {
			if (at + chunk.byteLength > end) throw new Error(`more than ${end - offset} bytes`);
			while (erased < at + chunk.byteLength) {
				this.#storage.erase(erased / blockSize);
				erased += blockSize;
				yield;
			}
			this.#storage.write(at, chunk);
			at += chunk.byteLength;
			crc = crc32(chunk, crc);
			yield;
		}
		const number = (newest?.number ?? 0) + 1;
		const length = at - offset - HEAD;
		const head = new DataView(new ArrayBuffer(HEAD));
		head.setUint32(0, number, true);
		head.setUint32(4, length, true);
		head.setUint32(8, crc, true);
		head.setUint32(12, crc32(new Uint8Array(head.buffer, 0, 12)), true);
		this.#storage.write(offset, new Uint8Array(head.buffer));
		this.#newest = { offset, number, length, crc };
	}

	/** Erases the newest copy; of two, the older one is found next. @throws {Error} The storage cannot be written. */
	clear(): void {
		if (this.#newest) this.#storage.erase(this.#newest.offset / this.#storage.blockSize);
		this.#newest = undefined;
	}

	/** @returns Of a copy in the storage, bytes. */
	private offsetOf(copy: 0 | 1): number {
		return (this.#firstBlock + copy * this.#blocks) * this.#storage.blockSize;
	}

	/** @returns The head of a copy; `undefined` where it was not written. */
	private head(copy: 0 | 1): Head | undefined {
		const offset = this.offsetOf(copy);
		const bytes = this.#storage.read(offset, HEAD);
		const view = new DataView(bytes.buffer, bytes.byteOffset, HEAD);
		const length = view.getUint32(4, true);
		if (length <= this.maxBytes && view.getUint32(12, true) === crc32(bytes.subarray(0, 12)))
			return { offset, number: view.getUint32(0, true), length, crc: view.getUint32(8, true) };
		this.#damaged ||= bytes.some(byte => byte !== ERASED);
		return undefined;
	}

	private isIntact({ offset, length, crc }: Head): boolean {
		let found = 0;
		for (let at = 0; at < length; at += CHUNK)
			found = crc32(this.#storage.read(offset + HEAD + at, Math.min(CHUNK, length - at)), found);
		return found === crc;
	}
}

// The object that a generator's results inherit from is constant, too: it takes RAM on the chip unless it is frozen.
Object.freeze(TwoCopyStore.prototype.write.prototype, true);
