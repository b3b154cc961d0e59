// The images of one chip, built anew and checked.

import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "../esp32/firmware.mjs";
import { missing, ownersKeys, problems, readImages } from "./images.mjs";

/** @typedef {import("./chips.mjs").Chip} Chip */

/**
 * @typedef {object} Built
 * @property {import("./images.mjs").Image[]} [images] Absent where they were not made, or must not be released.
 * @property {string[]} made The steps of the build without an error.
 * @property {string} reason Why there are no images.
 * @property {string} [failure] What is wrong, on lines, where no tool is missing.
 */

/** Removes what an earlier build left of a chip: it could be of another configuration, and have another date. */
function clean(/** @type {string} */ sdk, /** @type {Chip} */ { platform }, /** @type {string} */ name) {
	for (const kind of ["tmp", "bin"])
		rmSync(join(sdk, "build", kind, platform, "release", name), { recursive: true, force: true });
}

/** @returns The keys of an owner's configuration in the build. */
function keysIn(/** @type {string} */ sdk, /** @type {Chip} */ { platform }, /** @type {string} */ name) {
	const config = join(sdk, "build/tmp", platform, "release", name, "mc.config.js");
	return existsSync(config) ? ownersKeys(readFileSync(config, "utf8")) : [];
}

/**
 * Builds for a chip, as far as the tools go.
 * @param options The SDK's folder, lwIP's headers as of `build`, and what the images are checked against.
 * @returns {Promise<Built>}
 */
export async function buildImages(
	/** @type {Chip} */ chip,
	/** @type {Omit<import("./images.mjs").Expected, "chip"> & { sdk: string, headers: string | undefined }} */ options,
) {
	const { sdk, headers, ...expected } = options;
	clean(sdk, chip, expected.name);
	const { made, reason = "", failure, binaries } = build(chip.platform, sdk, [], headers);
	const failed = (/** @type {string} */ line) => ({ made, reason: "the build failed", failure: line });
	if (failure !== undefined) return failed(failure);
	const keys = keysIn(sdk, chip, expected.name);
	if (keys.length > 0)
		return failed(`${chip.name}: ${keys.join(", ")} is in the build, and a release is for everybody`);
	if (binaries === undefined) return { made, reason };
	const absent = missing(binaries);
	if (absent.length > 0) return failed(`${chip.name}: the build left no ${absent.join(", no ")}`);
	const images = readImages(binaries, chip, expected.partitions);
	const wrong = await problems(images, { chip, ...expected });
	return wrong.length > 0 ? failed(wrong.join("\n")) : { images, made, reason };
}
