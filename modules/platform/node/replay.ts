/** Recorded pulse trains in place of sensors: each pin is one recording, each read its next frame. */

import type {
	PulseCapture,
	PulseCaptureConstructor,
	PulseCaptureOptions,
	PulseTrain,
} from "../../dht/pulse-capture.js";
import type { Clock } from "../clock.js";
import { readJSON } from "./json.js";

/** A recording: the captures' format of docs/recordings.md. */
export interface Recording {
	/** The recording's file name: `sensor` of its readings. */
	file: string;
	/** The sensor's label. */
	model: string;
	frames: { pulses: number[]; level: 0 | 1 }[];
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** @returns The widths as the chip's capture reports them: without levels shorter than 1 µs. */
function filtered(widths: readonly number[]): number[] {
	const seen: number[] = [];
	let joins = false;
	for (const width of widths) {
		const isShort = width < 1 && seen.length > 0;
		if (joins || isShort) seen.push(seen.pop()! + width);
		else seen.push(width);
		joins = !joins && isShort;
	}
	return seen;
}

/** @throws {Error} One line that names the file, the capture and what is allowed there. */
export function readRecordings(path: string): Recording[] {
	const parsed = readJSON(path);
	if (!Array.isArray(parsed) || parsed.length === 0)
		throw new Error(`${path}: must be an array of at least one capture`);
	const names = new Set<string>();
	return parsed.map((capture: unknown, index): Recording => {
		const wrong = (what: string) => new Error(`${path}: capture ${index + 1}: ${what}`);
		if (!isObject(capture)) throw wrong("must be an object with file, model and frames");
		const { file, model, frames } = capture;
		if (typeof file !== "string" || file === "") throw wrong("file must be the recording's name");
		if (names.has(file)) throw wrong(`file ${JSON.stringify(file)} is there twice`);
		names.add(file);
		if (typeof model !== "string") throw wrong("model must be a sensor's name");
		if (!Array.isArray(frames) || frames.length === 0) throw wrong("frames must be an array of at least one frame");
		return {
			file,
			model,
			frames: frames.map((frame: unknown, at) => {
				const pulsesUs = isObject(frame) ? frame.pulsesUs : undefined;
				if (!Array.isArray(pulsesUs) || !pulsesUs.every(us => Number.isFinite(us) && us >= 0))
					throw wrong(`frame ${at + 1}: pulsesUs must be an array of durations in µs`);
				const level = isObject(frame) ? frame.level : undefined;
				if (level !== undefined && level !== 0 && level !== 1) throw wrong(`frame ${at + 1}: level must be 0 or 1`);
				const pulses = filtered(pulsesUs);
				// The first one is high, and the line changes after each: after an odd number it is low.
				return { pulses, level: level ?? (pulses.length % 2 === 0 ? 1 : 0) };
			}),
		};
	});
}

/** The order in which the recordings' frames follow: recording by recording, as indices for the sampler. */
export function replaySequence(recordings: readonly Recording[]): number[] {
	return recordings.flatMap(({ frames }, index) => frames.map(() => index));
}

/** A capture class whose pin N plays `recordings[N]` from its first frame, over and over. */
export function replayCapture(recordings: readonly Recording[], clock: Clock): PulseCaptureConstructor {
	return class ReplayCapture implements PulseCapture {
		target?: unknown;
		#options: PulseCaptureOptions | undefined;
		#frames: Recording["frames"];
		#next = 0;
		#train: PulseTrain | undefined;

		constructor(options: PulseCaptureOptions) {
			const recording = recordings[options.pin];
			if (!recording) throw new Error(`no recording ${options.pin}`);
			if ("target" in options) this.target = options.target;
			this.#options = options;
			this.#frames = recording.frames;
		}

		start(): void {
			const { pulses, level } = this.#frames[this.#next]!;
			this.#next = (this.#next + 1) % this.#frames.length;
			const train = { pulses, level, ticks: clock.ticks };
			setImmediate(() => {
				this.#train = train;
				this.#options?.onReadable?.call(this);
			});
		}

		read(): PulseTrain | undefined {
			const train = this.#train;
			this.#train = undefined;
			return train;
		}

		close(): void {
			this.#options = undefined;
		}
	};
}
