// The image that `npm run update` sends: a file, or a build for the chip that the device says it is.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../compile.mjs";
import { findBoard } from "../esp32/board.mjs";
import { chips } from "../release/chips.mjs";
import { sdk } from "../sdk.mjs";
import { refuse } from "../words.mjs";

/** @returns What releases have for the chip that a device says it is. */
const known = (/** @type {string} */ chip) => chips.find(({ family }) => family === chip);

/** @returns {Uint8Array} The image in the file. Ends with one line where it cannot be read. */
export function readImage(/** @type {string} */ path) {
	try {
		return new Uint8Array(readFileSync(path));
	} catch (error) {
		return refuse(`${path}: cannot be read (${/** @type {NodeJS.ErrnoException} */ (error).code})`);
	}
}

/**
 * Builds the release. Ends with one line where the board has another chip or the build fails.
 * @param {string} chip As the device names it. @param {string | undefined} board As mcconfig's `-p` takes it.
 */
export function buildImage(chip, board) {
	const target = known(chip);
	if (target === undefined) return refuse(`the device's chip is ${chip}, which nothing here is built for`);
	const platform = board ?? target.platform;
	const folder = sdk();
	const found = findBoard(platform, folder);
	if (!found) return refuse(`-p ${platform}: the SDK in ${folder} has no such board`);
	if (found.chip !== target.name)
		return refuse(
			`-p ${platform} builds for ${found.chip}, and the device is an ${chip}: leave -p out, or name its board`,
		);
	const args = ["tools/mcconfig.mjs", "esp32:release", "-p", platform, "-t", "build"];
	const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
	if (status !== 0) return refuse(`the build for ${platform} has failed; its own lines are above`);
	const { NAME } = JSON.parse(readFileSync(join(root, "manifest.json"), "utf8")).build;
	return readImage(join(folder, "build/bin", platform, "release", NAME, "xs_esp32.bin"));
}

/**
 * @param {Uint8Array} image @param {import("./client.mjs").Firmware} device
 * @param {typeof import("../../modules/update/image-reader.js")} reader
 * @param {string} program
 * @returns {{ version: string, date: string }} What the image says of itself. Ends with one line where the device would refuse it.
 */
export function checkImage(image, { chip, slotSize }, { ImageReader }, program) {
	const read = new ImageReader({ chip: known(chip)?.id ?? -1, program, size: image.byteLength });
	const reason = read.push(image) ?? read.end();
	if (reason !== undefined) return refuse(`the image is refused: ${reason}`);
	if (image.byteLength > slotSize)
		return refuse(`the image has ${image.byteLength} bytes, and a slot of the device takes ${slotSize}`);
	const { version, date } = /** @type {import("../../modules/update/image-reader.js").Descriptor} */ (read.descriptor);
	return { version, date };
}
