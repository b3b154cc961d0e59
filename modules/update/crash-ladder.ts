/** What a program that ended early, again and again, starts without. */

import type { Clock, Timer } from "../platform/clock.js";
import type { BootRecord } from "./boot-record.js";

/** A program that runs so long has not ended early, ms. */
const earlyMs = 60_000;
/** So many early ends in a row lead a step down. */
const perStep = 3;

/**
 * `normal`; `safe`: without changed settings, but for Wi-Fi and password; `back`: the other slot's image is to be started; `rescue`: only the
 * network, a page that says what is wrong, and updates.
 */
export type BootMode = "normal" | "safe" | "back" | "rescue";

const modes: readonly BootMode[] = Object.freeze(["normal", "safe", "back", "rescue"], true);

/** Reset reasons that the program has brought about (docs/build.md). */
const crashes: readonly string[] = Object.freeze(["exception", "watchdog", "lock-up"], true);

export interface CrashLadderOptions {
	record: BootRecord;
	clock: Clock;
	/** As of `BootInfo`. */
	reason: string;
}

export class CrashLadder {
	readonly mode: BootMode;
	#record: BootRecord;
	#clock: Clock;
	#timer: Timer | undefined;

	/** Counts this start. A start after the power was off, or a restart that was asked for, is no crash. */
	constructor({ record, clock, reason }: CrashLadderOptions) {
		this.#record = record;
		this.#clock = clock;
		const { earlyEnds, isEarly } = record.values;
		const counted = isEarly && crashes.includes(reason) ? earlyEnds + 1 : earlyEnds;
		this.mode = modes[Math.min(Math.floor(counted / perStep), modes.length - 1)]!;
		record.change({ earlyEnds: counted, isEarly: true });
		this.#timer = clock.set(() => this.#passed(), earlyMs);
	}

	/** The program ends because it was asked to; may be called twice. */
	close(): void {
		this.#clock.clear(this.#timer);
		this.#timer = undefined;
	}

	#passed(): void {
		this.#timer = undefined;
		this.#record.change({ earlyEnds: 0, isEarly: false });
	}
}
