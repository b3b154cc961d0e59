// The pins that the install page offers, by chip.

import { takes } from "../esp32/board.mjs";
import { chips } from "../release/chips.mjs";

/** @type {(first: number, last: number) => number[]} */
const range = (first, last) => Array.from({ length: last - first + 1 }, (_, at) => first + at);

/** The GPIOs of each chip that can be outputs (`SOC_GPIO_VALID_OUTPUT_GPIO_MASK` of ESP-IDF 6.0). @type {Record<string, number[]>} */
const outputs = {
	esp32: [...range(0, 23), ...range(25, 27), 32, 33],
	esp32s2: [...range(0, 21), ...range(26, 45)],
	esp32s3: [...range(0, 21), ...range(26, 48)],
	esp32c3: range(0, 21),
	esp32c6: range(0, 30),
};

/**
 * Pins whose level at a reset decides how the chip boots, where a sensor's pull-up could do harm (the chips' data sheets, "Strapping
 * Pins"). The C6's 4 and 5 and the ESP32's 5 are about SDIO alone.
 * @type {Record<string, number[]>}
 */
const strapping = {
	esp32: [0, 2, 12, 15],
	esp32s2: [0, 45, 46],
	esp32s3: [0, 3, 45, 46],
	esp32c3: [2, 8, 9],
	esp32c6: [8, 9, 15],
};

/** Pins that no common board leads out, or that feed the flash (`VDD_SPI`). @type {Record<string, number[]>} */
const absent = { esp32: [20], esp32c3: [11], esp32c6: [14, 27] };

/** As if the board had PSRAM: the page does not know. */
const sdkconfig = "CONFIG_SPIRAM=y\nCONFIG_SPIRAM_MODE_OCT=y\n";

/** @returns What site/firmware.ts calls a Board, for each chip. */
export function boards() {
	return chips.map(({ name, family }) => {
		const board = { chip: name, ownConfiguration: false, usb: true, sdkconfig };
		const avoided = [...(strapping[name] ?? []), ...(absent[name] ?? [])];
		const pins = (outputs[name] ?? []).filter(pin => !takes(pin, board) && !avoided.includes(pin));
		return { name, family, pins };
	});
}
