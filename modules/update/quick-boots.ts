/** Finds a person who resets the device three times in a row: a short press for boards without a button. */

import type { Clock, Timer } from "../platform/clock.js";
import type { BootRecord } from "./boot-record.js";

/** A run that lasts so long ends the row, ms. */
const QUICK_MS = 10_000;
const BOOTS = 3;

/** Reset reasons that a hand brings about (docs/build.md). */
const byHand: readonly string[] = Object.freeze(["power-on", "reset-pin"], true);

export interface QuickBootsOptions {
	clock: Clock;
	record: BootRecord;
	/** As of `BootInfo`; `undefined` where the host does not boot by itself. */
	reason: string | undefined;
	/** This is the third boot in a row, each within ten seconds of the one before. */
	onThird(): void;
}

export class QuickBoots {
	#clock: Clock;
	#timer: Timer | undefined;

	/** Counts this boot in flash. */
	constructor({ clock, record, reason, onThird }: QuickBootsOptions) {
		this.#clock = clock;
		const counts = reason !== undefined && byHand.includes(reason);
		const boots = counts ? record.values.quickBoots + 1 : 0;
		record.change({ quickBoots: boots % BOOTS });
		if (boots >= BOOTS) onThird();
		else if (boots > 0) this.#timer = clock.set(() => record.change({ quickBoots: 0 }), QUICK_MS);
	}

	/** May be called twice. */
	close(): void {
		this.#clock.clear(this.#timer);
		this.#timer = undefined;
	}
}
