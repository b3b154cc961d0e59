/** Confirms a new firmware image when it has proved that the device can be reached, and takes it back when it has not. */

import type { Clock, Timer } from "../platform/clock.js";
import type { Firmware } from "../platform/firmware.js";

/** After so long an image that listens, reads and is reachable is confirmed without a request, ms. ESPHome waits 60 s. */
const quietMs = 90_000;
/** After so long an image that is not confirmed is taken back, ms. */
const limitMs = 300_000;
/** Time for the console's line before the restart, ms. */
const restartMs = 500;

/** What an image must show. */
export type Milestone = "listening" | "reading" | "reachable" | "responded";

export interface ProbationOptions {
	firmware: Firmware;
	clock: Clock;
	/** Whether the image before was in a network when it switched: where it was not, neither need the new one be. */
	wasReachable: boolean;
	/** Called before the image is taken back. @param missing What it has not shown, on one line. */
	onRolledBack(missing: string): void;
	log(line: string): void;
}

/** What is said of a milestone that is missing, in the order in which they come about. */
const missing: readonly (readonly [Milestone, string])[] = Object.freeze(
	[
		["reading", "it has read no sensor"],
		["reachable", "it has not joined a network"],
		["listening", "it does not listen"],
	] as const,
	true,
);

export class Probation {
	#options: ProbationOptions;
	#shown: readonly Milestone[] = [];
	#quiet: Timer | undefined;
	#limit: Timer | undefined;
	#isQuiet = false;
	#isOver: boolean;

	/** Ends at once where the image that runs is confirmed. */
	constructor(options: ProbationOptions) {
		this.#options = options;
		this.#isOver = options.firmware.running.state !== "pending";
		if (this.#isOver) return;
		const { clock } = options;
		this.#quiet = clock.set(() => {
			this.#isQuiet = true;
			this.#judge();
		}, quietMs);
		this.#limit = clock.set(() => this.#expire(), limitMs);
	}

	/** Whether the image that runs may still be taken back. */
	get isOver(): boolean {
		return this.#isOver;
	}

	/** The image has shown something; further times count nothing. */
	show(milestone: Milestone): void {
		if (this.#isOver || this.#shown.includes(milestone)) return;
		this.#shown = [...this.#shown, milestone];
		this.#judge();
	}

	/** May be called twice; the image stays as it is. */
	close(): void {
		const { clock } = this.#options;
		clock.clear(this.#quiet);
		clock.clear(this.#limit);
		this.#isOver = true;
	}

	#judge(): void {
		const { firmware, log } = this.#options;
		if (this.#isOver || this.#firstMissing() || !(this.#isQuiet || this.#shown.includes("responded"))) return;
		this.close();
		try {
			firmware.confirm();
			log(`firmware ${firmware.running.version} is confirmed`);
		} catch (error) {
			log(`firmware ${firmware.running.version} cannot be confirmed: ${(error as Error).message}`);
		}
	}

	#firstMissing(): string | undefined {
		return missing.find(([milestone]) => !this.#shown.includes(milestone))?.[1];
	}

	/** Where the image before was in no network, the time begins anew: the network may come back. */
	#expire(): void {
		const { firmware, clock, wasReachable, onRolledBack, log } = this.#options;
		const reason = this.#firstMissing()!;
		if (!wasReachable && !this.#shown.includes("reachable")) {
			this.#limit = clock.set(() => this.#expire(), limitMs);
			return;
		}
		const { version } = firmware.running;
		this.close();
		try {
			firmware.rollBack();
		} catch (error) {
			log(`firmware ${version} stays, though ${reason}: ${(error as Error).message}`);
			return;
		}
		log(`firmware ${version} is taken back: ${reason}`);
		onRolledBack(reason);
		clock.set(() => firmware.restart(), restartMs);
	}
}
