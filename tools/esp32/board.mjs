// A board of the SDK: its chip, by its manifest, and the pins that the chip itself uses.

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * @typedef {object} Board
 * @property {string} chip As ESP-IDF names its targets: `esp32`, `esp32c3`, …
 * @property {boolean} ownConfiguration Whether it brings an `SDKCONFIGPATH`, which wins over the project's.
 * @property {boolean} usb Whether its console and debugger are on USB.
 * @property {string} sdkconfig Of the SDK for the chip, and of the board.
 */

/** "build" of a manifest, and of those in its folder that it includes. Its own wins. */
function buildOf(/** @type {string} */ path) {
	const { build = {}, include = [] } = JSON.parse(readFileSync(path, "utf8"));
	/** @type {Record<string, string>} */
	const all = {};
	for (const included of [include].flat())
		if (typeof included === "string" && included.startsWith("."))
			Object.assign(all, buildOf(join(dirname(path), included)));
	for (const [key, value] of Object.entries(build))
		all[key] = key === "SDKCONFIGPATH" ? join(dirname(path), value) : value;
	return all;
}

/**
 * @param platform As mcconfig's `-p` takes it: `esp32`, `esp32/esp32c3`, …
 * @returns {Board | undefined} `undefined` where the SDK has no such board.
 */
export function findBoard(/** @type {string} */ platform, /** @type {string} */ sdk) {
	const devices = join(sdk, "build/devices/esp32");
	const [, name] = platform.split("/");
	const manifest = name === undefined ? undefined : join(devices, "targets", name, "manifest.json");
	if (manifest !== undefined && !existsSync(manifest)) return;
	const build = manifest === undefined ? {} : buildOf(manifest);
	const chip = build.ESP32_SUBCLASS ?? "esp32";
	const folders = [join(devices, `xsProj-${chip}`), ...(build.SDKCONFIGPATH ? [build.SDKCONFIGPATH] : [])];
	return {
		chip,
		ownConfiguration: build.SDKCONFIGPATH !== undefined,
		usb: Number(build.USE_USB ?? 0) > 0,
		sdkconfig: folders
			.map(folder => join(folder, "sdkconfig.defaults"))
			.filter(file => existsSync(file))
			.map(file => readFileSync(file, "utf8"))
			.join("\n"),
	};
}

/** @returns The build's warning about a board with a configuration of its own; else `undefined`. */
export function warning(/** @type {string} */ platform, /** @type {Board} */ { ownConfiguration }) {
	if (!ownConfiguration) return;
	return `${platform} brings an ESP-IDF configuration of its own, which wins over the project's: no watchdog, no way back from a bad update, perhaps fewer connections and no serial console in a release build (docs/build.md)`;
}

/** @type {(first: number, last: number) => number[]} */
const range = (first, last) => Array.from({ length: last - first + 1 }, (_, at) => first + at);

/**
 * Pins by chip, of soc/spi_pins.h, soc/uart_pins.h and soc/io_mux_reg.h of ESP-IDF 6.0. `octal`: the further pins of an octal
 * PSRAM.
 * @type {Record<string, { flash: number[], psram: number[], octal?: number[], usb: number[], console: number[] }>}
 */
export const chipPins = {
	esp32: { flash: range(6, 11), psram: [16, 17], usb: [], console: [1, 3] },
	esp32s2: { flash: range(27, 32), psram: [26], usb: [19, 20], console: [43, 44] },
	esp32s3: { flash: range(27, 32), psram: [26], octal: range(33, 37), usb: [19, 20], console: [43, 44] },
	esp32c3: { flash: range(12, 17), psram: [], usb: [18, 19], console: [20, 21] },
	esp32c6: { flash: [24, 25, 26, 28, 29, 30], psram: [], usb: [12, 13], console: [16, 17] },
};

/** @returns {string | undefined} The board's own use of the pin. */
export function takes(/** @type {number} */ pin, /** @type {Board} */ { chip, usb, ownConfiguration, sdkconfig }) {
	const pins = chipPins[chip];
	if (!pins) return;
	if (pins.flash.includes(pin)) return "the flash";
	if (/^CONFIG_SPIRAM=y/m.test(sdkconfig)) {
		if (pins.psram.includes(pin)) return "the PSRAM";
		if (pins.octal?.includes(pin) && /^CONFIG_SPIRAM_MODE_OCT=y/m.test(sdkconfig)) return "the PSRAM";
	}
	// Only the S2's USB is off until the firmware uses it.
	if (pins.usb.includes(pin) && (usb || chip !== "esp32s2")) return "USB";
	// The project's release build prints on UART0 wherever the debugger is.
	if (pins.console.includes(pin) && !(usb && ownConfiguration)) return "the serial console";
}

/** @returns {string | undefined} One line about the first configured pin that the board itself uses. */
export function takenPin(
	/** @type {readonly { pin: number, powerPin?: number | undefined }[]} */ sensors,
	/** @type {string} */ platform,
	/** @type {Board} */ board,
) {
	for (const [index, { pin, powerPin }] of sensors.entries())
		for (const [key, number] of Object.entries({ pin, powerPin })) {
			const what = number === undefined ? undefined : takes(number, board);
			if (what) return `sensors[${index}].${key} is ${number}: ${what} of the ${board.chip} is there (${platform})`;
		}
}
