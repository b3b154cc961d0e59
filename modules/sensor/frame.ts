/** From a pulse train to a checked pair of values. */

import { Fault } from "./fault.js";
import type { Model, Range } from "./models.js";

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

// Pulses before the first bit (release high, response low, response high) and of a whole frame, final low included.
const lead = 3;
const frame40 = lead + 2 * 40 + 1;
const frame64 = lead + 2 * 64 + 1;

/**
 * @param pulses As in `PulseTrain`, fractions allowed. A part may send 40 bits or 64 of which the last 24 are zero;
 * the final low may be missing, and one pulse may follow it.
 * @param level The line's level when the capture ended.
 * @throws {Fault} Every kind but `hardware`.
 */
export function decodeFrame(
	pulses: ArrayLike<number>,
	model: Model,
	level: 0 | 1 = 1,
	sign: Sign = "magnitude",
): Frame {
	const bits = countBits(pulses.length, level);
	const high = readBits(pulses, lead, 16);
	const low = readBits(pulses, lead + 32, 16);
	const sum = readBits(pulses, lead + 64, 8);
	if (bits === 64 && readBits(pulses, lead + 80, 24) !== 0) throw new Fault("timing");
	if ((((high >> 8) + high + (low >> 8) + low) & 0xff) !== sum) throw new Fault("checksum");
	if (high === 0 && low === 0) throw new Fault("implausible");
	const encoding = model.encoding === "auto" ? (high < 0x400 ? "words" : "bytes") : model.encoding;
	const humidity = encoding === "words" ? high : tenthsOfBytes(high);
	const temperature = encoding === "words" ? signedWord(low) : signedBytes(low, sign);
	return {
		humidity: within(humidity, model.humidity),
		temperature: within(temperature, model.temperature),
		encoding,
	};
}

/** @returns How many bits a train of `length` pulses holds. */
function countBits(length: number, level: 0 | 1): 40 | 64 {
	if (length === 0 && level === 0) throw new Fault("bus-stuck");
	if (length < lead) throw new Fault("no-answer");
	if (length < frame40 - 1) throw new Fault("short-frame");
	if (length <= frame40 + 1) return 40;
	if (length < frame64 - 1 || length > frame64 + 1) throw new Fault("long-frame");
	return 64;
}

function readBits(pulses: ArrayLike<number>, first: number, count: number): number {
	let value = 0;
	const threshold = 0.6 * pulses[2]!;
	const end = first + 2 * count;
	for (let i = first; i < end; i += 2) {
		const low = pulses[i]!;
		const high = pulses[i + 1]!;
		if (low < 35 || low > 85 || high > 95) throw new Fault("timing");
		value = (value << 1) | (high > threshold ? 1 : 0);
	}
	return value;
}

/**
 * @param word Tenths of a degree in any of the four encodings of a negative value that DHT22 parts use: sign and
 * magnitude (the manual's), or two's complement of 16, 15 or 12 bits. Their ranges do not meet.
 */
function signedWord(word: number): number {
	if (word <= 0x04e2) return word;
	if (word >= 0x8000 && word <= 0x8190) return 0x8000 - word;
	if (word >= 0xfe70) return word - 0x10000;
	if (word >= 0x7e70 && word <= 0x7fff) return word - 0x8000;
	if (word >= 0x0e70 && word <= 0x0fff) return word - 0x1000;
	throw new Fault("out-of-range");
}

function tenthsOfBytes(word: number): number {
	const tenths = word & 0xff;
	if (tenths > 9) throw new Fault("out-of-range");
	return (word >> 8) * 10 + tenths;
}

function signedBytes(word: number, sign: Sign): number {
	const value = tenthsOfBytes(word & 0xff7f);
	if ((word & 0x80) === 0) return value;
	return sign === "magnitude" ? -value : 2 * (value % 10) - value - 10;
}

/** @returns `tenths` as a number of units that prints with one decimal; never −0. */
function within(tenths: number, range: Range): number {
	const value = tenths === 0 ? 0 : tenths / 10;
	if (value < range.least || value > range.greatest) throw new Fault("out-of-range");
	return value;
}
