// The chips that a release is made for.

/**
 * @typedef {object} Chip
 * @property {string} name As ESP-IDF names its targets.
 * @property {string} family As ESP Web Tools names them in a manifest.
 * @property {string} platform As mcconfig's `-p` takes it; none brings a configuration of its own.
 * @property {number} id In the header of its images (`esp_chip_id_t` of ESP-IDF).
 * @property {number} bootloader Address in flash where the ROM reads the boot loader (`CONFIG_BOOTLOADER_OFFSET_IN_FLASH`).
 */

/** @type {readonly Chip[]} */
export const chips = [
	{ name: "esp32", family: "ESP32", platform: "esp32", id: 0, bootloader: 0x1000 },
	{ name: "esp32s2", family: "ESP32-S2", platform: "esp32/saola_wroom", id: 2, bootloader: 0x1000 },
	{ name: "esp32s3", family: "ESP32-S3", platform: "esp32/esp32s3", id: 9, bootloader: 0 },
	{ name: "esp32c3", family: "ESP32-C3", platform: "esp32/esp32c3", id: 5, bootloader: 0 },
	{ name: "esp32c6", family: "ESP32-C6", platform: "esp32/esp32c6", id: 13, bootloader: 0 },
];

/** Address of the partition table on every chip (`CONFIG_PARTITION_TABLE_OFFSET`). */
export const tableOffset = 0x8000;
