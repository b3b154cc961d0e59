import Flash from "flash";
import type { Storage } from "../storage.js";

/** @returns The flash's data partition `name` of partitions.csv; `undefined`, with a line, where the flash was laid out without it. */
export function partition(name: string, log: (line: string) => void): Storage | undefined {
	try {
		const flash = new Flash(name);
		return {
			byteLength: flash.byteLength,
			blockSize: flash.blockSize,
			read: (offset, byteLength) => new Uint8Array(flash.read(offset, byteLength) as ArrayBuffer),
			erase: block => flash.erase(block),
			write: (offset, bytes) => flash.write(offset, bytes.byteLength, bytes),
		};
	} catch (error) {
		log(`nothing will outlast a restart: partition ${name}: ${(error as Error).message}`);
		return undefined;
	}
}
