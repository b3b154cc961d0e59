// The configuration of ESP-IDF that a build of the firmware adds: sdkconfig/, and the image's version in its descriptor.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root, writeIfChanged } from "./compile.mjs";

/** Bytes of the descriptor's field, without the zero at its end. */
const most = 31;

/**
 * Writes build/sdkconfig, which manifest.json names. All images of the SDK have the same project in their descriptor, so that the
 * version begins with the program's name: an update tells programs apart by it.
 * @throws {Error} Name and version of package.json are too long for the descriptor.
 */
export async function writeConfiguration() {
	const { name, version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
	const full = `${name} ${version}`;
	if (full.length > most)
		throw new Error(`package.json: "${full}" has ${full.length} characters; ${most} fit an image`);
	const descriptor = `\nCONFIG_APP_PROJECT_VER_FROM_CONFIG=y\nCONFIG_APP_PROJECT_VER="${full}"\n`;
	const read = (/** @type {string} */ file) => readFile(join(root, "sdkconfig", file), "utf8");
	const write = (/** @type {string} */ file, /** @type {string} */ text) =>
		writeIfChanged(join(root, "build/sdkconfig", file), Buffer.from(text));
	await write("sdkconfig.defaults", (await read("sdkconfig.defaults")) + descriptor);
	await write("sdkconfig.defaults.release", await read("sdkconfig.defaults.release"));
}
