// Firmware for a desktop host that is not running yet.

import { fileFirmware, sha256 } from "../../modules/platform/node/firmware.js";
import { type Behaviour, behaviourText } from "../../modules/platform/simulated/behaviour.js";
import { makeImage } from "../../modules/platform/simulated/firmware-image.js";
import { imageOptions } from "../../modules/platform/simulated/slots.js";
import { Updater } from "../../modules/update/updater.js";

const { program, ...rest } = imageOptions("");

/** The version of `testImage`. */
export const testVersion = "9.1.0";

/** @returns An image that the desktop host takes. */
export function testImage(behaviour: Behaviour, version = testVersion): Uint8Array {
	return makeImage({ ...rest, program, version, text: behaviourText(behaviour) }, sha256);
}

/** Has the file beside `state` start with such an image, as an upload does. @returns The version that would follow it. */
export function install(state: string, behaviour: Behaviour): string {
	const { firmware } = fileFirmware(`${state}.ota`, "1.0.0", () => {});
	const image = testImage(behaviour);
	const upload = new Updater({ firmware, program, onActivated() {} }).begin({
		size: image.byteLength,
		digest: image.slice(-32),
	});
	upload.write(image);
	upload.complete();
	return firmware.running.version;
}
