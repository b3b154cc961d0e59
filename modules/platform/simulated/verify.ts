/** Checks an image that a slot holds, as ESP-IDF's `esp_image_verify` does, for hosts that have no boot loader of their own. */

import {
	DIGEST,
	FRONT,
	HEADER,
	imageLength,
	readDescriptor,
	SEGMENT,
	segmentLength,
} from "../../update/image-reader.js";

const CHECK_SEED = 0xef;

export interface VerifiedImage {
	readonly version: string;
	readonly date: string;
	/** Its appended SHA-256. */
	readonly digest: Uint8Array;
}

/**
 * @param read Reads the slot. @param sha256 Of bytes.
 * @returns The image; `undefined` when there is none, its check byte or its digest is wrong, or it does not end within the slot.
 */
export function verifyImage(
	read: (offset: number, byteLength: number) => Uint8Array,
	slotSize: number,
	sha256: (bytes: Uint8Array) => Uint8Array,
): VerifiedImage | undefined {
	const descriptor = readDescriptor(read(0, FRONT));
	const length = descriptor && lengthIn(read, slotSize);
	if (!length) return undefined;
	const bytes = read(0, length);
	const content = bytes.subarray(0, length - DIGEST);
	const digest = bytes.slice(length - DIGEST);
	const found = sha256(content);
	if (found.some((byte, at) => byte !== digest[at]) || checkByte(content) !== content.at(-1)) return undefined;
	return { version: descriptor.version, date: descriptor.date, digest };
}

/** @returns Bytes of the image, digest included; `undefined` when its segments do not end within the slot. */
function lengthIn(read: (offset: number, byteLength: number) => Uint8Array, slotSize: number): number | undefined {
	const segments = read(1, 1)[0]!;
	let end = HEADER;
	for (let count = 0; count < segments; count++) {
		if (end + SEGMENT > slotSize) return undefined;
		end += SEGMENT + segmentLength(read(end, SEGMENT));
	}
	const length = imageLength(end);
	return length <= slotSize ? length : undefined;
}

/** All bytes of the segments' data, by exclusive or. */
function checkByte(content: Uint8Array): number {
	let check = CHECK_SEED;
	let at = HEADER;
	for (let count = 0; count < content[1]!; count++) {
		const end = at + SEGMENT + segmentLength(content.subarray(at));
		for (at += SEGMENT; at < end; at++) check ^= content[at]!;
	}
	return check;
}
