/** From a pulse train to a checked pair of values. */

import { type Frame, readValues, type Sign } from "./encoding.js";
import { Fault, type FaultKind } from "./fault.js";
import type { Model } from "./models.js";

export type { Frame, Sign } from "./encoding.js";

/** Pulses before the first bit: release high, response low, response high. */
const lead = 3;
/** A frame of 40 bits has 84 pulses, one of 64 bits 132; below this a train is judged as one of 40. */
const between = 108;

// Widths in µs: those of the manual (Aosong AM2302, table 6), widened for clones, for slow edges, and for analysers that
// count in steps of 10 µs.

/** Response low and high together: 150 to 170 by the manual, 130 to 175 in recordings. */
const minResponse = 90;
const maxResponse = 220;
/** The median high of a frame's zeros: 22 to 30 by the manual. */
const minZero = 6;
/** The median low: 48 to 55 by the manual, 43 to 63 in the field; rising edges that are seen early make it shorter. */
const minLow = 33;
const maxLow = 80;
/** The median high of the ones: 68 to 75 by the manual. */
const maxOne = 100;
/** The median high of the ones less that of the zeros. */
const minGap = 28;
/** The low after the last bit: 45 to 55 by the manual, up to 70 in recordings. */
const maxFinal = 90;
/** A high that is neither a bit's nor two pulses whose edge between was lost. */
const minIdle = 150;
/** How far a pulse may be from the median of its kind. */
const maxStray = 11;
/** A low that is farther below its median is taken from this on: in steps of 10 µs, lows of 48 to 55 are seen as 40 to 60. */
const minShortLow = 39;
/** How far a low may be above the median; eight of a frame may be longer, as pauses before bytes. */
const maxLongLow = 20;
const pauses = 8;
/** The same for pauses: up to 14 in recordings. Where a high between two lows is lost it is 65 and more. */
const maxPause = 51;

/**
 * A frame must have the right number of edges. Its bits' pulses must fall into three narrow groups: highs of zeros, lows,
 * highs of ones. The middle of the frame's own widths separates zeros from ones.
 *
 * @param pulses As in `PulseTrain`, fractions allowed: 40 bits, or 64 of which the last 24 are zero. The final low may
 * be cut short, and the idle high may follow it.
 * @param level The level when the capture ended.
 * @param sign How a sensor of 8-bit values encodes a negative temperature.
 * @returns Else a fault of any kind but `hardware`. Bad frames are routine, and nothing is thrown.
 */
export function decodeFrame(
	pulses: ArrayLike<number>,
	model: Model,
	level: 0 | 1 = 1,
	sign: Sign = "magnitude",
): Frame | Fault {
	const bits = pulses.length < between ? 40 : 64;
	const end = lead + 2 * bits;
	if (pulses.length !== end + 1 && !endsOddly(pulses, end, level))
		return new Fault(wrongLength(pulses.length, end, level));
	const widths = new Uint8ClampedArray(pulses);
	const lows = new Uint8Array(bits);
	const highs = new Uint8Array(bits);
	for (let bit = 0, at = lead; bit < bits; bit++) {
		lows[bit] = widths[at++]!;
		highs[bit] = widths[at++]!;
	}
	lows.sort();
	highs.sort();
	const threshold = (highs[0]! + Math.max(highs[bits - 1]!, median(lows, 0, bits))) >> 1;
	if (!hasOuterPulses(widths, end) || !areLows(lows) || !areHighs(highs, threshold)) return new Fault("timing");
	const humidity = readBits(widths, threshold, 0, 16);
	const temperature = readBits(widths, threshold, 16, 32);
	const checksum = readBits(widths, threshold, 32, 40);
	if (readBits(widths, threshold, 40, bits) !== 0) return new Fault("timing");
	if ((sumOfBytes(humidity) + sumOfBytes(temperature)) % 256 !== checksum) return new Fault("checksum");
	return readValues(humidity, temperature, model, sign);
}

/** Whether the capture ended within the final low, or went on into the idle high after it. */
function endsOddly(pulses: ArrayLike<number>, end: number, level: 0 | 1): boolean {
	return pulses.length === end ? level === 0 : pulses.length === end + 2 && pulses[end + 1]! >= minIdle;
}

function wrongLength(length: number, end: number, level: 0 | 1): FaultKind {
	if (length === 0 && level === 0) return "bus-stuck";
	if (length < lead) return "no-answer";
	return length <= end ? "short-frame" : "long-frame";
}

/** @returns The median of the `count` sorted values from `first` on; the upper one of two. */
function median(sorted: ArrayLike<number>, first: number, count: number): number {
	return sorted[first + (count >> 1)]!;
}

/** @returns The bits from `first` up to `end` as a number, the most significant first: a high over `threshold` is a one. */
function readBits(widths: ArrayLike<number>, threshold: number, first: number, end: number): number {
	let value = 0;
	for (let bit = first; bit < end; bit++) value = 2 * value + (widths[lead + 1 + 2 * bit]! > threshold ? 1 : 0);
	return value;
}

function sumOfBytes(word: number): number {
	return (word >> 8) + (word & 255);
}

/** Whether the response, and the low after the last bit as far as it was captured, have widths that sensors send. */
function hasOuterPulses(widths: ArrayLike<number>, end: number): boolean {
	const response = widths[1]! + widths[2]!;
	const final = widths[end] ?? 0;
	return response >= minResponse && response <= maxResponse && final <= maxFinal;
}

/** Whether sorted widths are those of lows, pauses before bytes included. */
function areLows(lows: Uint8Array): boolean {
	const count = lows.length;
	const middle = median(lows, 0, count);
	return (
		middle >= minLow &&
		middle <= maxLow &&
		lows[0]! >= Math.min(middle - maxStray, minShortLow) &&
		lows[count - 1 - pauses]! <= middle + maxLongLow &&
		lows[count - 1]! <= middle + maxPause
	);
}

/** Whether sorted widths are the highs of zeros, and over `threshold` those of ones. */
function areHighs(highs: Uint8Array, threshold: number): boolean {
	const bits = highs.length;
	let zeros = 0;
	while (zeros < bits && highs[zeros]! <= threshold) zeros++;
	const zero = median(highs, 0, zeros);
	if (zero < minZero || highs[0]! < zero - maxStray || highs[zeros - 1]! > zero + maxStray) return false;
	if (zeros === bits) return true;
	const one = median(highs, zeros, bits - zeros);
	return one >= zero + minGap && one <= maxOne && highs[bits - 1]! - highs[zeros]! <= 2 * maxStray;
}
