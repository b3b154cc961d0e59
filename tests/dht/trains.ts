// Pulse trains by the manual's table, made and damaged edge by edge: no code or figure is the decoder's.

export function withChecksum(...bytes: number[]): number[] {
	return [...bytes, bytes.reduce((sum, byte) => sum + byte, 0) & 0xff];
}

/** `text` as in a manual: two hexadecimal digits a byte. */
export function bytesOf(text: string): number[] {
	return (text.match(/../g) ?? []).map(digits => Number.parseInt(digits, 16));
}

/** @returns A frame of typical widths, in µs. */
export function trainOf(bytes: readonly number[], bits = 40): number[] {
	return train(bytes, bits, (min, max) => Math.round((min + max) / 2));
}

/**
 * @param line How late its rising edges are seen, and how long the part pauses before a byte, µs.
 * @returns A frame whose pulses lie anywhere within the AM2302 manual's limits (table 6), in µs.
 */
export function jitteredTrain(
	bytes: readonly number[],
	bits: number,
	random: () => number,
	line?: { late: number; gap: number },
): number[] {
	return train(bytes, bits, (min, max) => min + (max - min) * random(), line);
}

function train(
	bytes: readonly number[],
	bits: number,
	pick: (min: number, max: number) => number,
	{ late, gap } = { late: 0, gap: 0 },
): number[] {
	const pulses = [pick(20, 200), pick(75, 85) + late, pick(75, 85) - late];
	for (let bit = 0; bit < bits; bit++) {
		const one = ((bytes[bit >> 3] ?? 0) >> (7 - (bit % 8))) & 1;
		const pause = bit > 0 && bit % 8 === 0 ? gap : 0;
		pulses.push(pick(48, 55) + pause + late, (one ? pick(68, 75) : pick(22, 30)) - late);
	}
	return [...pulses, pick(45, 55) + late];
}

/** What an analyser of `rateHz` makes of a train that begins `phase` of a sample after one. */
export function sampled(pulses: readonly number[], rateHz: number, phase: number): number[] {
	const stepUs = 1e6 / rateHz;
	let time = phase * stepUs;
	let last = 0;
	return pulses.map(width => {
		time += width;
		const edge = Math.floor(time / stepUs);
		const seen = (edge - last) * stepUs;
		last = edge;
		return seen;
	});
}

export type Damage = "lose-edge" | "add-edge" | "lose-pulse" | "lose-bit" | "split" | "merge" | "flip";

/** All but `flip`. */
export const edgeDamages: readonly Damage[] = ["lose-edge", "add-edge", "lose-pulse", "lose-bit", "split", "merge"];

/** @returns The train after one damage anywhere in it. */
export function damage(pulses: readonly number[], kind: Damage, random: () => number): number[] {
	const at = Math.floor(random() * pulses.length);
	const width = pulses[at] ?? 0;
	const next = pulses[at + 1] ?? 0;
	const out = [...pulses];
	const cuts = [random() * width, random() * width].sort((a, b) => a - b) as [number, number];
	switch (kind) {
		case "lose-edge":
			out.splice(at, 2, width + next);
			break;
		case "add-edge":
			out.splice(at, 1, cuts[0], width - cuts[0]);
			break;
		case "lose-pulse":
			out.splice(at, 1);
			break;
		case "split":
			out.splice(at, 1, cuts[0], cuts[1] - cuts[0], width - cuts[1]);
			break;
		case "merge":
			out.splice(at, 3, width + next + (pulses[at + 2] ?? 0));
			break;
		case "lose-bit":
			out.splice(at, 2);
			break;
		case "flip": {
			const high = 4 + 2 * Math.floor(random() * 40);
			out[high] = (out[high] ?? 0) > 45 ? 26 : 71;
			break;
		}
	}
	return out;
}

/** @returns The bytes that a train stands for when nothing about it is doubted. */
export function plainBytes(pulses: readonly number[]): number[] {
	return [0, 1, 2, 3, 4].map(byte => {
		let value = 0;
		for (let bit = 0; bit < 8; bit++) value = value * 2 + ((pulses[4 + 16 * byte + 2 * bit] ?? 0) > 45 ? 1 : 0);
		return value;
	});
}
