import { deepEqual, equal, throws } from "node:assert/strict";
import { test } from "node:test";
import { type BinaryFile, fileStorage } from "../../../modules/platform/simulated/file-storage.js";

/** A file in memory that reads and writes as the SDK's on Linux does. */
class MemoryFile implements BinaryFile {
	position = 0;
	bytes = new Uint8Array(0);
	/** Bytes that the disk takes. */
	capacity = Number.POSITIVE_INFINITY;

	get length(): number {
		return this.bytes.byteLength;
	}

	read(_: ArrayBufferConstructor, byteLength: number): ArrayBuffer {
		if (this.position >= this.length) throw new Error("read past end of file");
		const piece = this.bytes.slice(this.position, this.position + byteLength);
		this.position += piece.byteLength;
		return piece.buffer;
	}

	write(buffer: ArrayBuffer): void {
		const end = this.position + buffer.byteLength;
		if (end > this.capacity) throw new Error("file write failed");
		const bytes = new Uint8Array(Math.max(this.length, end));
		bytes.set(this.bytes);
		bytes.set(new Uint8Array(buffer), this.position);
		this.bytes = bytes;
		this.position = end;
	}
}

const size = 3 * 4096;
const all = (bytes: Uint8Array, value: number) => bytes.every(byte => byte === value);

test("a new file is erased flash, and what is written is there when it is opened again", () => {
	const file = new MemoryFile();
	const storage = fileStorage(file, size);
	deepEqual([storage.byteLength, storage.blockSize, file.length], [size, 4096, size]);
	equal(all(storage.read(0, size), 0xff), true);
	storage.write(4090, Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8));
	deepEqual(fileStorage(file, size).read(4089, 10), Uint8Array.of(0xff, 1, 2, 3, 4, 5, 6, 7, 8, 0xff));
});

test("a block that is erased takes no other with it", () => {
	const file = new MemoryFile();
	const storage = fileStorage(file, size);
	storage.write(0, new Uint8Array(size).fill(7));
	storage.erase(1);
	equal(all(storage.read(0, 4096), 7), true);
	equal(all(storage.read(4096, 4096), 0xff), true);
	equal(all(storage.read(8192, 4096), 7), true);
});

test("what is a part of other bytes is written without them", () => {
	const storage = fileStorage(new MemoryFile(), size);
	storage.write(0, Uint8Array.of(1, 2, 3, 4).subarray(1, 3));
	deepEqual(storage.read(0, 3), Uint8Array.of(2, 3, 0xff));
});

test("a file whose making was cut off is made whole, and keeps what it has", () => {
	const file = new MemoryFile();
	file.capacity = 5000;
	throws(() => fileStorage(file, size), /file write failed/);
	equal(file.length, 4096);
	file.bytes[7] = 1;
	file.capacity = size;
	const storage = fileStorage(file, size);
	equal(file.length, size);
	deepEqual(storage.read(6, 3), Uint8Array.of(0xff, 1, 0xff));
});

test("a file that is longer is something else", () => {
	const file = new MemoryFile();
	file.bytes = new Uint8Array(size + 1).fill(9);
	throws(() => fileStorage(file, size), /12289 bytes, not 12288: no state/);
	equal(all(file.bytes, 9), true);
});

test("nothing is read or written beyond its end", () => {
	const storage = fileStorage(new MemoryFile(), size);
	throws(() => storage.read(size - 1, 2), /beyond the storage/);
	throws(() => storage.write(size - 1, Uint8Array.of(1, 2)), /beyond the storage/);
	throws(() => storage.erase(3), /beyond the storage/);
	deepEqual(storage.read(size, 0), new Uint8Array(0));
});
