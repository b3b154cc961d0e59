/**
 * Keeps the history through a restart: brings back what was saved once wall time is known, and saves every hour. A clock that
 * is wrong must not cost the past: what was saved by another clock is set aside before anything is written over it.
 */

import { heldHours, restore, save, savedAt } from "../history/format.js";
import type { History } from "../history/history.js";
import type { Clock, Timer } from "../platform/clock.js";
import type { Storage } from "../platform/storage.js";
import type { Text } from "../platform/text.js";
import { type Copy, TwoCopyStore } from "../storage/two-copies.js";

export interface HistorySaverOptions {
	history: History;
	clock: Clock;
	text: Text;
	/** Without it the history ends with the program. */
	storage: Storage | undefined;
	log(line: string): void;
}

const hourMs = 3_600_000;
const weekMs = 168 * hourMs;
/** Flash wears: see docs/history.md. */
const savesMs = hourMs;
/** Between two steps of a save: erasing a block holds the chip up for some 50 ms. */
const stepMs = 50;
/** Blocks of each copy, at the storage's start: room for a week of one sensor, or of eight in longer places. */
const blocks = 4;
/** Where a history is set aside: the changed settings have the two blocks between. */
const asideBlock = 10;
/** A clock that is off by no more than this costs no more than a loss of power does. */
const slackMs = hourMs;
/** For so many saves, an hour apart, a history stays aside. */
const mostHours = 168;

/** A history in the storage. */
interface Found {
	copy: Copy;
	/** When it was saved, by the clock of then, ms since 1970. */
	at: number;
}

/** A part of a save, in steps that each take a moment: begun when its turn has come. */
interface Task {
	start(): Iterator<undefined>;
	steps?: Iterator<undefined>;
	end(): void;
}

/** Whether what was saved at `at` can be placed by a clock that says `time`: not later than now, nor older than is kept. */
const fits = (at: number, time: number) => at - slackMs <= time && time - at < weekMs;

/** Whether `one` is closer to `time` than `other`, or nearly so. */
const isCloser = (one: number, other: number, time: number) => Math.abs(time - one) <= Math.abs(time - other) + slackMs;

export class HistorySaver {
	#options: HistorySaverOptions;
	#copies: TwoCopyStore | undefined;
	#aside: TwoCopyStore | undefined;
	/** When to save next, ms since boot; `undefined` while wall time is unknown. */
	#due: number | undefined;
	/** Wall time less time since boot, as last seen. */
	#offset = 0;
	/** What was saved last, and the offset of the clock by which it was placed: none while it fits no clock of this run. */
	#saved: (Found & { offset: number | undefined }) | undefined;
	/** What is set aside, and whether its time is over: it is forgotten after the next save. */
	#held: (Found & { over: boolean }) | undefined;
	/** Saves since it was set aside. */
	#hours = 0;
	/** What is left of the save under way, one after the other. */
	#saving: Task[] = [];
	#timer: Timer | undefined;

	constructor(options: HistorySaverOptions) {
		const { storage } = options;
		this.#options = options;
		this.#copies = storage && new TwoCopyStore({ storage, firstBlock: 0, blocks });
		this.#aside = storage && new TwoCopyStore({ storage, firstBlock: asideBlock, blocks, copies: 1 });
		this.look();
	}

	/** Does what has become due: to be called after each reading. */
	look(): void {
		const { clock } = this.#options;
		const { time, ticks } = clock;
		if (time === undefined) return;
		const jumped = Math.abs(time - ticks - this.#offset) > slackMs;
		this.#offset = time - ticks;
		if (this.#due === undefined) this.#begin(ticks, time);
		else {
			if (jumped) this.#place(ticks, time);
			if (ticks < this.#due) return;
			this.#due = ticks + savesMs;
			if (this.#held) this.#hours++;
			this.#save(ticks, time);
			this.#step();
		}
	}

	/** Saves at once; may be called twice. */
	close(): void {
		const { clock } = this.#options;
		const { time, ticks } = clock;
		clock.clear(this.#timer);
		if (time !== undefined && this.#due !== undefined) {
			this.#save(ticks, time);
			while (this.#proceed());
		}
		this.#due = undefined;
		this.#copies = undefined;
	}

	/** Wall time has become known. */
	#begin(ticks: number, time: number): void {
		this.#due = ticks;
		const saved = this.#find(this.#copies, "saved");
		if (this.#copies?.damaged) this.#options.log("a saved history is damaged and left out");
		const held = this.#find(this.#aside, "set aside");
		this.#saved = saved && { ...saved, offset: undefined };
		this.#held = held && { ...held, over: false };
		if (saved && held) this.#hours = heldHours(saved.copy);
		this.#place(ticks, time);
		if (this.#saved?.offset !== undefined && this.#saved.at <= time)
			this.#due = Math.max(ticks, ticks + savesMs - (time - this.#saved.at));
	}

	/**
	 * The clock has become known or has jumped: brings back the history that fits it, of two the one that was saved closer to
	 * now. What this run knows stays where it is in time since boot.
	 */
	#place(ticks: number, time: number): void {
		const { history, text, log } = this.#options;
		history.align(time - ticks);
		const saved = this.#saved && fits(this.#saved.at, time) ? this.#saved : undefined;
		const held = this.#held && fits(this.#held.at, time) ? this.#held : undefined;
		if (this.#held && !held) this.#held.over = false;
		try {
			if (held && !held.over && !(saved && isCloser(saved.at, held.at, time))) {
				held.over = true;
				restore(history, text, held.copy, { ticks, time });
				log("the history that was set aside is back");
			} else if (saved && saved.offset === undefined) {
				saved.offset = time - ticks;
				restore(history, text, saved.copy, { ticks, time });
			}
		} catch (error) {
			log(`the saved history is left out: ${(error as Error).message}`);
		}
	}

	#find(copies: TwoCopyStore | undefined, how: "saved" | "set aside"): Found | undefined {
		try {
			const copy = copies?.find();
			return copy && { copy, at: savedAt(copy) };
		} catch (error) {
			this.#options.log(`the history ${how} is left out: ${(error as Error).message}`);
			return undefined;
		}
	}

	/** Saves the history as it is by the clock of now, after what another clock has saved is set aside. */
	#save(ticks: number, time: number): void {
		const copies = this.#copies;
		const aside = this.#aside;
		if (!copies || !aside) return;
		const write: Task = {
			start: () => {
				const { history, text } = this.#options;
				return copies.write(save(history, text, { ticks, time }, this.#held ? this.#hours : 0));
			},
			end: () => {
				const copy = copies.newest;
				this.#saved = copy && { copy, at: time, offset: time - ticks };
				if (!this.#held || (!this.#held.over && this.#hours < mostHours)) return;
				this.#held = undefined;
				aside.clear();
			},
		};
		const saved = this.#isStranded(time - ticks) ? this.#saved : undefined;
		this.#saving = saved ? [this.#setAside(saved, aside), write] : [write];
	}

	/** Whether what was saved last is of another clock than this, and would be lost: nothing that is aside is worth more. */
	#isStranded(offset: number): boolean {
		const saved = this.#saved;
		const held = this.#held;
		if (!saved || held?.over || (saved.offset !== undefined && Math.abs(offset - saved.offset) <= slackMs))
			return false;
		return !held || (held.at < saved.at && fits(held.at, saved.at));
	}

	#setAside({ copy }: Found, aside: TwoCopyStore): Task {
		return {
			start: () => {
				this.#held = undefined;
				return aside.write(pieces(copy));
			},
			end: () => {
				const held = this.#find(aside, "set aside");
				if (!held) throw new Error("it cannot be set aside");
				this.#held = { ...held, over: false };
				this.#hours = 0;
				this.#options.log("the clock does not fit the saved history, which is set aside for a week");
			},
		};
	}

	#step(): void {
		if (this.#proceed()) this.#timer = this.#options.clock.set(() => this.#step(), stepMs);
	}

	/** Takes one step of the save under way. @returns Whether there are more. */
	#proceed(): boolean {
		const task = this.#saving[0];
		if (!task) return false;
		try {
			task.steps ??= task.start();
			if (!task.steps.next().done) return true;
			this.#saving.shift();
			task.end();
			return this.#saving.length > 0;
		} catch (error) {
			this.#saving = [];
			this.#options.log(`the history was not saved: ${(error as Error).message}`);
			return false;
		}
	}
}

function* pieces({ length, read }: Copy): Generator<Uint8Array> {
	const pieceLength = 512;
	for (let at = 0; at < length; at += pieceLength) yield read(at, pieceLength);
}

// What generators inherit from is constant, too: else the chip keeps a place for its copy in RAM.
Object.freeze(pieces.prototype, true);
