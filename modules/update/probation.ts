/** Confirms a new firmware image when it has proved that the device can be reached, and takes it back when it has not. */

import type { Clock, Timer } from "../platform/clock.js";
import type { Firmware } from "../platform/firmware.js";
import type { BootRecord } from "./boot-record.js";
import { reasons } from "./reasons.js";

/** From one look at the image to the next, ms. */
const lookMs = 1000;
/** After so long an image that listens, reads and is reachable is confirmed without a request, ms. ESPHome waits 60 s. */
const quietMs = 90_000;
/** After so long an image that is not confirmed is taken back, ms. */
const limitMs = 300_000;
/** What an image must show, in the order in which they come about. */
const milestones = Object.freeze(["reading", "reachable", "listening"] as const, true);

export type Milestone = (typeof milestones)[number] | "responded";

export interface ProbationOptions {
	firmware: Firmware;
	clock: Clock;
	record: BootRecord;
	/** Whether the image shows it now; once is enough. */
	shows(milestone: Milestone): boolean;
	/** The image has been taken back: the device must restart, soon and whatever else it is asked. */
	restart(): void;
	log(line: string): void;
}

export class Probation {
	#options: ProbationOptions;
	#begun: number;
	#shown: readonly Milestone[] = [];
	#timer: Timer | undefined;

	/** Ends at once where the image that runs is confirmed. */
	constructor(options: ProbationOptions) {
		const { firmware, clock, record } = options;
		this.#options = options;
		this.#begun = clock.ticks;
		const { state, version } = firmware.running;
		if (state !== "pending") return;
		record.change({ onProbation: version });
		this.#timer = clock.repeat(() => this.#look(), lookMs);
	}

	/** May be called twice; the image stays as it is. */
	close(): void {
		this.#options.clock.clear(this.#timer);
		this.#timer = undefined;
	}

	#look(): void {
		const { clock, shows } = this.#options;
		for (const milestone of [...milestones, "responded"] as const)
			if (!this.#shown.includes(milestone) && shows(milestone)) this.#shown = [...this.#shown, milestone];
		const elapsedMs = clock.ticks - this.#begun;
		const missing = milestones.find(milestone => !this.#shown.includes(milestone));
		if (missing === undefined) {
			if (elapsedMs >= quietMs || this.#shown.includes("responded")) this.#confirm();
		} else if (elapsedMs >= limitMs) this.#expire(missing);
	}

	#confirm(): void {
		const { firmware, record, log } = this.#options;
		const { version } = firmware.running;
		this.close();
		try {
			firmware.confirm();
			record.change({ onProbation: null });
			log(`firmware ${version} is confirmed`);
		} catch (error) {
			log(`firmware ${version} cannot be confirmed: ${(error as Error).message}`);
		}
	}

	/** Where the image before was in no network, the time begins anew: the network may come back. */
	#expire(missing: Exclude<Milestone, "responded">): void {
		const { firmware, clock, record, restart, log } = this.#options;
		if (!record.values.wasReachable && !this.#shown.includes("reachable")) {
			this.#begun = clock.ticks;
			return;
		}
		const { version } = firmware.running;
		this.close();
		try {
			firmware.rollBack();
		} catch (error) {
			log(`firmware ${version} stays, though ${reasons[missing]}: ${(error as Error).message}`);
			return;
		}
		log(`firmware ${version} is taken back: ${reasons[missing]}`);
		record.change({ onProbation: null, rolledBack: `${version}: ${reasons[missing]}` });
		restart();
	}
}
