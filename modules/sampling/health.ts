/** What is known of how well a sensor is read: counters, the last fault, the widths of its pulses. */

import { type FaultKind, faultKinds } from "../dht/fault.js";
import { measureWidths, type Widths } from "../dht/pulse-widths.js";
import type { PulseTrain } from "../platform/io.js";

/** A pulse train as a capture file holds it: it can be replayed on the desktop host. */
export interface Capture {
	readonly file: string;
	readonly model: string;
	/** The capture's resolution is 1 µs. */
	readonly sampleRateHz: number;
	readonly frames: readonly [CapturedFrame];
}

export interface CapturedFrame {
	readonly startLowUs: number;
	readonly pulsesUs: readonly number[];
	/** The line's level when the capture ended. */
	readonly level: 0 | 1;
	readonly expect: null;
}

/** JSON as it stands; what is unknown is `null`. */
export interface HealthReport {
	/** Reads started. */
	readonly reads: number;
	readonly goodReads: number;
	/** Good frames thrown away because they held a measurement of long ago. */
	readonly oldFrames: number;
	/** How often the power pin was switched off and on. */
	readonly powerCycles: number;
	/** How many reads ended in each kind of fault. */
	readonly faults: Readonly<Record<FaultKind, number>>;
	readonly lastFault: { readonly error: FaultKind; readonly uptimeMs: number } | null;
	/** Since the newest reading was taken. */
	readonly sinceGoodMs: number | null;
	/** Of the newest good frame. */
	readonly widths: Widths | null;
	/** What the widths tell about the wiring, in a sentence. */
	readonly hint: string | null;
	/** The newest train that gave no reading. */
	readonly badTrain: Capture | null;
}

/** Of a `HealthReport` what only counts: made without a copy. */
export type Counts = Pick<HealthReport, "reads" | "faults" | "sinceGoodMs">;

export interface HealthOptions {
	/** The sensor's name and model, for the capture. */
	name: string;
	model: string;
	startLowUs: number;
}

export class Health {
	#options: HealthOptions;
	#reads = 0;
	#goodReads = 0;
	#oldFrames = 0;
	#powerCycles = 0;
	#faults = Object.fromEntries(faultKinds.map(kind => [kind, 0])) as Record<FaultKind, number>;
	#lastFault: HealthReport["lastFault"] = null;
	#lastGood: number | undefined;
	#goodTrain: PulseTrain | undefined;
	#badTrain: PulseTrain | undefined;

	constructor(options: HealthOptions) {
		this.#options = options;
	}

	countRead(): void {
		this.#reads++;
	}

	countGood(ticks: number, train: PulseTrain | undefined): void {
		this.#goodReads++;
		this.#lastGood = ticks;
		this.#goodTrain = train;
	}

	countOld(): void {
		this.#oldFrames++;
	}

	countPowerCycle(): void {
		this.#powerCycles++;
	}

	/** @param train Left out when none arrived. */
	countFault(error: FaultKind, ticks: number, train?: PulseTrain): void {
		this.#faults[error]++;
		this.#lastFault = { error, uptimeMs: ticks };
		if (train) this.#badTrain = train;
	}

	/** @param ticks Now, ms since boot. @returns Counters that go on counting. */
	counts(ticks: number): Counts {
		return { reads: this.#reads, faults: this.#faults, sinceGoodMs: this.#since(ticks) };
	}

	/** @param ticks Now, ms since boot. @returns A new object each call. */
	report(ticks: number): HealthReport {
		const widths = this.#goodTrain ? measureWidths(this.#goodTrain.pulses) : null;
		return {
			reads: this.#reads,
			goodReads: this.#goodReads,
			oldFrames: this.#oldFrames,
			powerCycles: this.#powerCycles,
			faults: { ...this.#faults },
			lastFault: this.#lastFault,
			sinceGoodMs: this.#since(ticks),
			widths,
			hint: widths && hint(widths),
			badTrain: this.#badTrain ? this.#capture(this.#badTrain) : null,
		};
	}

	#since(ticks: number): number | null {
		return this.#lastGood === undefined ? null : ticks - this.#lastGood;
	}

	#capture({ pulses, level }: PulseTrain): Capture {
		const { name, model, startLowUs } = this.#options;
		return {
			file: name,
			model,
			sampleRateHz: 1_000_000,
			frames: [{ startLowUs, pulsesUs: Array.from(pulses), level, expect: null }],
		};
	}
}

/** Slow edges are seen late, rising ones most: highs come out short and lows long by the same time. */
function hint({ zeros, ones }: Widths): string | null {
	return zeros.meanUs < 18 || ones.meanUs < 62
		? "slow edges: the pull-up is weak or the cable long; try 4.7 kΩ or less, or a shorter cable"
		: null;
}
