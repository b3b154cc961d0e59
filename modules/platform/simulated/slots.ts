/** The firmware of a host that stands for an ESP32-C3: its flash, and the image that stands for the program itself. */

import { crc32 } from "../../storage/crc32.js";
import type { Storage } from "../storage.js";
import { SimulatedFirmware } from "./firmware.js";
import { type ImageOptions, makeImage, readText } from "./firmware-image.js";
import { verifyImage } from "./verify.js";

type Hash = (bytes: Uint8Array) => Uint8Array;

const chip = 5;
/** Of partitions.csv. */
const slotSize = 0x1e0000;
/** Of the flash, which holds two slots and two records. */
export const blockSize = 4096;
export const flashSize = 2 * (slotSize + blockSize);

/** Marks the image that stands for the program itself. */
const ownText = "the program itself;";

/** @returns Options of an image of this program, compiled now. */
export function imageOptions(version: string, now = new Date()): ImageOptions {
	const [, month, day = "", year, time = ""] = now.toString().split(" ");
	return { chip, program: "dht-gauges", version, date: `${month} ${day.replace(/^0/, " ")} ${year}`, time };
}

/** @returns The image of the program that runs. */
export const ownImage = (version: string, sha256: Hash): Uint8Array =>
	makeImage({ ...imageOptions(version), text: ownText }, sha256);

export interface Slots {
	firmware: SimulatedFirmware;
	/** Of the image that runs. */
	text: string;
	/** Whether that stands for the program itself. */
	isOwn: boolean;
}

/** Starts as the boot loader does. @param restart As of `Firmware`. @throws {Error} No slot holds a whole image. */
export function openSlots(storage: Storage, sha256: Hash, restart: () => void): Slots {
	const firmware = new SimulatedFirmware({
		storage,
		chip,
		slotSize,
		verify: (read, size) => verifyImage(read, size, sha256),
		crc32: bytes => crc32(bytes, 0xffffffff),
		restart,
	});
	const from = firmware.slot * slotSize;
	const text = readText((offset, byteLength) => storage.read(from + offset, byteLength));
	return { firmware, text, isOwn: text.startsWith(ownText) };
}
