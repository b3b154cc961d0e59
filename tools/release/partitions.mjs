// The map of the flash, as partitions.csv has it and as ESP-IDF's partition-table.bin has it.

/**
 * @typedef {object} Partition
 * @property {string} name
 * @property {number} type 0 for an app, 1 for data.
 * @property {number} subtype
 * @property {number} offset Address in flash.
 * @property {number} size Bytes.
 */

/** Numbers by the names that ESP-IDF gives types and subtypes (`gen_esp32part.py`). @type {Record<string, number>} */
const types = { app: 0, data: 1 };
/** @type {Record<string, Record<string, number>>} */
const subtypes = {
	app: { factory: 0, ota_0: 0x10, ota_1: 0x11 },
	data: { ota: 0, phy: 1, nvs: 2 },
};

/** @returns {Partition[]} The rows of partitions.csv. @throws {Error} A row cannot be read. */
export function readCSV(/** @type {string} */ csv) {
	const rows = csv.split(/\r?\n/).filter(line => line.trim() !== "" && !line.startsWith("#"));
	return rows.map(row => {
		const [name = "", type = "", subtype = "", offset = "", size = ""] = row.split(",").map(cell => cell.trim());
		const partition = {
			name,
			type: types[type] ?? Number.NaN,
			subtype: subtypes[type]?.[subtype] ?? Number(subtype),
			offset: Number(offset || "none"),
			size: Number(size || "none"),
		};
		if (Object.values(partition).some(value => Number.isNaN(value)))
			throw new Error(`partitions.csv: "${row}" cannot be read`);
		return partition;
	});
}

const ENTRY = 32;
const MAGIC = 0x50aa;

/** @returns {Partition[]} The entries of partition-table.bin, up to its checksum. */
export function readTable(/** @type {Buffer} */ table) {
	/** @type {Partition[]} */
	const partitions = [];
	for (let at = 0; at + ENTRY <= table.length && table.readUInt16LE(at) === MAGIC; at += ENTRY)
		partitions.push({
			name: table.toString("latin1", at + 12, at + 28).replace(/\0.*$/, ""),
			type: table.readUInt8(at + 2),
			subtype: table.readUInt8(at + 3),
			offset: table.readUInt32LE(at + 4),
			size: table.readUInt32LE(at + 8),
		});
	return partitions;
}

/** @returns {Partition} @throws {Error} There is none of that name. */
export function find(/** @type {readonly Partition[]} */ partitions, /** @type {string} */ name) {
	const found = partitions.find(partition => partition.name === name);
	if (!found) throw new Error(`partitions.csv has no ${name}`);
	return found;
}
