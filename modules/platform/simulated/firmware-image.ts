/** Makes firmware images that hold no program, for hosts that simulate and for tests. */

import { DIGEST, HEADER, imageLength, SEGMENT, segmentLength } from "../../update/image-reader.js";

export interface ImageOptions {
	/** ESP-IDF's number of the chip. */
	chip: number;
	/** With the version up to 30 bytes of ASCII. */
	program: string;
	version: string;
	/** When it was compiled: `Nov 27 2026`, `12:34:56`. */
	date: string;
	time: string;
	/** Bytes of each segment's data; the first has 256 at least, for the descriptor. */
	segments?: readonly number[];
	/** Up to 32 bytes of ASCII at the front of the second segment's data. */
	text?: string;
	/** 0: without a digest, as no chip takes it. @defaultValue 1 */
	hashAppended?: 0 | 1;
}

const descriptor = 256;
const MAX_TEXT = 32;

/** @param sha256 Of bytes. @returns An image as ESP-IDF's tools make them; update/image-reader.ts has its layout. */
export function makeImage(options: ImageOptions, sha256: (bytes: Uint8Array) => Uint8Array): Uint8Array {
	const { chip, segments = [descriptor, 64], text = "", hashAppended = 1 } = options;
	const end = segments.reduce((sum, size) => sum + SEGMENT + size, HEADER);
	const bytes = new Uint8Array(imageLength(end));
	const length = bytes.byteLength - DIGEST;
	const view = new DataView(bytes.buffer);
	bytes.set([0xe9, segments.length]);
	view.setUint16(12, chip, true);
	bytes[23] = hashAppended;
	let at = HEADER;
	let check = 0xef;
	for (const [index, size] of segments.entries()) {
		view.setUint32(at, 0x3c000000 + index * 0x10000, true);
		view.setUint32(at + 4, size, true);
		at += SEGMENT;
		for (let offset = 0; offset < size; offset++) bytes[at + offset] = (offset * 7 + index) & 0xff;
		if (index === 0) describe(bytes, options);
		if (index === 1) print(bytes, at, text);
		for (const byte of bytes.subarray(at, at + size)) check ^= byte;
		at += size;
	}
	bytes[length - 1] = check;
	bytes.set(sha256(bytes.subarray(0, length)), length);
	return bytes;
}

function describe(bytes: Uint8Array, { version, program, time, date }: ImageOptions): void {
	bytes.fill(0, 32, 32 + descriptor);
	new DataView(bytes.buffer).setUint32(32, 0xabcd5432, true);
	const fields: [number, string][] = [
		[48, `${program} ${version}`],
		[80, "xs_esp32"],
		[112, time],
		[128, date],
	];
	for (const [at, text] of fields) print(bytes, at, text);
}

function print(bytes: Uint8Array, at: number, text: string): void {
	for (let index = 0; index < text.length; index++) bytes[at + index] = text.charCodeAt(index);
}

/** @param read Reads a slot that holds an image. @returns The ASCII at the front of the second segment's data, up to 32 characters. */
export function readText(read: (offset: number, byteLength: number) => Uint8Array): string {
	const length = segmentLength(read(HEADER, SEGMENT));
	return String.fromCharCode(...read(HEADER + SEGMENT + length + SEGMENT, MAX_TEXT));
}
