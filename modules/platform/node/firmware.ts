/** The desktop's firmware: a file with the slots and the boot loader's records. */

import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { flashSize, openSlots, ownImage, type Slots } from "../simulated/slots.js";
import { fileStorage } from "./storage.js";

export const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash("sha256").update(bytes).digest());

/**
 * Starts as the boot loader does. A file that is not there is made, with the program itself in its first slot. Where an earlier version
 * of the program itself would run, the file is made anew, as a cable does.
 * @param path Of the file. @param version The program's own. @param restart Ends the process so that it is started again.
 * @throws {Error} One line: the file cannot be made, or is something else.
 */
export function fileFirmware(path: string, version: string, restart: () => void): Slots {
	const slots = open(path, version, restart);
	if (!slots.isOwn || slots.firmware.running.version === version) return slots;
	rmSync(path);
	return open(path, version, restart);
}

function open(path: string, version: string, restart: () => void): Slots {
	const storage = fileStorage(path, flashSize, { content: ownImage(version, sha256), kind: "firmware file" });
	try {
		return openSlots(storage, sha256, restart);
	} catch (error) {
		throw new Error(`${path}: ${(error as Error).message}; delete the file to begin anew`);
	}
}
