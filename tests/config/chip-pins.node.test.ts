// Every pin of the five chips against ESP-IDF's tables: what is refused, what is warned of, what is free, and why.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { chipPins, isRefused, maxPin, type PinUse, pinUse, usablePins } from "../../modules/config/chip-pins.js";

const chips = Object.keys(chipPins);
const all = Array.from({ length: maxPin + 1 }, (_, pin) => pin);

/** @returns The pins in `1, 3, 6-11`. */
function pinsIn(list: string): number[] {
	return list.split(", ").flatMap(item => {
		const [first = Number.NaN, last = first] = item.split("-").map(Number);
		return Array.from({ length: last - first + 1 }, (_, at) => first + at);
	});
}

/** The column "Comments" of docs/en/api-reference/peripherals/gpio/CHIP.inc of ESP-IDF, and the chip's pins as its first sentence has them. */
const documented: Readonly<Record<string, { pins: string; comments: Readonly<Record<string, string>> }>> = {
	esp32: {
		pins: "0-19, 21-23, 25-27, 32-39",
		comments: { "Strapping pin": "0, 2, 5, 12, 15", "SPI0/1": "6-11, 16-17", GPI: "34-39", TXD: "1", RXD: "3" },
	},
	esp32s2: { pins: "0-21, 26-46", comments: { "Strapping pin": "0, 45, 46", "SPI0/1": "26-32", GPI: "46" } },
	esp32s3: {
		pins: "0-21, 26-48",
		comments: { "Strapping pin": "0, 3, 45, 46", "SPI0/1": "26-37", "USB-JTAG": "19, 20" },
	},
	esp32c3: { pins: "0-21", comments: { "Strapping pin": "2, 8, 9", "SPI0/1": "12-17", "USB-JTAG": "18, 19" } },
	esp32c6: {
		pins: "0-30",
		comments: { "Strapping pin": "4, 5, 8, 9, 15", "SPI0/1": "24-30", "USB-JTAG": "12, 13" },
	},
};

/** What a comment may make of a pin. */
const meanings: Readonly<Record<string, readonly PinUse[]>> = {
	"Strapping pin": ["strapping", "input"],
	"SPI0/1": ["flash", "psram"],
	"USB-JTAG": ["usb"],
	GPI: ["input"],
	TXD: ["console"],
	RXD: ["console"],
};

const verdicts: Readonly<Record<string, Partial<Record<PinUse | "free", string>>>> = {
	esp32: {
		free: "4, 13-14, 18-19, 21-23, 25-27, 32-33",
		...{ strapping: "0, 2, 5, 12, 15", psram: "16-17", rare: "20" },
		...{ flash: "6-11", console: "1, 3", input: "34-39", absent: "24, 28-31, 40-48" },
	},
	esp32s2: {
		free: "1-18, 21, 33-42",
		...{ strapping: "0, 45", psram: "26", otg: "19-20" },
		...{ flash: "27-32", console: "43-44", input: "46", absent: "22-25, 47-48" },
	},
	esp32s3: {
		free: "1-2, 4-18, 21, 38-42, 47-48",
		...{ strapping: "0, 3, 45-46", psram: "26, 33-37" },
		...{ flash: "27-32", usb: "19-20", console: "43-44", absent: "22-25" },
	},
	esp32c3: {
		free: "0-1, 3-7, 10",
		...{ strapping: "2, 8-9", rare: "11" },
		...{ flash: "12-17", usb: "18-19", console: "20-21", absent: "22-48" },
	},
	esp32c6: {
		free: "0-3, 6-7, 10-11, 18-23",
		...{ strapping: "4-5, 8-9, 15", rare: "14" },
		...{ flash: "24-30", usb: "12-13", console: "16-17", absent: "31-48" },
	},
};

test("the five chips of the release are in the table, each pin with one verdict", () => {
	assert.deepEqual(chips, ["esp32", "esp32s2", "esp32s3", "esp32c3", "esp32c6"]);
	for (const chip of chips)
		for (const use of [...Object.keys(verdicts[chip]!), "free"] as (PinUse | "free")[])
			assert.deepEqual(
				all.filter(pin => (pinUse(chip, pin) ?? "free") === use),
				pinsIn(verdicts[chip]![use]!),
				`${chip} ${use}`,
			);
});

test("the pins that a sensor can have are the free ones, and those that are warned of", () => {
	for (const chip of chips) {
		const { flash = "", usb = "", console = "", input = "", absent = "" } = verdicts[chip]!;
		const refused = [flash, usb, console, input, absent].filter(Boolean).flatMap(pinsIn);
		assert.deepEqual(
			usablePins(chip),
			all.filter(pin => !refused.includes(pin)),
		);
	}
});

for (const chip of chips)
	test(`${chip}: every comment of ESP-IDF's programming guide has its meaning`, () => {
		const { pins, comments } = documented[chip]!;
		const present = pinsIn(pins);
		const commented = new Map<number, readonly PinUse[]>();
		for (const [comment, list] of Object.entries(comments))
			for (const pin of pinsIn(list)) commented.set(pin, meanings[comment]!);
		for (const pin of all) {
			const use = pinUse(chip, pin);
			const allowed = commented.get(pin) ?? ["console", "otg", "rare", undefined];
			if (present.includes(pin))
				assert.ok(
					allowed.some(one => one === use),
					`GPIO ${pin}: ${use}`,
				);
			else assert.ok(use === "absent" || use === "rare", `GPIO ${pin}: ${use}`);
		}
	});

test("a chip that is not in the table takes any pin", () => {
	assert.equal(pinUse("esp32h2", 27), undefined);
	assert.ok(!isRefused(undefined));
});

const idf = process.env.IDF_PATH ?? "";
const skip = existsSync(join(idf, "components/soc")) ? false : "no ESP-IDF";

/** @returns A mask of soc_caps.h. */
function maskOf(source: string, name: string): bigint {
	const [, expression = ""] = new RegExp(`#define ${name}\\s+(.+)`).exec(source) ?? [];
	const [, count = "0"] = /#define SOC_GPIO_PIN_COUNT\s+\(?(\d+)/.exec(source) ?? [];
	if (/SOC_GPIO_VALID_GPIO_MASK/.test(expression) && !name.endsWith("VALID_GPIO_MASK")) {
		const without = [...expression.matchAll(/BIT(\d+)/g)].reduce((bits, [, bit]) => bits | (1n << BigInt(bit!)), 0n);
		return maskOf(source, "SOC_GPIO_VALID_GPIO_MASK") & ~without;
	}
	const whole = (1n << BigInt(count)) - 1n;
	return [...expression.matchAll(/BIT(\d+)/g)].reduce((bits, [, bit]) => bits & ~(1n << BigInt(bit!)), whole);
}

/** @returns The pins that the header of a component defines, each `#define` whose name matches `name` with its number. */
function definedPins(path: string, name: string): number[] {
	const file = join(idf, "components", path);
	const source = existsSync(file) ? readFileSync(file, "utf8") : "";
	return [...source.matchAll(new RegExp(`#define ${name}\\s+(\\d+)`, "g"))].map(([, pin]) => Number(pin));
}

for (const chip of chips)
	test(`${chip}: flash, PSRAM and USB are where ESP-IDF's headers have them`, { skip }, () => {
		const memory = `esp_hal_gpspi/${chip}/include/soc/spi_pins.h`;
		const flash = definedPins(memory, "MSPI_IOMUX_PIN_NUM_(?:CS0|CLK|MISO|MOSI|WP|HD)");
		assert.equal(flash.length, 6);
		for (const pin of flash) assert.equal(pinUse(chip, pin), "flash", `GPIO ${pin}`);
		// The other pins of an octal PSRAM: the S2 has a controller for it, and no modules.
		const lines = chip === "esp32s2" ? "CS1" : "CS1|D[4-7]|DQS";
		for (const pin of definedPins(memory, `MSPI_IOMUX_PIN_NUM_(?:${lines})`))
			assert.equal(pinUse(chip, pin), "psram", `GPIO ${pin}`);
		const usb = [
			...definedPins(`soc/${chip}/include/soc/usb_pins.h`, "USBPHY_D[MP]_NUM"),
			...definedPins(`soc/${chip}/register/soc/io_mux_reg.h`, "USB_INT_PHY0_D[MP]_GPIO_NUM"),
		];
		assert.equal(usb.length > 0, chip !== "esp32");
		for (const pin of usb) assert.equal(pinUse(chip, pin), chip === "esp32s2" ? "otg" : "usb", `GPIO ${pin}`);
	});

for (const chip of chips)
	test(`${chip}: pins, outputs, USB and console are those of ESP-IDF's headers`, { skip }, () => {
		const header = (name: string) => {
			const path = join(idf, `components/soc/${chip}/include/soc/${name}`);
			return existsSync(path) ? readFileSync(path, "utf8") : "";
		};
		const caps = header("soc_caps.h");
		const has = (mask: bigint, pin: number) => ((mask >> BigInt(pin)) & 1n) === 1n;
		const valid = maskOf(caps, "SOC_GPIO_VALID_GPIO_MASK");
		const outputs = maskOf(caps, "SOC_GPIO_VALID_OUTPUT_GPIO_MASK");
		for (const pin of all) {
			const use = pinUse(chip, pin);
			assert.equal(use !== "absent", has(valid, pin), `GPIO ${pin}`);
			if (use !== "absent") assert.equal(use !== "input", has(outputs, pin), `GPIO ${pin}`);
		}
		const uart = header("uart_pins.h");
		for (const name of ["U0TXD_GPIO_NUM", "U0RXD_GPIO_NUM"]) {
			const [, pin = ""] = new RegExp(`#define ${name}\\s+\\(?(\\d+)`).exec(uart) ?? [];
			assert.equal(pinUse(chip, Number(pin)), "console", `${name} ${pin}`);
		}
		if (!/SOC_USB_SERIAL_JTAG_SUPPORTED\s+\(?1/.test(caps)) assert.ok(!all.some(pin => pinUse(chip, pin) === "usb"));
	});

test("the build refuses what the device refuses, but for the consoles and PSRAM that a board's configuration decides", async () => {
	const { chipPins: built }: typeof import("../../tools/esp32/board.mjs") = await import(
		pathToFileURL("tools/esp32/board.mjs").href
	);
	assert.deepEqual(Object.keys(built), chips);
	for (const chip of chips) {
		const { flash, usb, console: serial, psram, octal = [] } = built[chip]!;
		const among = (use: PinUse) => all.filter(pin => pinUse(chip, pin) === use);
		for (const pin of flash) assert.equal(pinUse(chip, pin), "flash");
		assert.deepEqual(serial, among("console"));
		assert.deepEqual(usb, chip === "esp32s2" ? among("otg") : among("usb"));
		assert.deepEqual([...psram, ...octal], among("psram"));
	}
});
