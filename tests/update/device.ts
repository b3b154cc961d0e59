import { sha256 } from "../../modules/auth/sha256.js";
import { SimulatedFirmware } from "../../modules/platform/simulated/firmware.js";
import { verifyImage } from "../../modules/platform/simulated/verify.js";
import { crc32 } from "../../modules/storage/crc32.js";
import { type Announced, Updater } from "../../modules/update/updater.js";
import { FakeStorage } from "../fakes/storage.js";
import { digestOf, makeImage, program } from "./image.js";

export const blockSize = 256;
export const slotSize = 4096;

/** Flash of two slots and the boot loader's records, with version 1.0.0 in the first slot, as a cable leaves it. */
export function flash(): FakeStorage {
	const storage = new FakeStorage((2 * slotSize) / blockSize + 2, blockSize);
	storage.write(0, makeImage({ version: "1.0.0" }));
	return storage;
}

/** The device starts. @param restart What a restart is. */
export function boot(storage: FakeStorage, restart: () => void = () => {}): SimulatedFirmware {
	return new SimulatedFirmware({
		storage,
		chip: 5,
		slotSize,
		verify: (read, size) => verifyImage(read, size, sha256),
		crc32: bytes => crc32(bytes, 0xffffffff),
		restart,
	});
}

export const announced = (image: Uint8Array): Announced => ({ size: image.byteLength, digest: digestOf(image) });

/** Uploads `image` in pieces. */
export function upload(firmware: SimulatedFirmware, image: Uint8Array, as = announced(image), piece = 100): void {
	const sent = new Updater({ firmware, program, onActivated() {} }).begin(as);
	for (let at = 0; at < image.byteLength; at += piece) sent.write(image.subarray(at, at + piece));
	sent.complete();
}
