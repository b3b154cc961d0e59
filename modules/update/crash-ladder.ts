/** What a program that ended early, again and again, starts without. */

import type { Clock, Timer } from "../platform/clock.js";
import type { Firmware } from "../platform/firmware.js";
import { type BootRecord, imageName, maxEarlyEnds } from "./boot-record.js";
import { reasons } from "./reasons.js";

/** A program that runs so long has not ended early, ms. */
const earlyMs = 60_000;
/** So many early ends in a row lead a step down. */
const perStep = 3;

/**
 * `normal`; `safe`: without changed settings, but for what reaches and protects the device; `back`: the other slot's image is to be
 * started, and where there is none that was confirmed, as `safe`; `rescue`: only the network, a page that says what is wrong, and updates.
 */
export type BootMode = "normal" | "safe" | "back" | "rescue";

/** Reset reasons that the program has brought about (docs/build.md). */
const crashes: readonly string[] = Object.freeze(["exception", "watchdog", "lock-up"], true);

export interface CrashLadderOptions {
	record: BootRecord;
	clock: Clock;
	/** As of `BootInfo`. */
	reason: string;
	/** As of `Host`. */
	version: string;
	/** As of `Host`. */
	update?: Pick<Firmware, "running"> | undefined;
}

export class CrashLadder {
	readonly mode: BootMode;
	#record: BootRecord;
	#clock: Clock;
	#timer: Timer | undefined;

	/**
	 * Counts this start, and notes that an image on probation is gone. A start after the power was off, or a restart that was asked for, is
	 * no crash; neither is the end of another image.
	 */
	constructor({ record, clock, reason, version, update }: CrashLadderOptions) {
		this.#record = record;
		this.#clock = clock;
		const image = update ? imageName(update.running) : version;
		const { values } = record;
		const isOther = values.image !== image;
		const isNew = isOther && values.onProbation === null;
		const isOver = values.onProbation !== null && update?.running.state !== "pending";
		const isGone = isOver && (update?.running.version !== values.onProbation || isOther);
		const isCrash = values.isEarly && !isOther && !isGone && crashes.includes(reason);
		const before = isNew ? 0 : values.earlyEnds;
		const earlyEnds = isCrash ? Math.min(before + 1, maxEarlyEnds) : before;
		this.mode = modeOf(earlyEnds, isCrash);
		record.change({
			...{ earlyEnds, isEarly: true, image },
			...(isOver && { onProbation: null }),
			...(isGone && { rolledBack: `${values.onProbation}: ${endOf(reason)}` }),
		});
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

/** The way back is taken once: the start after it is no crash, or the other image has been taken back. */
function modeOf(earlyEnds: number, isCrash: boolean): BootMode {
	if (earlyEnds < perStep) return "normal";
	if (earlyEnds >= 3 * perStep) return "rescue";
	return isCrash && earlyEnds === 2 * perStep ? "back" : "safe";
}

/** @returns How an image ended that the boot loader took back. */
function endOf(reason: string): string {
	if (reason === "exception") return reasons.crash;
	if (reason === "watchdog" || reason === "lock-up") return reasons.hang;
	return reason === "restart" ? reasons.restart : reasons.cut;
}
