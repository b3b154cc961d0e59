import { closeSync, existsSync, fstatSync, openSync, readSync, writeSync } from "node:fs";
import type { Storage } from "../types.js";

const blockSize = 4096;

/**
 * A file that behaves as the chip's data partition; made where there is none.
 * @param byteLength Whole blocks of 4096.
 * @throws {Error} One line: the file cannot be opened, or is something else.
 */
export function fileStorage(path: string, byteLength: number): Storage {
	const file = open(path);
	const { size } = fstatSync(file);
	if (size === 0) writeSync(file, new Uint8Array(byteLength).fill(0xff), 0, byteLength, 0);
	else if (size !== byteLength) {
		closeSync(file);
		throw new Error(`${path}: not a state file (${size} bytes, not ${byteLength}); it is left as it is`);
	}
	return {
		byteLength,
		blockSize,
		read(offset, length) {
			const bytes = new Uint8Array(length);
			readSync(file, bytes, 0, length, offset);
			return bytes;
		},
		erase(block) {
			writeSync(file, new Uint8Array(blockSize).fill(0xff), 0, blockSize, block * blockSize);
		},
		write(offset, bytes) {
			writeSync(file, bytes, 0, bytes.byteLength, offset);
		},
	};
}

function open(path: string): number {
	try {
		return openSync(path, existsSync(path) ? "r+" : "wx+");
	} catch (error) {
		throw new Error(`${path}: cannot be opened (${(error as NodeJS.ErrnoException).code})`);
	}
}
