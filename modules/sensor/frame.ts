/** From a pulse train to a checked pair of values. */

import { Fault, type FaultKind } from "./fault.js";
import type { Model } from "./models.js";
import { type Frame, readValues, type Sign } from "./values.js";

export type { Frame, Sign } from "./values.js";

/** Pulses before the first bit: release high, response low, response high. */
const lead = 3;
/** A frame of 40 bits has 84 pulses, one of 64 bits 132; a train is judged as the one it is nearer to. */
const between = 108;

// Widths in µs, by the manual (Aosong AM2302, table 6) and as wide as clones, slow edges and analysers that count in
// steps of 10 µs make them.

/** Response low and high together: 150 to 170 by the manual, 130 to 175 in recordings. */
const leastResponse = 90;
const greatestResponse = 220;
/** The median high of a frame's zeros: 22 to 30 by the manual. */
const leastZero = 6;
/** The median low: 48 to 55 by the manual, 43 to 63 in the field. */
const leastLow = 36;
const greatestLow = 80;
/** The median high of the ones: 68 to 75 by the manual, and how much more it must be than that of the zeros. */
const greatestOne = 95;
const apart = 28;
/** The low after the last bit: 45 to 55 by the manual, up to 70 in recordings. */
const greatestFinal = 90;
/** A high that is no bit and no two pulses that lost the edge between them. */
const leastIdle = 150;
/** How far a pulse may be from the median of its kind. */
const stray = 11;
/** Nor is a low of this too short: seen in steps of 10 µs, lows of 48 to 55 are 40 to 60. */
const shortLow = 39;
/** How much farther above it a low may be: parts take up to 14 more before a byte. */
const byteGap = 25;

/**
 * A frame must have the right number of edges, and its bits' pulses must fall into three narrow groups: highs of
 * zeros, lows, highs of ones. What separates zeros from ones is the middle of this frame's own widths.
 *
 * @param pulses As in `PulseTrain`, fractions allowed: 40 bits, or 64 of which the last 24 are zero. The final low may
 * be cut short, and the idle high may follow it.
 * @param level The line's level when the capture ended.
 * @param sign How a part that sends bytes marks a negative temperature.
 * @throws {Fault} Every kind but `hardware`.
 */
export function decodeFrame(
	pulses: ArrayLike<number>,
	model: Model,
	level: 0 | 1 = 1,
	sign: Sign = "magnitude",
): Frame {
	const length = pulses.length;
	const bits = length < between ? 40 : 64;
	const end = lead + 2 * bits;
	if (length !== end + 1 && !endsOddly(pulses, end, level)) throw new Fault(wrongLength(length, end, level));
	const highs = ascending(pulses, 1, bits);
	const lows = ascending(pulses, 0, bits);
	const threshold = ((highs[0]! >> 8) + (Math.max(highs[bits - 1]!, lows[bits - 1]!) >> 8)) / 2;
	const byte0 = readByte(pulses, 4, threshold);
	const byte1 = readByte(pulses, 20, threshold);
	const byte2 = readByte(pulses, 36, threshold);
	const byte3 = readByte(pulses, 52, threshold);
	const byte4 = readByte(pulses, 68, threshold);
	const sum = byte0 + byte1 + byte2 + byte3;
	if (pulses[end]! > greatestFinal || wrongWidths(pulses[1]! + pulses[2]!, highs, lows, bits, (sum + byte4) >> 12))
		throw new Fault("timing");
	if (
		bits === 64 &&
		readByte(pulses, 84, threshold) + readByte(pulses, 100, threshold) + readByte(pulses, 116, threshold) > 0
	)
		throw new Fault("timing");
	if (((sum - byte4) & 0xff) !== 0) throw new Fault("checksum");
	return readValues(((byte0 & 0xff) << 8) | (byte1 & 0xff), ((byte2 & 0xff) << 8) | (byte3 & 0xff), model, sign);
}

/**
 * @param shift 1 for highs, 0 for lows.
 * @returns The bits' highs or lows in ascending order: the upper byte of each number is a width in whole µs.
 */
function ascending(pulses: ArrayLike<number>, shift: 0 | 1, bits: number): Uint16Array {
	const first = 2 + 2 * shift;
	const widths = new Uint8ClampedArray(2 * bits + 6);
	widths.set(pulses, shift);
	widths.fill(255, 0, first).fill(255, first + 2 * bits);
	return new Uint16Array(widths.buffer).sort();
}

/** Whether the capture ended within the final low, or went on into the idle high after it. */
function endsOddly(pulses: ArrayLike<number>, end: number, level: 0 | 1): boolean {
	return pulses.length === end ? level === 0 : pulses.length === end + 2 && pulses[end + 1]! >= leastIdle;
}

function wrongLength(length: number, end: number, level: 0 | 1): FaultKind {
	if (length === 0 && level === 0) return "bus-stuck";
	if (length < lead) return "no-answer";
	return length <= end ? "short-frame" : "long-frame";
}

/**
 * @param first Place of the first bit's high.
 * @returns The byte, and how many of its bits are ones times 0x1000: both can be added up.
 */
function readByte(pulses: ArrayLike<number>, first: number, threshold: number): number {
	return (
		(pulses[first]! > threshold ? 0x1080 : 0) +
		(pulses[first + 2]! > threshold ? 0x1040 : 0) +
		(pulses[first + 4]! > threshold ? 0x1020 : 0) +
		(pulses[first + 6]! > threshold ? 0x1010 : 0) +
		(pulses[first + 8]! > threshold ? 0x1008 : 0) +
		(pulses[first + 10]! > threshold ? 0x1004 : 0) +
		(pulses[first + 12]! > threshold ? 0x1002 : 0) +
		(pulses[first + 14]! > threshold ? 0x1001 : 0)
	);
}

/**
 * @param response The response's low and high together. @param highs In ascending order, like `lows`, µs times 256.
 * @param ones How many of the highs are ones.
 */
function wrongWidths(response: number, highs: Uint16Array, lows: Uint16Array, bits: number, ones: number): boolean {
	const zeros = bits - ones;
	const zero = highs[zeros >> 1]! >> 8;
	const low = lows[bits >> 1]! >> 8;
	const one = highs[zeros + (ones >> 1)]! >> 8;
	return (
		response < leastResponse ||
		response > greatestResponse ||
		zero < leastZero ||
		highs[0]! >> 8 < zero - stray ||
		highs[zeros - 1]! >> 8 > zero + stray ||
		low < leastLow ||
		low > greatestLow ||
		lows[0]! >> 8 < Math.min(low - stray, shortLow) ||
		lows[bits - 1]! >> 8 > low + stray + byteGap ||
		(ones > 0 &&
			(one < zero + apart || one > greatestOne || (highs[bits - 1]! >> 8) - (highs[zeros]! >> 8) > 2 * stray))
	);
}
