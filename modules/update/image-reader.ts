/**
 * Reads an application image of ESP-IDF as it arrives, and tells what it is before any of it is written. An image is (ESP-IDF, "App Image
 * Format"; `esp_app_format.h`, `esp_app_desc.h`), little-endian:
 *
 *     0    magic 0xE9, number of segments (1 to 16)
 *     12   chip id, u16
 *     23   1: a SHA-256 of all before it is appended
 *     24   segments, each: load address u32, length u32, data
 *     32   the first segment's data, which begin with the descriptor: magic 0xABCD5432, version at 48, project at 80, 32 bytes each,
 *          time of compilation at 112, date at 128, 16 bytes each
 *     …    zeros and a check byte, up to a multiple of 16; the SHA-256
 */

export interface ExpectedImage {
	/** ESP-IDF's number of the chip that it must be for. */
	readonly chip: number;
	/** The program that it must be: all images that the SDK builds name the same project, so the version begins with the program's name. */
	readonly program: string;
	/** Bytes that were announced. */
	readonly size: number;
}

/** Bytes at the front that tell all but the length. */
export const FRONT = 144;
const MAGIC = 0xe9;
const MOST_SEGMENTS = 16;
const CHIP = 12;
const HASH_APPENDED = 23;
/** Bytes of the header, and of a segment's header. */
export const HEADER = 24;
export const SEGMENT = 8;
const DESCRIPTOR = 32;
const DESCRIPTOR_MAGIC = 0xabcd5432;
const VERSION = 48;
const PROJECT = 80;
const TIME = 112;
const DATE = 128;
const ALIGNMENT = 16;
/** Bytes of the SHA-256. */
export const DIGEST = 32;

/** As esptool names the chips, by ESP-IDF's numbers of them. */
const chipNames: Readonly<Record<number, string>> = Object.freeze(
	{ 0: "ESP32", 2: "ESP32-S2", 5: "ESP32-C3", 9: "ESP32-S3", 13: "ESP32-C6" },
	true,
);

/** @returns The chip's name, or its number where it has none here. */
export const chipName = (chip: number): string => chipNames[chip] ?? `chip ${chip}`;

/** @param end Where the last segment's data end. @returns Bytes of the image, digest included. */
export const imageLength = (end: number): number => Math.ceil((end + 1) / ALIGNMENT) * ALIGNMENT + DIGEST;

/** @param header Of a segment. @returns Bytes of its data. */
export const segmentLength = (header: Uint8Array): number =>
	new DataView(header.buffer, header.byteOffset, SEGMENT).getUint32(4, true);

/** What an image says of itself. */
export interface Descriptor {
	/** The name before the version; empty where there is none. */
	readonly program: string;
	readonly version: string;
	/** When it was compiled: `Nov 27 2026 01:43:54`. */
	readonly date: string;
}

/** @param front At least the `FRONT` bytes at an image's beginning. @returns `undefined` when there is no descriptor. */
export function readDescriptor(front: Uint8Array): Descriptor | undefined {
	const view = new DataView(front.buffer, front.byteOffset, front.byteLength);
	if (front[0] !== MAGIC || view.getUint32(DESCRIPTOR, true) !== DESCRIPTOR_MAGIC) return undefined;
	const tokens = fixedText(front, VERSION, PROJECT).split(" ");
	return {
		program: tokens.length > 1 ? tokens[0]! : "",
		version: tokens.at(-1)!,
		date: `${fixedText(front, DATE, FRONT)} ${fixedText(front, TIME, DATE)}`,
	};
}

/** @returns The text up to the first zero; what is not printing ASCII becomes `?`. */
function fixedText(bytes: Uint8Array, from: number, to: number): string {
	let text = "";
	for (let at = from; at < to && bytes[at] !== 0; at++) {
		const byte = bytes[at]!;
		text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "?";
	}
	return text;
}

/** Checks an image that arrives in pieces of any size. */
export class ImageReader {
	#expected: ExpectedImage;
	#received = 0;
	#front = new Uint8Array(FRONT);
	#descriptor: Descriptor | undefined;
	#segmentsLeft = 0;
	/** Where the next segment's header begins; after the last segment, where its data end. */
	#next = HEADER;
	/** Bytes of the next segment's data, as far as its header has been read. */
	#dataLength = 0;

	constructor(expected: ExpectedImage) {
		this.#expected = expected;
	}

	/** The image's first bytes, once they are there: nothing before them may be written. */
	get front(): Uint8Array | undefined {
		return this.#descriptor && this.#front;
	}

	/** What the image says of itself, once its front is there. */
	get descriptor(): Descriptor | undefined {
		return this.#descriptor;
	}

	/** @returns Why the image is refused, on one line; `undefined` while nothing speaks against it. */
	push(bytes: Uint8Array): string | undefined {
		const { size } = this.#expected;
		if (this.#received + bytes.byteLength > size) return `it is longer than the ${size} bytes announced`;
		const offset = this.#received;
		this.#received += bytes.byteLength;
		if (offset >= FRONT) return this.#readSegments(bytes, offset);
		const rest = bytes.subarray(FRONT - offset);
		this.#front.set(bytes.subarray(0, FRONT - offset), offset);
		if (this.#received > 0 && this.#front[0] !== MAGIC) return "it is no firmware image";
		if (this.#received < FRONT) return undefined;
		return this.#readFront() ?? this.#readSegments(this.#front, 0) ?? this.#readSegments(rest, FRONT);
	}

	/** @returns Why an image that has arrived whole is refused. */
	end(): string | undefined {
		const { size } = this.#expected;
		if (this.#received < FRONT) return "it is no firmware image";
		return this.#received < size ? `it ends after ${this.#received} of ${size} bytes` : undefined;
	}

	#readFront(): string | undefined {
		const { chip, program } = this.#expected;
		const view = new DataView(this.#front.buffer);
		const segments = this.#front[1]!;
		const descriptor = readDescriptor(this.#front);
		if (!descriptor || segments < 1 || segments > MOST_SEGMENTS) return "it is no firmware image";
		const found = view.getUint16(CHIP, true);
		if (found !== chip) return `it is for ${chipName(found)}, this is ${chipName(chip)}`;
		if (descriptor.program !== program)
			return `it is another program (${descriptor.program || descriptor.version}), this is ${program}`;
		if (this.#front[HASH_APPENDED] !== 1) return "it has no appended digest";
		this.#segmentsLeft = segments;
		this.#descriptor = descriptor;
		return undefined;
	}

	/** Follows the segments' headers in `bytes`, which begin at `offset` of the image. */
	#readSegments(bytes: Uint8Array, offset: number): string | undefined {
		const end = offset + bytes.byteLength;
		while (this.#segmentsLeft > 0 && this.#next < end) {
			const from = Math.max(this.#next, offset);
			const to = Math.min(this.#next + SEGMENT, end);
			for (let at = Math.max(from, this.#next + 4); at < to; at++)
				this.#dataLength += bytes[at - offset]! * 2 ** (8 * (at - this.#next - 4));
			if (to < this.#next + SEGMENT) return undefined;
			this.#next = to + this.#dataLength;
			this.#dataLength = 0;
			this.#segmentsLeft--;
			const reason = this.#checkLength();
			if (reason !== undefined) return reason;
		}
		return undefined;
	}

	#checkLength(): string | undefined {
		const { size } = this.#expected;
		const length = imageLength(this.#next);
		if (length > size) return `its segments take more than the ${size} bytes announced`;
		if (this.#segmentsLeft === 0 && length < size) return `it has ${length} bytes, ${size} were announced`;
		return undefined;
	}
}
