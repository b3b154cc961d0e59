/** From the two 16-bit words of a frame to humidity and temperature, in every encoding that parts use. */

import { Fault } from "./fault.js";
import type { Model } from "./models.js";

/**
 * How a part that sends bytes marks a temperature below zero, bit 7 of the tenths being set:
 * `magnitude` −(whole + tenths/10), as the DHT12's manual has it; `floor` −1 − whole + tenths/10, as some DHT11 clones do.
 */
export type Sign = "magnitude" | "floor";

export interface Frame {
	/** Percent, whole tenths. */
	readonly humidity: number;
	/** °C, whole tenths. */
	readonly temperature: number;
	/** Whether the frame held bytes (DHT11) or words (DHT22): of use with `auto`. */
	readonly encoding: "words" | "bytes";
}

/** 125.0 °C. */
const greatestWord = 0x04e2;

/**
 * A DHT11 measures 5 % at least, so its first byte is 5 or more; that of a DHT22 is 3 at most (100.0 % is 0x03E8).
 *
 * @param first Humidity. @param second Temperature.
 * @returns Else a fault: `implausible` for all zeros, which a broken or fake part sends; `out-of-range`.
 */
export function readValues(first: number, second: number, model: Model, sign: Sign): Frame | Fault {
	if (first === 0 && second === 0) return new Fault("implausible");
	const words = model.encoding === "words" || (model.encoding === "auto" && first < 0x400);
	const humidity = (words ? first : bytes(first)) / 10;
	const temperature =
		(words ? (second <= greatestWord ? second : negativeWord(second)) : signedBytes(second, sign)) / 10;
	const ofPart = words ? model : (model.ofBytes ?? model);
	// In this order of the comparisons NaN is out of range.
	if (
		humidity >= ofPart.humidity.min &&
		humidity <= ofPart.humidity.max &&
		temperature >= ofPart.temperature.min &&
		temperature <= ofPart.temperature.max
	)
		return { humidity, temperature, encoding: words ? "words" : "bytes" };
	return new Fault("out-of-range");
}

/**
 * @param word Tenths of a degree below zero, in any of the encodings found in DHT22 parts: sign and magnitude (the
 * manual's), or two's complement of 16, 15 or 12 bits. From −40 to 125 °C their ranges do not meet.
 * @returns NaN for a word in none of them.
 */
function negativeWord(word: number): number {
	if (word >= 0x8000 && word <= 0x8190) return 0x8000 - word;
	if (word >= 0xfe70) return word - 0x10000;
	if (word >= 0x7e70 && word <= 0x7fff) return word - 0x8000;
	if (word >= 0x0e70 && word <= 0x0fff) return word - 0x1000;
	return Number.NaN;
}

/** @param word A byte of units and a byte of tenths. @returns Tenths; NaN where the byte of tenths is none. */
function bytes(word: number): number {
	const tenths = word & 0xff;
	return tenths > 9 ? Number.NaN : (word >> 8) * 10 + tenths;
}

function signedBytes(word: number, sign: Sign): number {
	if ((word & 0x80) === 0) return bytes(word);
	const tenths = word & 0x7f;
	const magnitude = bytes(word & 0xff7f);
	return sign === "magnitude" ? 0 - magnitude : 2 * tenths - magnitude - 10;
}
