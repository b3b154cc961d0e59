import { equal } from "node:assert/strict";
import { test } from "node:test";
import type { Firmware } from "../../../modules/platform/firmware.js";
import { makeImage } from "../../../modules/platform/simulated/firmware-image.js";
import { chipName } from "../../../modules/update/image-reader.js";
import { Updater } from "../../../modules/update/updater.js";
import { rejection } from "../../../www/forms/firmware-upload.js";

const chip = 5;
const slotSize = 4096;
const image = (of = chip) =>
	makeImage({ chip: of, program: "p", version: "1.0.0", date: "", time: "" }, () => new Uint8Array(32));

/** @returns What the device says of a file. */
function ofDevice(file: Uint8Array): string {
	const running = { version: "1.0.0", date: "", state: "valid" };
	const firmware = { chip, slotSize, running } as unknown as Firmware;
	try {
		const updater = new Updater({ firmware, program: "p", onActivated() {} });
		updater.begin({ size: file.byteLength, digest: file.slice(-32) }).write(file);
		return "";
	} catch (error) {
		return (error as Error).message;
	}
}

for (const [name, file] of [
	["a JPEG", Uint8Array.of(0xff, 0xd8, ...new Uint8Array(1000))],
	["an image of another chip", image(0)],
	["an image of a chip that nobody knows", image(0x1234)],
	["a file larger than the slot", new Uint8Array(slotSize + 1).fill(0xe9)],
] as const)
	test(`${name} is refused before it is sent, in the words of the device`, () => {
		const found = rejection(file.byteLength, file.subarray(0, 14), { chip: chipName(chip), slotSize });
		equal(found?.error, ofDevice(file));
		equal(found?.status, file.byteLength > slotSize ? 413 : 422);
	});

test("what is too short to be an image is refused, and an image of the device is not", () => {
	const device = { chip: chipName(chip), slotSize };
	for (const bytes of [[], [0xe9], image().subarray(0, 13)])
		equal(
			rejection(bytes.length, Uint8Array.from(bytes), device)?.error,
			"The image is refused: it is no firmware image.",
		);
	equal(rejection(image().byteLength, image().subarray(0, 14), device), undefined);
});
