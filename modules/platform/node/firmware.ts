/** The desktop's firmware: a file with two slots and the boot loader's records, as the flash of an ESP32-C3 has them. */

import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { crc32 } from "../../storage/crc32.js";
import { verifyImage } from "../../update/verify.js";
import type { Firmware } from "../firmware.js";
import { SimulatedFirmware, type SimulatedFirmwareOptions } from "../simulated/firmware.js";
import { type ImageOptions, makeImage, readText } from "../simulated/firmware-image.js";
import { fileStorage } from "./storage.js";

const chip = 5;
/** Of partitions.csv. */
const slotSize = 0x1e0000;
const blockSize = 4096;

export const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash("sha256").update(bytes).digest());

/** Marks the image that stands for the program itself. */
const ownText = "the program itself;";

/** @returns Options of an image of this program for the desktop, compiled now. */
export function imageOptions(version: string, now = new Date()): ImageOptions {
	const [, month, day = "", year, time = ""] = now.toString().split(" ");
	return { chip, program: "dht-gauges", version, date: `${month} ${day.replace(/^0/, " ")} ${year}`, time };
}

export interface FileFirmware {
	firmware: Firmware;
	/** Of the image that runs. */
	text: string;
}

/**
 * Starts as the boot loader does. A file that is not there is made, with the program itself in its first slot. Where an earlier version
 * of the program itself would run, the file is made anew, as a cable does.
 * @param path Of the file. @param version The program's own. @param restart Ends the process so that it is started again.
 * @throws {Error} One line: the file cannot be made, or is something else.
 */
export function fileFirmware(path: string, version: string, restart: () => void): FileFirmware {
	const opened = open(path, version, restart);
	if (!opened.text.startsWith(ownText) || opened.firmware.running.version === version) return opened;
	rmSync(path);
	return open(path, version, restart);
}

function open(path: string, version: string, restart: () => void): FileFirmware {
	const content = makeImage({ ...imageOptions(version), text: ownText }, sha256);
	const storage = fileStorage(path, 2 * (slotSize + blockSize), { content, kind: "firmware file" });
	const firmware = boot(path, {
		storage,
		chip,
		slotSize,
		verify: (read, size) => verifyImage(read, size, sha256),
		crc32: bytes => crc32(bytes, 0xffffffff),
		restart,
	});
	const from = firmware.slot * slotSize;
	return { firmware, text: readText((offset, byteLength) => storage.read(from + offset, byteLength)) };
}

function boot(path: string, options: SimulatedFirmwareOptions): SimulatedFirmware {
	try {
		return new SimulatedFirmware(options);
	} catch (error) {
		throw new Error(`${path}: ${(error as Error).message}; delete the file to begin anew`);
	}
}
