/** Keeps the history through a restart: brings back what was saved once wall time is known, and saves every hour. */

import type { History } from "./history/history.js";
import { restore, save } from "./history/saved.js";
import type { Clock, Storage, Text, Timer } from "./platform/types.js";
import { Copies } from "./storage/copies.js";

export interface KeeperOptions {
	history: History;
	clock: Clock;
	text: Text;
	/** Without it the history ends with the program. */
	storage: Storage | undefined;
	log(line: string): void;
}

/** Flash wears: see docs/history.md. */
const savesMs = 3_600_000;
/** Between two steps of a save: erasing a block holds the chip up for some 50 ms. */
const stepMs = 50;
/** Blocks of each copy, at the storage's start: room for a week of one sensor, or of eight in longer places. */
const blocks = 4;

export class Keeper {
	#options: KeeperOptions;
	#copies: Copies | undefined;
	/** When to save next, ms since boot; `undefined` while wall time is unknown. */
	#due: number | undefined;
	#saving: Iterator<undefined> | undefined;
	#timer: Timer | undefined;

	constructor(options: KeeperOptions) {
		const { storage } = options;
		this.#options = options;
		this.#copies = storage && new Copies({ storage, firstBlock: 0, blocks });
		this.look();
	}

	/** Does what has become due: to be called after each reading. */
	look(): void {
		const { clock } = this.#options;
		const { time, ticks } = clock;
		if (time === undefined) return;
		if (this.#due === undefined) this.#begin(ticks, time);
		else if (ticks >= this.#due) {
			this.#due = ticks + savesMs;
			this.#saving = this.#save(time);
			this.#step();
		}
	}

	/** Saves at once; may be called twice. */
	close(): void {
		const { clock } = this.#options;
		const { time } = clock;
		clock.clear(this.#timer);
		if (time !== undefined && this.#due !== undefined) {
			this.#saving = this.#save(time);
			while (this.#proceed());
		}
		this.#due = undefined;
		this.#copies = undefined;
	}

	/** Wall time has become known. */
	#begin(ticks: number, time: number): void {
		const { history, text, log } = this.#options;
		history.align(time - ticks);
		this.#due = ticks;
		try {
			const copy = this.#copies?.find();
			if (this.#copies?.damaged) log("a saved history is damaged and left out");
			if (!copy) return;
			const savedAt = restore(history, text, copy, { ticks, time });
			if (savedAt <= time) this.#due = Math.max(ticks, ticks + savesMs - (time - savedAt));
		} catch (error) {
			log(`the saved history is left out: ${(error as Error).message}`);
		}
	}

	#save(time: number): Iterator<undefined> | undefined {
		const { history, text, clock } = this.#options;
		return this.#copies?.write(save(history, text, { ticks: clock.ticks, time }));
	}

	#step(): void {
		if (this.#proceed()) this.#timer = this.#options.clock.set(() => this.#step(), stepMs);
	}

	/** Takes one step of the save under way. @returns Whether there are more. */
	#proceed(): boolean {
		try {
			return this.#saving?.next().done === false;
		} catch (error) {
			this.#options.log(`the history was not saved: ${(error as Error).message}`);
			return false;
		}
	}
}
