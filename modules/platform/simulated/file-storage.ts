/** A file of the Moddable SDK that behaves as a partition of the chip's flash. */

import type { Storage } from "../storage.js";

/** Used of the SDK's `File`, opened for writing: that makes one that is not there. */
export interface BinaryFile {
	/** Bytes. */
	readonly length: number;
	position: number;
	/** Fewer bytes are returned at the end of the file. */
	read(type: ArrayBufferConstructor, byteLength: number): ArrayBuffer;
	write(bytes: ArrayBuffer): void;
}

const blockSize = 4096;

/**
 * A file that is new, or whose making was cut off, becomes erased flash behind what it has.
 * @param byteLength Whole blocks of 4096.
 * @throws {Error} The file is longer: it is something else, and left as it is. Or it cannot be written.
 */
export function fileStorage(file: BinaryFile, byteLength: number): Storage {
	const { length } = file;
	if (length > byteLength) throw new Error(`${length} bytes, not ${byteLength}: no state of this program`);
	const write = (offset: number, bytes: Uint8Array) => {
		if (offset < 0 || offset + bytes.byteLength > byteLength) throw new Error("beyond the storage");
		file.position = offset;
		file.write(bytes.slice().buffer);
	};
	for (let at = length; at < byteLength; ) {
		const size = Math.min(blockSize, byteLength - at);
		write(at, new Uint8Array(size).fill(0xff));
		at += size;
	}
	return {
		byteLength,
		blockSize,
		read(offset, size) {
			if (offset < 0 || offset + size > byteLength) throw new Error("beyond the storage");
			if (size === 0) return new Uint8Array(0);
			file.position = offset;
			const bytes = new Uint8Array(file.read(ArrayBuffer, size));
			if (bytes.byteLength < size) throw new Error("the file ends early");
			return bytes;
		},
		erase(block) {
			write(block * blockSize, new Uint8Array(blockSize).fill(0xff));
		},
		write,
	};
}
