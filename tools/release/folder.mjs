// The folder of a release: the images, their sums, the manifest of ESP Web Tools, and the notes.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { notes } from "./notes.mjs";

/** @typedef {{ chip: import("./chips.mjs").Chip, images: import("./images.mjs").Image[] }} Build */

/** Seconds that the installer waits for the device's first response to Improv: it boots and scans in less. */
const improvWait = 10;

/** @returns The file's name: that of an update image is the program, the version and the chip alone. */
export function fileName(
	/** @type {string} */ name,
	/** @type {string} */ version,
	/** @type {string} */ chip,
	/** @type {string} */ kind,
) {
	return [name, version, chip, ...(kind === "app" ? [] : [kind])].join("-").concat(".bin");
}

/** @returns The manifest of ESP Web Tools; an update keeps the settings of a device whose Improv says the same name. */
export function manifest(
	/** @type {string} */ name,
	/** @type {string} */ version,
	/** @type {readonly Build[]} */ builds,
) {
	return {
		name,
		version,
		new_install_prompt_erase: true,
		new_install_improv_wait_time: improvWait,
		builds: builds.map(({ chip, images }) => ({
			chipFamily: chip.family,
			parts: images.map(({ kind, offset }) => ({ path: fileName(name, version, chip.name, kind), offset })),
		})),
	};
}

/** Every release has this file. */
const NOTES = "notes.md";

/** @returns Why a release cannot be in `folder`: it has something else in it. */
export function folderProblem(/** @type {string} */ folder) {
	const found = existsSync(folder) ? readdirSync(folder) : [];
	if (found.length > 0 && !found.includes(NOTES)) return `${folder} has no release in it, but ${found[0]}: remove it`;
}

/**
 * Writes the release into `folder`, in place of all that is there.
 * @param paragraphs Of the notes, before the files.
 * @returns {import("./notes.mjs").Listed[]} The images with their sizes and sums.
 */
export function writeRelease(
	/** @type {string} */ folder,
	/** @type {{ name: string, version: string }} */ { name, version },
	/** @type {readonly Build[]} */ builds,
	/** @type {string[]} */ paragraphs,
) {
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const write = (/** @type {string} */ path, /** @type {Uint8Array | string} */ bytes) =>
		writeFileSync(join(folder, path), bytes);
	const listed = builds.flatMap(({ chip, images }) =>
		images.map(({ kind, bytes }) => {
			const path = fileName(name, version, chip.name, kind);
			write(path, bytes);
			return { path, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
		}),
	);
	if (builds.length > 0) {
		write("manifest.json", `${JSON.stringify(manifest(name, version, builds), undefined, "\t")}\n`);
		write("SHA256SUMS", listed.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join(""));
	}
	write(NOTES, notes(paragraphs, listed));
	return listed;
}
