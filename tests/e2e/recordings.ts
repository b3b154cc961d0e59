/** Recordings of the project's own: real sensors' bytes as pulses of the manuals' widths. */

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";

export interface Expected {
	humidity: number;
	temperature: number;
}

export interface RecordedFrame {
	startLowUs: number;
	pulsesUs: number[];
	expect: Expected | null;
}

export interface Recorded {
	file: string;
	model: string;
	sampleRateHz: number;
	frames: RecordedFrame[];
}

/** @param hex Five bytes. @returns Release, response, forty bits and the final low, as the AM2302's manual has them. */
export function pulses(hex: string): number[] {
	const bits = [...hex].flatMap(digit => [8, 4, 2, 1].map(mask => (Number.parseInt(digit, 16) & mask) !== 0));
	return [30, 80, 80, ...bits.flatMap(bit => [50, bit ? 70 : 26]), 50];
}

function frame(hex: string, humidity: number, temperature: number): RecordedFrame {
	return { startLowUs: 1000, pulsesUs: pulses(hex), expect: { humidity, temperature } };
}

/** The rise before the first bit's high comes twice, and after the last edge there is an end without length. */
function bounced(widths: readonly number[]): number[] {
	const [low = 0, ...rest] = widths.slice(3);
	return [...widths.slice(0, 3), low - 0.7, 0.4, 0.3, ...rest, 0];
}

const silent: RecordedFrame = { startLowUs: 1000, pulsesUs: [], expect: null };

/** Bytes that were read from real sensors, a silence, and a frame with a wrong checksum. */
export const ownRecordings: Recorded[] = [
	{
		file: "dht22",
		model: "DHT22",
		sampleRateHz: 1_000_000,
		frames: [
			frame("01F900FCF6", 50.5, 25.2),
			frame("020B010513", 52.3, 26.1),
			frame("0292010DA2", 65.8, 26.9),
			silent,
			frame("03D300643A", 97.9, 10),
			frame("01B9FFFAB3", 44.1, -0.6),
			frame("0193FF4DE0", 40.3, -17.9),
			frame("01DDFF3F1C", 47.7, -19.3),
			{ startLowUs: 1000, pulsesUs: pulses("01F900FCF7"), expect: null },
			// As a fast analyser sees them: without the final low, and with an edge that bounces.
			{ ...frame("020B010513", 52.3, 26.1), pulsesUs: pulses("020B010513").slice(0, -1) },
			{ ...frame("01F900FCF6", 50.5, 25.2), pulsesUs: bounced(pulses("01F900FCF6")) },
		],
	},
	{
		file: "am2322",
		model: "AM2322",
		sampleRateHz: 1_000_000,
		frames: [frame("02BF804E8F", 70.3, -7.8)],
	},
	{
		file: "dht11",
		model: "DHT11",
		sampleRateHz: 1_000_000,
		frames: [frame("22001A003C", 34, 26), frame("43001A0764", 67, 26.7), frame("350018004D", 53, 24)],
	},
	{
		file: "si7021",
		model: "Si7021-DHT",
		sampleRateHz: 1_000_000,
		frames: [frame("020B00FC09", 52.3, 25.2)],
	},
];

/** @returns The path of a file that is there as long as the test. */
export async function temporaryFile(t: TestContext, name: string, content: string): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), "dht-gauges-"));
	t.after(() => rm(folder, { recursive: true }));
	const path = join(folder, name);
	await writeFile(path, content);
	return path;
}
