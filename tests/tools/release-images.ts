// Stand-ins for the images that ESP-IDF makes.

import { readFileSync } from "node:fs";
import { makeImage } from "../update/image.js";

export const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };

/** The addresses of docs/release.md, by the board that stands for the chip. */
export const boards = {
	esp32: { chip: "esp32", family: "ESP32", id: 0, bootloader: 0x1000 },
	"esp32/saola_wroom": { chip: "esp32s2", family: "ESP32-S2", id: 2, bootloader: 0x1000 },
	"esp32/esp32s3": { chip: "esp32s3", family: "ESP32-S3", id: 9, bootloader: 0 },
	"esp32/esp32c3": { chip: "esp32c3", family: "ESP32-C3", id: 5, bootloader: 0 },
	"esp32/esp32c6": { chip: "esp32c6", family: "ESP32-C6", id: 13, bootloader: 0 },
};

/** The rows of partitions.csv: name, type, subtype, offset, size. */
export const rows = readFileSync("partitions.csv", "utf8")
	.split("\n")
	.filter(line => line !== "" && !line.startsWith("#"))
	.map(line => line.split(",").map(cell => cell.trim()));

const numbers: Record<string, number> = { app: 0, data: 1, nvs: 2, phy: 1, ota: 0, ota_0: 0x10, ota_1: 0x11 };

/** The table as ESP-IDF's gen_esp32part.py writes it, with its checksum. */
export function partitionTable(): Buffer {
	const table = Buffer.alloc(0xc00, 0xff);
	rows.forEach(([name = "", type = "", subtype = "", offset, size], index) => {
		const at = index * 32;
		table.fill(0, at, at + 32);
		table.writeUInt16LE(0x50aa, at);
		table.writeUInt8(numbers[type]!, at + 2);
		table.writeUInt8(numbers[subtype] ?? Number(subtype), at + 3);
		table.writeUInt32LE(Number(offset), at + 4);
		table.writeUInt32LE(Number(size), at + 8);
		table.write(name, at + 12, "latin1");
	});
	table.writeUInt16LE(0xebeb, rows.length * 32);
	return table;
}

export function bootloader(id: number, { size = 20_000, flashMB = 4 } = {}): Buffer {
	const bytes = Buffer.alloc(size, id);
	bytes[0] = 0xe9;
	bytes[3] = (Math.log2(flashMB) << 4) | 0xf;
	bytes.writeUInt16LE(id, 12);
	return bytes;
}

export const app = (chip: number, segments = [600, 300], of = version) => makeImage({ chip, version: of, segments });

/** @returns The images of the chip `id`, by the names that mcconfig gives them. */
export const images = (id: number, of = version): Record<string, Uint8Array> => ({
	"bootloader.bin": bootloader(id),
	"partition-table.bin": partitionTable(),
	"ota_data_initial.bin": Buffer.alloc(0x2000, 0xff),
	"xs_esp32.bin": app(id, undefined, of),
});
