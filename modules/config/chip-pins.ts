/**
 * The pins of each chip that a sensor can have, and what stands against the others. Sources, of ESP-IDF 6.0: `soc/soc_caps.h` (pins and
 * outputs), `soc/uart_pins.h` (console), `soc/spi_pins.h` (flash, PSRAM), `soc/usb_pins.h` and `soc/io_mux_reg.h` (USB), and the tables of
 * its programming guide on GPIO (strapping). The page bundles this file, which therefore imports nothing.
 */

/** From the first pin to the last. */
type Range = readonly [first: number, last: number];

interface ChipPins {
	/** As its maker writes it. */
	readonly name: string;
	readonly pins: readonly Range[];
	/** Those that cannot be outputs. */
	readonly input: readonly Range[];
	readonly flash: readonly Range[];
	/** Of a USB serial port that is always there. */
	readonly usb: readonly Range[];
	/** UART0. */
	readonly console: readonly Range[];
	/** Those whose level at a reset decides how the chip boots. */
	readonly strapping: readonly Range[];
	/** Taken on modules that have PSRAM. */
	readonly psram: readonly Range[];
	/** Taken where the firmware uses USB. */
	readonly otg: readonly Range[];
	/** Led out by few modules, or the supply of the flash. */
	readonly rare: readonly Range[];
}

const one = (pin: number): Range => [pin, pin];
const none: readonly Range[] = [];

/** By ESP-IDF's name. */
export const chipPins: Readonly<Record<string, ChipPins>> = Object.freeze(
	{
		esp32: {
			...{
				name: "ESP32",
				pins: [
					[0, 23],
					[25, 27],
					[32, 39],
				],
				input: [[34, 39]],
				flash: [[6, 11]],
				usb: none,
			},
			...{ console: [one(1), one(3)], strapping: [one(0), one(2), one(5), one(12), one(15)] },
			...{ psram: [[16, 17]], otg: none, rare: [one(20)] },
		},
		esp32s2: {
			...{
				name: "ESP32-S2",
				pins: [
					[0, 21],
					[26, 46],
				],
				input: [one(46)],
				flash: [[27, 32]],
				usb: none,
			},
			...{ console: [[43, 44]], strapping: [one(0), [45, 46]], psram: [one(26)], otg: [[19, 20]], rare: none },
		},
		esp32s3: {
			...{
				name: "ESP32-S3",
				pins: [
					[0, 21],
					[26, 48],
				],
				input: none,
				flash: [[27, 32]],
				usb: [[19, 20]],
			},
			...{ console: [[43, 44]], strapping: [one(0), one(3), [45, 46]], psram: [one(26), [33, 37]] },
			...{ otg: none, rare: none },
		},
		esp32c3: {
			...{ name: "ESP32-C3", pins: [[0, 21]], input: none, flash: [[12, 17]], usb: [[18, 19]] },
			...{ console: [[20, 21]], strapping: [one(2), [8, 9]], psram: none, otg: none, rare: [one(11)] },
		},
		esp32c6: {
			...{ name: "ESP32-C6", pins: [[0, 30]], input: none, flash: [[24, 30]], usb: [[12, 13]] },
			...{ console: [[16, 17]], strapping: [[4, 5], [8, 9], one(15)], psram: none, otg: none, rare: [one(14)] },
		},
	} as const satisfies Record<string, ChipPins>,
	true,
);

/** What stands against a pin: the first five refuse it, the others are worth a warning. */
export type PinUse = "absent" | "flash" | "usb" | "console" | "input" | "strapping" | "psram" | "otg" | "rare";

const refusing: readonly PinUse[] = Object.freeze(["absent", "flash", "usb", "console", "input"] as const, true);
const warning = Object.freeze(["strapping", "psram", "otg", "rare"] as const, true);

const contains = (ranges: readonly Range[], pin: number) => ranges.some(([first, last]) => pin >= first && pin <= last);

/** @returns What stands against the pin; `undefined` for a free one, and for a chip that is not in the table. */
export function pinUse(chip: string, pin: number): PinUse | undefined {
	const table = chipPins[chip];
	if (!table) return undefined;
	if (!contains(table.pins, pin)) return "absent";
	return [...refusing, ...warning].find(use => use !== "absent" && contains(table[use], pin));
}

export const isRefused = (use: PinUse | undefined): boolean => use !== undefined && refusing.includes(use);

/** The highest GPIO of all chips. */
export const maxPin = 48;

/** @returns The pins that are not refused, lowest first. */
export function usablePins(chip: string): number[] {
	const all = Array.from({ length: maxPin + 1 }, (_, pin) => pin);
	return all.filter(pin => !isRefused(pinUse(chip, pin)));
}
