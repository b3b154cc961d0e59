/** What wires, power supplies and bad parts do to a pulse train. */

import type { PulseTrain } from "../io.js";

/** What a damage works on: an intact train, and a way to send other bytes with the timing of the same part. */
export interface Intact {
	readonly pulses: readonly number[];
	readonly bytes: readonly number[];
	send(bytes: readonly number[], bits?: number): number[];
}

/** A train without its time. */
export type Damaged = Pick<PulseTrain, "pulses" | "level">;

/** @param random A fraction from 0 up to 1. */
export type Damage = (intact: Intact, random: () => number) => Damaged;

const high = (pulses: readonly number[]): Damaged => ({ pulses, level: 1 });
const upTo = (limit: number, random: () => number) => Math.floor(random() * limit);
/** The place of the low of one of the first forty bits. */
const bitLow = (random: () => number) => 3 + 2 * upTo(40, random);
const replaced = (pulses: readonly number[], at: number, count: number, ...by: number[]) => [
	...pulses.slice(0, at),
	...by,
	...pulses.slice(at + count),
];

function withChecksum(bytes: readonly number[]): number[] {
	return [...bytes, bytes.reduce((sum, byte) => sum + byte) & 0xff];
}

/** By what happens on the line. */
export const damages = Object.freeze(
	{
		/** A bit is lost. */
		drop: ({ pulses }, random) => high(replaced(pulses, bitLow(random), 2)),
		/** A bit is seen twice. */
		double: ({ pulses }, random) => {
			const at = bitLow(random);
			return high(replaced(pulses, at, 0, pulses[at]!, pulses[at + 1]!));
		},
		/** A spike breaks one pulse into three. */
		split: ({ pulses }, random) => {
			const at = bitLow(random) + upTo(2, random);
			const width = pulses[at]!;
			const spike = Math.min(width / 4, 2 + upTo(6, random));
			const before = (width - spike) * random();
			return high(replaced(pulses, at, 1, before, spike, width - spike - before));
		},
		/** A high is too short to be seen: the lows around it become one. */
		merge: ({ pulses }, random) => {
			const at = bitLow(random);
			return high(replaced(pulses, at, 3, pulses[at]! + pulses[at + 1]! + pulses[at + 2]!));
		},
		/** The line rises so slowly that highs are seen short and lows long. */
		"slow-edges": ({ pulses }, random) => {
			const late = 23 + 2 * random();
			return high(
				pulses.map((width, i) => (i % 2 === 0 ? width - late : width + late)).map(width => Math.max(1, width)),
			);
		},
		/** One bit is read as the other. */
		flip: ({ bytes, send }, random) => {
			const at = upTo(40, random);
			return high(send(bytes.map((byte, i) => (i === at >> 3 ? byte ^ (1 << (at & 7)) : byte))));
		},
		/** An edge comes so early or late that a pulse has no width that a sensor sends. */
		shift: ({ pulses }, random) => {
			const at = bitLow(random);
			return high(replaced(pulses, at, 2, 12, pulses[at]! + pulses[at + 1]! - 12));
		},
		/** The answer breaks off. */
		cut: ({ pulses }, random) => high(pulses.slice(0, 3 + upTo(78, random))),
		silence: () => high([]),
		/** The line stays low. */
		stuck: () => ({ pulses: [], level: 0 }),
		/** 64 bits, the last 24 zero: no fault. */
		"64-bit": ({ bytes, send }) => high(send(bytes, 64)),
		/** A fake part that sends zeros, whose checksum is right. */
		zeros: ({ send }) => high(send([0, 0, 0, 0, 0])),
		/** More humidity than there can be, the checksum right. */
		flood: ({ bytes, send }) => high(send(withChecksum([0xfa, ...bytes.slice(1, 4)]))),
	},
	true,
) satisfies Record<string, Damage>;

export type DamageName = keyof typeof damages;

/** Which damages bring about each kind of fault; `hardware` is a failure of the capture itself, not of the train. */
export const faultDamages = Object.freeze(
	{
		"no-answer": ["silence"],
		"bus-stuck": ["stuck"],
		"short-frame": ["cut", "drop", "merge"],
		"long-frame": ["double", "split"],
		timing: ["shift", "slow-edges"],
		checksum: ["flip"],
		"out-of-range": ["flood"],
		implausible: ["zeros"],
		hardware: [],
	} as const,
	true,
) satisfies Record<string, readonly DamageName[]>;

export type SimulatedFault = keyof typeof faultDamages;
