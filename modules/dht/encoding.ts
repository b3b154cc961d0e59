/** From the two 16-bit words of a frame to humidity and temperature, in every encoding that sensors use. */

import { Fault } from "./fault.js";
import type { Model } from "./models.js";

/**
 * How a sensor of 8-bit values encodes a temperature below zero, bit 7 of the tenths being set:
 * `magnitude` −(whole + tenths/10), as the DHT12's manual has it; `floor` −1 − whole + tenths/10, as some DHT11 clones do.
 */
export type Sign = "magnitude" | "floor";

export interface Frame {
	/** Percent, whole tenths. */
	readonly humidity: number;
	/** °C, whole tenths. */
	readonly temperature: number;
	/** That of the frame: of use where the model's is `auto`. */
	readonly encoding: "16-bit" | "8-bit";
}

/** 125.0 °C. */
const maxTemperature = 0x04e2;

/**
 * With `auto` the first byte tells the encodings apart. A DHT11 measures 5 % at least, so it sends 5 or more; a DHT22 sends
 * 3 at most (100.0 % is 0x03E8).
 *
 * @param first The 16-bit word of humidity. @param second That of temperature.
 * @returns Else a fault: `implausible` for all zeros, which broken and fake sensors send; `out-of-range`.
 */
export function readValues(first: number, second: number, model: Model, sign: Sign): Frame | Fault {
	if (first === 0 && second === 0) return new Fault("implausible");
	const isWide = model.encoding === "16-bit" || (model.encoding === "auto" && first < 0x400);
	const humidity = (isWide ? first : unsigned8(first)) / 10;
	const temperature = (isWide ? signed16(second) : signed8(second, sign)) / 10;
	const ranges = isWide ? model : (model.ranges8Bit ?? model);
	// In this order of the comparisons NaN is out of range.
	if (
		humidity >= ranges.humidity.min &&
		humidity <= ranges.humidity.max &&
		temperature >= ranges.temperature.min &&
		temperature <= ranges.temperature.max
	)
		return { humidity, temperature, encoding: isWide ? "16-bit" : "8-bit" };
	return new Fault("out-of-range");
}

/**
 * Negative values are in one of the four encodings found in the field: sign and magnitude (the DHT22's manual), or two's
 * complement of 16, 15 or 12 bits. From −40 to 125 °C their ranges do not meet.
 *
 * @returns Tenths of a degree; NaN for a value in none of them.
 */
function signed16(word: number): number {
	if (word <= maxTemperature) return word;
	if (word >= 0x8000 && word <= 0x8190) return 0x8000 - word;
	if (word >= 0xfe70) return word - 0x10000;
	if (word >= 0x7e70 && word <= 0x7fff) return word - 0x8000;
	if (word >= 0x0e70 && word <= 0x0fff) return word - 0x1000;
	return Number.NaN;
}

/** @param word A byte of units and a byte of tenths. @returns Tenths; NaN where the byte of tenths is over 9. */
function unsigned8(word: number): number {
	const tenths = word & 0xff;
	return tenths > 9 ? Number.NaN : (word >> 8) * 10 + tenths;
}

/** @returns As `unsigned8`, with bit 7 of the tenths as the sign. */
function signed8(word: number, sign: Sign): number {
	if ((word & 0x80) === 0) return unsigned8(word);
	const tenths = word & 0x7f;
	const magnitude = unsigned8(word & 0xff7f);
	return sign === "magnitude" ? 0 - magnitude : 2 * tenths - magnitude - 10;
}
