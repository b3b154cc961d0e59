/** From a pulse train to a checked pair of values. */

import { type Frame, readValues, type Sign } from "./encoding.js";
import { Fault, type FaultKind } from "./fault.js";
import type { Model } from "./models.js";

export type { Frame, Sign } from "./encoding.js";

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
/** The median low: 48 to 55 by the manual, 43 to 63 in the field, less what rising edges are seen early. */
const leastLow = 33;
const greatestLow = 80;
/** The median high of the ones: 68 to 75 by the manual, and how much more it must be than that of the zeros. */
const greatestOne = 100;
const apart = 28;
/** The low after the last bit: 45 to 55 by the manual, up to 70 in recordings. */
const greatestFinal = 90;
/** A high that is no bit and no two pulses that lost the edge between them. */
const leastIdle = 150;
/** How far a pulse may be from the median of its kind. */
const stray = 11;
/** Nor is a low of this too short: seen in steps of 10 µs, lows of 48 to 55 are 40 to 60. */
const shortLow = 39;
/** How much longer than the median a low may be, but for eight of them, which a part may send before bytes… */
const longLow = 20;
/** …and those: up to 14 in recordings; where a high between two lows is lost it is 65 and more. */
const longPause = 51;

/** Room to sort a frame's widths in. Who decodes often keeps one and saves making it; it serves one frame at a time. */
export class Workspace {
	/** In ascending order of their upper bytes, which are the bits' highs in whole µs; 255 stands for more. */
	readonly highs: Uint16Array;
	/** The bits' lows in ascending order, in whole µs; 255 stands for more. */
	readonly lows: Uint8Array;
	#widths: Uint8ClampedArray;

	/** @param bits Of the frame; the pulses before and after them take the room of three more. */
	constructor(bits: 40 | 64) {
		this.#widths = new Uint8ClampedArray(2 * bits + 6);
		this.highs = new Uint16Array(this.#widths.buffer);
		this.lows = new Uint8Array(bits + 3);
	}

	/** @param end Place of the final low: what is no bit's is sorted behind the bits. */
	sort(pulses: ArrayLike<number>, end: number): void {
		const highs = this.highs;
		const lows = this.lows;
		this.#widths.set(pulses, 1);
		this.#widths.fill(255, 0, lead + 1).fill(255, end + 1);
		highs.sort();
		// Each high has the low before it as its lower byte, which is what an array of bytes keeps of it.
		lows.set(highs);
		lows.sort();
	}
}

/**
 * A frame must have the right number of edges, and its bits' pulses must fall into three narrow groups: highs of
 * zeros, lows, highs of ones. What separates zeros from ones is the middle of this frame's own widths.
 *
 * @param pulses As in `PulseTrain`, fractions allowed: 40 bits, or 64 of which the last 24 are zero. The final low may
 * be cut short, and the idle high may follow it.
 * @param level The line's level when the capture ended.
 * @param sign How a part that sends bytes marks a negative temperature.
 * @param workspace For 40 bits; what it held is lost. A frame of 64 makes its own.
 * @returns Else a fault of any kind but `hardware`: bad frames are in the ordinary course of things, and nothing is thrown.
 */
export function decodeFrame(
	pulses: ArrayLike<number>,
	model: Model,
	level: 0 | 1 = 1,
	sign: Sign = "magnitude",
	workspace = new Workspace(40),
): Frame | Fault {
	const length = pulses.length;
	const bits = length < between ? 40 : 64;
	const end = lead + 2 * bits;
	if (length !== end + 1 && !endsOddly(pulses, end, level)) return new Fault(wrongLength(length, end, level));
	const room = bits === 40 ? workspace : new Workspace(64);
	room.sort(pulses, end);
	const highs = room.highs;
	const lows = room.lows;
	const longestHigh = highs[bits - 1]! >> 8;
	const shortestHigh = highs[0]! >> 8;
	const low = lows[bits >> 1]!;
	const threshold = (shortestHigh + (longestHigh > low ? longestHigh : low)) >> 1;
	const all = readBits(pulses, threshold);
	const response = pulses[1]! + pulses[2]!;
	const ones = (all / 0x10000000000) | 0;
	const zeros = bits - ones;
	const zero = highs[zeros >> 1]! >> 8;
	const shortestLow = lows[0]!;
	if (
		response < leastResponse ||
		response > greatestResponse ||
		pulses[end]! > greatestFinal ||
		zero < leastZero ||
		shortestHigh < zero - stray ||
		highs[zeros - 1]! >> 8 > zero + stray ||
		low < leastLow ||
		low > greatestLow ||
		(shortestLow < low - stray && shortestLow < shortLow) ||
		lows[bits - 1]! > low + longPause ||
		lows[bits - 9]! > low + longLow
	)
		return new Fault("timing");
	if (ones > 0) {
		const one = highs[zeros + (ones >> 1)]! >> 8;
		if (one < zero + apart || one > greatestOne || longestHigh - (highs[zeros]! >> 8) > 2 * stray)
			return new Fault("timing");
	}
	if (bits === 64 && anyOne(pulses, 84, end, threshold)) return new Fault("timing");
	const first = (all / 0x1000000) & 0xffff;
	const second = (all / 0x100) & 0xffff;
	if (((first >> 8) + first + (second >> 8) + second - all) & 0xff) return new Fault("checksum");
	return readValues(first, second, model, sign);
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

/** @returns Forty bits, and above them how many of them are ones. */
function readBits(pulses: ArrayLike<number>, threshold: number): number {
	return (
		(pulses[4]! > threshold ? 0x18000000000 : 0) +
		(pulses[6]! > threshold ? 0x14000000000 : 0) +
		(pulses[8]! > threshold ? 0x12000000000 : 0) +
		(pulses[10]! > threshold ? 0x11000000000 : 0) +
		(pulses[12]! > threshold ? 0x10800000000 : 0) +
		(pulses[14]! > threshold ? 0x10400000000 : 0) +
		(pulses[16]! > threshold ? 0x10200000000 : 0) +
		(pulses[18]! > threshold ? 0x10100000000 : 0) +
		(pulses[20]! > threshold ? 0x10080000000 : 0) +
		(pulses[22]! > threshold ? 0x10040000000 : 0) +
		(pulses[24]! > threshold ? 0x10020000000 : 0) +
		(pulses[26]! > threshold ? 0x10010000000 : 0) +
		(pulses[28]! > threshold ? 0x10008000000 : 0) +
		(pulses[30]! > threshold ? 0x10004000000 : 0) +
		(pulses[32]! > threshold ? 0x10002000000 : 0) +
		(pulses[34]! > threshold ? 0x10001000000 : 0) +
		(pulses[36]! > threshold ? 0x10000800000 : 0) +
		(pulses[38]! > threshold ? 0x10000400000 : 0) +
		(pulses[40]! > threshold ? 0x10000200000 : 0) +
		(pulses[42]! > threshold ? 0x10000100000 : 0) +
		(pulses[44]! > threshold ? 0x10000080000 : 0) +
		(pulses[46]! > threshold ? 0x10000040000 : 0) +
		(pulses[48]! > threshold ? 0x10000020000 : 0) +
		(pulses[50]! > threshold ? 0x10000010000 : 0) +
		(pulses[52]! > threshold ? 0x10000008000 : 0) +
		(pulses[54]! > threshold ? 0x10000004000 : 0) +
		(pulses[56]! > threshold ? 0x10000002000 : 0) +
		(pulses[58]! > threshold ? 0x10000001000 : 0) +
		(pulses[60]! > threshold ? 0x10000000800 : 0) +
		(pulses[62]! > threshold ? 0x10000000400 : 0) +
		(pulses[64]! > threshold ? 0x10000000200 : 0) +
		(pulses[66]! > threshold ? 0x10000000100 : 0) +
		(pulses[68]! > threshold ? 0x10000000080 : 0) +
		(pulses[70]! > threshold ? 0x10000000040 : 0) +
		(pulses[72]! > threshold ? 0x10000000020 : 0) +
		(pulses[74]! > threshold ? 0x10000000010 : 0) +
		(pulses[76]! > threshold ? 0x10000000008 : 0) +
		(pulses[78]! > threshold ? 0x10000000004 : 0) +
		(pulses[80]! > threshold ? 0x10000000002 : 0) +
		(pulses[82]! > threshold ? 0x10000000001 : 0)
	);
}

function anyOne(pulses: ArrayLike<number>, first: number, end: number, threshold: number): boolean {
	for (let at = first; at < end; at += 2) if (pulses[at]! > threshold) return true;
	return false;
}
