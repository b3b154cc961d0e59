// The images of one chip, built anew and checked.

import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { findBoard, takenPin } from "../esp32/board.mjs";
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
 * @typedef {object} Options
 * @property {string} sdk The SDK's folder.
 * @property {string | undefined} headers As of `build`.
 * @property {{ pin: number }[]} sensors Of the configuration that everybody gets.
 */

/** @returns What forbids to release the build, a line each: a setting that did not reach it, a pin that the chip needs, an owner's keys. */
function problemsOf(
	/** @type {Chip} */ chip,
	/** @type {Options & { name: string }} */ { sdk, sensors, name },
	/** @type {import("../esp32/firmware.mjs").Reached} */ { configuration },
) {
	const board = findBoard(chip.platform, sdk);
	const taken = board && takenPin(sensors, chip.platform, board);
	const keys = keysIn(sdk, chip, name);
	return [
		...(configuration?.wrong ?? []),
		...(taken ? [taken] : []),
		...(keys.length > 0 ? [`${keys.join(", ")} is in the build, and a release is for everybody`] : []),
	];
}

/**
 * Builds for a chip, as far as the tools go.
 * @param options Those of the build, and what the images are checked against.
 * @returns {Promise<Built>}
 */
export async function buildImages(
	/** @type {Chip} */ chip,
	/** @type {Options & Omit<import("./images.mjs").Expected, "chip">} */ options,
) {
	const { sdk, headers, partitions, name, version } = options;
	clean(sdk, chip, name);
	const reached = build(chip.platform, sdk, [], headers);
	const { made, reason = "", failure, binaries } = reached;
	const failed = (/** @type {string[]} */ lines) => {
		return { made, reason: "the build failed", failure: lines.map(line => `${chip.name}: ${line}`).join("\n") };
	};
	if (failure !== undefined) return failed([failure]);
	const wrong = problemsOf(chip, options, reached);
	if (wrong.length > 0) return failed(wrong);
	if (binaries === undefined) return { made, reason };
	const absent = missing(binaries);
	if (absent.length > 0) return failed([`the build left no ${absent.join(", no ")}`]);
	const images = readImages(binaries, chip, partitions);
	const refused = await problems(images, { chip, partitions, name, version });
	return refused.length > 0 ? failed(refused) : { images, made, reason };
}
