/**
 * Keeps the history through a restart: restores the saved one once wall time is known, and saves every hour. A wrong clock must
 * not cost the past: a history that another clock has saved is set aside before it is overwritten.
 */

import { heldHours, restore, save, savedAt } from "../history/format.js";
import type { History } from "../history/history.js";
import type { Logger } from "../log/log.js";
import type { Clock, Timer } from "../platform/clock.js";
import type { Storage } from "../platform/storage.js";
import type { Text } from "../platform/text.js";
import { asideBlocks, historyBlocks } from "../storage/blocks.js";
import { type Copy, TwoCopyStore } from "../storage/two-copies.js";

export interface HistorySaverOptions {
	history: History;
	clock: Clock;
	text: Text;
	/** Without it the history ends with the program. */
	storage: Storage | undefined;
	log: Logger;
}

const hourMs = 3_600_000;
const weekMs = 168 * hourMs;
/** From one save to the next; flash wears: see docs/history.md. */
const savesMs = hourMs;
/** Between two steps of a save: the erasure of a block stops the chip for some 50 ms. */
const stepMs = 50;
/** A clock this wrong costs no more than a loss of power does. */
const slackMs = hourMs;
/** Saves, an hour apart, for which a history stays aside. */
const maxHours = 168;

/** A history in the storage. */
interface Found {
	copy: Copy;
	/** When it was saved, by the clock of that time, ms since 1970. */
	at: number;
}

/** One of the tasks of a save, in short steps; it begins after the task before it. */
interface Task {
	begin(): Iterator<undefined>;
	steps?: Iterator<undefined>;
	end(): void;
}

/** Whether a history saved at `at` fits a clock that says `time`: it is not of the future, nor older than is kept. */
const fits = (at: number, time: number) => at - slackMs <= time && time - at < weekMs;

/** Whether `one` is closer to `time` than `other`, or nearly so. */
const isCloser = (one: number, other: number, time: number) => Math.abs(time - one) <= Math.abs(time - other) + slackMs;

export class HistorySaver {
	#options: HistorySaverOptions;
	#copies: TwoCopyStore | undefined;
	#aside: TwoCopyStore | undefined;
	/** When to save next, ms since boot; `undefined` while wall time is unknown. */
	#due: number | undefined;
	/** Wall time less time since boot, when it was last read. */
	#offset = 0;
	/** The newest saved history, and the offset of the clock by which it was restored; `undefined` until then. */
	#stored: (Found & { offset: number | undefined }) | undefined;
	/** The history that is set aside; when it is `over`, it is erased after the next save. */
	#held: (Found & { over: boolean }) | undefined;
	/** Saves since that was set aside. */
	#hours = 0;
	/** The tasks that are left of the save under way. */
	#saving: Task[] = [];
	#timer: Timer | undefined;

	constructor(options: HistorySaverOptions) {
		const { storage } = options;
		this.#options = options;
		this.#copies = storage && new TwoCopyStore({ storage, ...historyBlocks });
		this.#aside = storage && new TwoCopyStore({ storage, ...asideBlocks, copies: 1 });
		this.look();
	}

	/** Restores or saves what is due: to be called after each reading. */
	look(): void {
		const { clock } = this.#options;
		const { time, ticks } = clock;
		if (time === undefined) return;
		const jumped = Math.abs(time - ticks - this.#offset) > slackMs;
		this.#offset = time - ticks;
		if (this.#due === undefined) this.begin(ticks, time);
		else {
			if (jumped) this.reconcile(ticks, time);
			if (ticks < this.#due) return;
			this.#due = ticks + savesMs;
			if (this.#held) this.#hours++;
			this.save(ticks, time);
			this.step();
		}
	}

	/** Saves at once; may be called twice. */
	close(): void {
		const { clock } = this.#options;
		const { time, ticks } = clock;
		clock.clear(this.#timer);
		if (time !== undefined && this.#due !== undefined) {
			this.save(ticks, time);
			while (this.proceed());
		}
		this.#due = undefined;
		this.#copies = undefined;
	}

	/** Wall time has become known. */
	private begin(ticks: number, time: number): void {
		this.#due = ticks;
		const stored = this.find(this.#copies, "saved");
		if (this.#copies?.damaged) this.#options.log("a saved history is damaged and left out", "error");
		const held = this.find(this.#aside, "set aside");
		this.#stored = stored && { ...stored, offset: undefined };
		this.#held = held && { ...held, over: false };
		if (stored && held) this.#hours = heldHours(stored.copy);
		this.reconcile(ticks, time);
		if (this.#stored?.offset !== undefined && this.#stored.at <= time)
			this.#due = Math.max(ticks, ticks + savesMs - (time - this.#stored.at));
	}

	/**
	 * The clock has become known or has jumped: restores the history that fits it, of two the one that was saved closer to
	 * now. The readings of this run keep their times since boot.
	 */
	private reconcile(ticks: number, time: number): void {
		const { history, text, log } = this.#options;
		history.align(time - ticks);
		const stored = this.#stored && fits(this.#stored.at, time) ? this.#stored : undefined;
		const held = this.#held && fits(this.#held.at, time) ? this.#held : undefined;
		if (this.#held && !held) this.#held.over = false;
		try {
			if (held && !held.over && !(stored && isCloser(stored.at, held.at, time))) {
				held.over = true;
				restore(history, text, held.copy, { ticks, time });
				log("the history that was set aside is back");
			} else if (stored && stored.offset === undefined) {
				stored.offset = time - ticks;
				restore(history, text, stored.copy, { ticks, time });
			}
		} catch (error) {
			log(`the saved history is left out: ${(error as Error).message}`, "error");
		}
	}

	private find(copies: TwoCopyStore | undefined, how: "saved" | "set aside"): Found | undefined {
		try {
			const copy = copies?.find();
			return copy && { copy, at: savedAt(copy) };
		} catch (error) {
			this.#options.log(`the history ${how} is left out: ${(error as Error).message}`, "error");
			return undefined;
		}
	}

	/** Begins to save the history by the present clock, after a history of another clock is set aside. */
	private save(ticks: number, time: number): void {
		const copies = this.#copies;
		const aside = this.#aside;
		if (!copies || !aside) return;
		const write: Task = {
			begin: () => {
				const { history, text } = this.#options;
				return copies.write(save(history, text, { ticks, time }, this.#held ? this.#hours : 0));
			},
			end: () => {
				const copy = copies.newest;
				this.#stored = copy && { copy, at: time, offset: time - ticks };
				if (!this.#held || (!this.#held.over && this.#hours < maxHours)) return;
				this.#held = undefined;
				aside.clear();
			},
		};
		const stored = this.isStranded(time - ticks) ? this.#stored : undefined;
		this.#saving = stored ? [this.setAside(stored, aside), write] : [write];
	}

	/** Whether the newest saved history is of another clock and would be lost, and none that is aside is worth more. */
	private isStranded(offset: number): boolean {
		const stored = this.#stored;
		const held = this.#held;
		if (!stored || held?.over || (stored.offset !== undefined && Math.abs(offset - stored.offset) <= slackMs))
			return false;
		return !held || (held.at < stored.at && fits(held.at, stored.at));
	}

	private setAside({ copy }: Found, aside: TwoCopyStore): Task {
		return {
			begin: () => {
				this.#held = undefined;
				return aside.write(pieces(copy));
			},
			end: () => {
				const held = this.find(aside, "set aside");
				if (!held) throw new Error("it cannot be set aside");
				this.#held = { ...held, over: false };
				this.#hours = 0;
				this.#options.log("the clock does not fit the saved history, which is set aside for a week", "warning");
			},
		};
	}

	private step(): void {
		if (this.proceed()) this.#timer = this.#options.clock.set(() => this.step(), stepMs);
	}

	/** Takes one step of the save under way. @returns Whether there are more. */
	private proceed(): boolean {
		const task = this.#saving[0];
		if (!task) return false;
		try {
			task.steps ??= task.begin();
			if (!task.steps.next().done) return true;
			this.#saving.shift();
			task.end();
			return this.#saving.length > 0;
		} catch (error) {
			this.#saving = [];
			this.#options.log(`the history was not saved: ${(error as Error).message}`, "error");
			return false;
		}
	}
}

function* pieces({ length, read }: Copy): Generator<Uint8Array> {
	const pieceLength = 512;
	for (let at = 0; at < length; at += pieceLength) yield read(at, pieceLength);
}

// The prototype of a generator's instances is frozen, too: otherwise the chip reserves RAM for a copy of it.
Object.freeze(pieces.prototype, true);
