// The four files that are written into a chip's flash: where each goes, and whether it is what it should be.

import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { tableOffset } from "./chips.mjs";
import { find, readTable } from "./partitions.mjs";

/** @typedef {import("./chips.mjs").Chip} Chip */
/** @typedef {import("./partitions.mjs").Partition} Partition */

/**
 * @typedef {object} Image
 * @property {string} kind `bootloader`, `partition-table`, `ota-data` or `app`.
 * @property {number} offset Address in flash.
 * @property {Buffer} bytes
 */

/** What an image is checked against. @typedef {{ chip: Chip, partitions: readonly Partition[], name: string, version: string }} Expected */

/** The files by kind, as mcconfig leaves them. */
export const files = {
	bootloader: "bootloader.bin",
	"partition-table": "partition-table.bin",
	"ota-data": "ota_data_initial.bin",
	app: "xs_esp32.bin",
};

/** @returns The files that `folder` lacks. */
export function missing(/** @type {string} */ folder) {
	return Object.values(files).filter(file => !existsSync(join(folder, file)));
}

/** @returns {Image[]} What mcconfig left in `folder`, in the flash's order. */
export function readImages(
	/** @type {string} */ folder,
	/** @type {Chip} */ chip,
	/** @type {readonly Partition[]} */ partitions,
) {
	/** @type {Record<string, number>} */
	const offsets = {
		bootloader: chip.bootloader,
		"partition-table": tableOffset,
		"ota-data": find(partitions, "otadata").offset,
		app: find(partitions, "ota_0").offset,
	};
	return Object.entries(files)
		.map(([kind, file]) => ({ kind, offset: offsets[kind] ?? 0, bytes: readFileSync(join(folder, file)) }))
		.sort((one, other) => one.offset - other.offset);
}

const MAGIC = 0xe9;
const FLASH_SIZE = 3;
const CHIP_ID = 12;
const DIGEST = 32;
const MB = 1 << 20;

/** @returns Why this boot loader is not the chip's, or cannot start from this flash. */
function checkBootloader(/** @type {Buffer} */ bytes, /** @type {Expected} */ { chip, partitions }) {
	if (bytes.length < 24 || bytes[0] !== MAGIC) return "it is no image";
	if (bytes.readUInt16LE(CHIP_ID) !== chip.id) return `it is for chip ${bytes.readUInt16LE(CHIP_ID)}`;
	const end = chip.bootloader + bytes.length;
	if (end > tableOffset) return `it ends at 0x${end.toString(16)}, beyond the partition table's begin`;
	const flash = (1 << (bytes.readUInt8(FLASH_SIZE) >> 4)) * MB;
	const needed = Math.max(...partitions.map(({ offset, size }) => offset + size));
	if (flash < needed) return `its header says ${flash / MB} MB of flash, and the partitions take ${needed / MB} MB`;
}

/** @returns Why this table is not that of partitions.csv. */
function checkTable(/** @type {Buffer} */ bytes, /** @type {Expected} */ { partitions }) {
	const list = (/** @type {readonly Partition[]} */ all) =>
		JSON.stringify([...all].sort((one, other) => one.offset - other.offset));
	if (list(readTable(bytes)) !== list(partitions)) return "it is not that of partitions.csv";
}

/** @returns Why this does not let the first slot start. */
function checkOTAData(/** @type {Buffer} */ bytes, /** @type {Expected} */ { partitions }) {
	const { size } = find(partitions, "otadata");
	if (bytes.length !== size) return `it has ${bytes.length} bytes, the partition ${size}`;
	if (bytes.some(byte => byte !== 0xff)) return "it is not blank";
}

/** @returns {Promise<string | undefined>} Why a device would refuse this app, by the device's own code. */
async function checkApp(/** @type {Buffer} */ bytes, /** @type {Expected} */ { chip, partitions, name, version }) {
	const { ImageReader } = await import(
		new URL("../../build/node/modules/update/image-reader.js", import.meta.url).href
	);
	for (const { name: slot, size } of partitions.filter(({ type }) => type === 0))
		if (bytes.length > size) return `it has ${bytes.length} bytes, and ${slot} takes ${size}`;
	const reader = new ImageReader({ chip: chip.id, program: name, size: bytes.length });
	const reason = reader.push(bytes) ?? reader.end();
	if (reason !== undefined) return reason;
	if (reader.descriptor.version !== version) return `it is version ${reader.descriptor.version}, not ${version}`;
	const digest = createHash("sha256").update(bytes.subarray(0, -DIGEST)).digest();
	if (!digest.equals(bytes.subarray(-DIGEST))) return "its digest is wrong";
}

/** @type {Record<string, (bytes: Buffer, expected: Expected) => string | undefined | Promise<string | undefined>>} */
const checks = { bootloader: checkBootloader, "partition-table": checkTable, "ota-data": checkOTAData, app: checkApp };

/** @returns One line for each image that must not be released. */
export async function problems(/** @type {readonly Image[]} */ images, /** @type {Expected} */ expected) {
	const lines = [];
	for (const { kind, bytes } of images) {
		const reason = await checks[kind]?.(bytes, expected);
		if (reason !== undefined) lines.push(`the ${kind} is refused: ${reason}`);
	}
	return lines;
}

/** Keys of a configuration that belong to one owner. */
const ownerKey = /"(\w*(?:ssid|password|secret|token)\w*)"\s*:/gi;

/** @returns The keys of the owner's in mc.config.js, the configuration that mcconfig put into the app. */
export function ownersKeys(/** @type {string} */ config) {
	return [...config.matchAll(ownerKey)].map(([, key = ""]) => key);
}
