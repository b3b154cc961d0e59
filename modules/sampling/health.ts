/** How well a sensor is read: counters, the last fault, the widths of its pulses. */

import { type FaultKind, faultKinds } from "../dht/fault.js";
import type { PulseTrain } from "../dht/pulse-capture.js";
import { measureWidths, type Widths } from "../dht/pulse-widths.js";
import { DayCounts, type DayReport } from "./day-counts.js";

/** A pulse train in the format of recordings, which the desktop host can replay. */
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
	/** The level when the capture ended. */
	readonly level: 0 | 1;
	readonly expect: null;
}

/** To be sent as JSON: a value that is not there yet is `null`. */
export interface HealthReport {
	/** Reads begun. */
	readonly reads: number;
	readonly goodReads: number;
	/** Of about the last day. */
	readonly day: DayReport;
	/** Good frames that were discarded because their measurement was old. */
	readonly oldFrames: number;
	/** How often the power pin was switched off and on. */
	readonly powerCycles: number;
	/** Reads that ended in each kind of fault. */
	readonly faults: Readonly<Record<FaultKind, number>>;
	readonly lastFault: { readonly error: FaultKind; readonly uptimeMs: number } | null;
	/** Since the newest reading was taken. */
	readonly sinceGoodMs: number | null;
	/** Of the newest good frame. */
	readonly widths: Widths | null;
	/** A sentence on the wiring, where the widths are those of slow edges. */
	readonly hint: string | null;
}

/** The counters of a `HealthReport`, made without a copy. */
export type Counts = Pick<HealthReport, "reads" | "faults" | "sinceGoodMs">;

export interface HealthOptions {
	/** The sensor's name and model, for the recording. */
	name: string;
	model: string;
	startLowUs: number;
}

export class Health {
	#options: HealthOptions;
	#reads = 0;
	#goodReads = 0;
	#day = new DayCounts();
	#oldFrames = 0;
	#powerCycles = 0;
	#faults = Object.fromEntries(faultKinds.map(kind => [kind, 0])) as Record<FaultKind, number>;
	#lastFault: HealthReport["lastFault"] = null;
	#lastGood: number | undefined;
	#goodTrain: PulseTrain | undefined;
	/** Of the newest train that gave no reading: as text its pulses take less memory than as a typed array. */
	#badTrain: string | undefined;

	constructor(options: HealthOptions) {
		this.#options = options;
	}

	countRead(ticks: number): void {
		this.#reads++;
		this.#day.countRead(ticks);
	}

	countGood(ticks: number, train: PulseTrain | undefined): void {
		this.#goodReads++;
		this.#day.countGood(ticks);
		this.#lastGood = ticks;
		this.#goodTrain = train;
	}

	countOld(): void {
		this.#oldFrames++;
	}

	countPowerCycle(): void {
		this.#powerCycles++;
	}

	/** @param train Absent when none arrived. */
	countFault(error: FaultKind, ticks: number, train?: PulseTrain): void {
		this.#faults[error]++;
		this.#lastFault = { error, uptimeMs: ticks };
		if (train) this.#badTrain = `"pulsesUs":[${Array.prototype.join.call(train.pulses, ",")}],"level":${train.level}`;
	}

	/** JSON of the newest train that gave no reading, a `Capture`; `null` before the first. */
	get badTrain(): string | null {
		const train = this.#badTrain;
		if (train === undefined) return null;
		const { name, model, startLowUs } = this.#options;
		const head = JSON.stringify({ file: name, model, sampleRateHz: 1_000_000 });
		return `${head.slice(0, -1)},"frames":[{"startLowUs":${startLowUs},${train},"expect":null}]}`;
	}

	/** @param ticks Now, ms since boot. @returns Live counters. */
	counts(ticks: number): Counts {
		return { reads: this.#reads, faults: this.#faults, sinceGoodMs: this.since(ticks) };
	}

	/** @param ticks Now, ms since boot. @returns A new object each call. */
	report(ticks: number): HealthReport {
		const widths = this.#goodTrain ? measureWidths(this.#goodTrain.pulses) : null;
		return {
			reads: this.#reads,
			goodReads: this.#goodReads,
			day: this.#day.report(ticks),
			oldFrames: this.#oldFrames,
			powerCycles: this.#powerCycles,
			faults: { ...this.#faults },
			lastFault: this.#lastFault,
			sinceGoodMs: this.since(ticks),
			widths,
			hint: widths && hint(widths),
		};
	}

	private since(ticks: number): number | null {
		return this.#lastGood === undefined ? null : ticks - this.#lastGood;
	}
}

/** Slow edges are seen late, rising ones most: highs become short and lows long by the same time. */
function hint({ zeros, ones }: Widths): string | null {
	return zeros.meanUs < 18 || ones.meanUs < 62
		? "slow edges: the pull-up is weak or the cable long; try 4.7 kΩ or less, or a shorter cable"
		: null;
}
