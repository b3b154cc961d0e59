import Flash from "flash";
import type { Storage } from "../types.js";

/**
 * A data partition of the flash.
 * @param name As in partitions.csv.
 * @throws {Error} The flash has no such partition: it was laid out for another program.
 */
export function partition(name: string): Storage {
	const flash = new Flash(name);
	return {
		byteLength: flash.byteLength,
		blockSize: flash.blockSize,
		read: (offset, byteLength) => new Uint8Array(flash.read(offset, byteLength) as ArrayBuffer),
		erase: block => flash.erase(block),
		write: (offset, bytes) => flash.write(offset, bytes.byteLength, bytes),
	};
}
