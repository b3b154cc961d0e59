import type { Storage } from "../../modules/platform/storage.js";

/** Flash in memory, whose power can be cut at any byte. */
export class FakeStorage implements Storage {
	readonly blockSize: number;
	readonly bytes: Uint8Array;
	/** How many more bytes may be erased or written; then the power is gone. */
	power = Number.POSITIVE_INFINITY;
	/** How often each block has been erased. */
	readonly erasures: number[];

	constructor(blocks: number, blockSize = 4096) {
		this.blockSize = blockSize;
		this.bytes = new Uint8Array(blocks * blockSize).fill(0xff);
		this.erasures = new Array(blocks).fill(0);
	}

	get byteLength(): number {
		return this.bytes.byteLength;
	}

	read(offset: number, byteLength: number): Uint8Array {
		return this.bytes.slice(offset, offset + byteLength);
	}

	erase(block: number): void {
		this.erasures[block]!++;
		const start = block * this.blockSize;
		for (let at = start; at < start + this.blockSize; at++) {
			this.#use();
			this.bytes[at] = 0xff;
		}
	}

	write(offset: number, bytes: Uint8Array): void {
		if (offset + bytes.byteLength > this.byteLength) throw new Error("beyond the storage");
		for (let at = 0; at < bytes.byteLength; at++) {
			if (this.bytes[offset + at] !== 0xff) throw new Error(`${offset + at} is not erased`);
			this.#use();
			this.bytes[offset + at] = bytes[at]!;
		}
	}

	#use(): void {
		if (this.power-- <= 0) throw new Error("the power is gone");
	}
}
