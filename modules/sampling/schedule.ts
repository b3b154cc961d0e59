/** When one sensor is read: every interval, sooner after a read without a reading, never sooner than its model allows. */

/** How a read ended: with a reading, with a fault, or with a measurement that needs another to be judged. */
export type Outcome = "good" | "fault" | "inconclusive";

export interface ReadScheduleOptions {
	/** From one reading to the next, ms; not below `minIntervalMs`. */
	intervalMs: number;
	/** From the beginning of a read to that of the next, ms. */
	minIntervalMs: number;
	/** The first read, ms since boot. */
	firstAt: number;
}

export class ReadSchedule {
	#intervalMs: number;
	#minIntervalMs: number;
	/** The regular time of the current reading: a retry does not shift those that follow. */
	#regular: number;
	#next: number;
	#startedAt = 0;
	#retried = false;

	constructor({ intervalMs, minIntervalMs, firstAt }: ReadScheduleOptions) {
		this.#intervalMs = intervalMs;
		this.#minIntervalMs = minIntervalMs;
		this.#regular = firstAt;
		this.#next = firstAt;
	}

	/** When the next read is due, ms since boot. */
	get next(): number {
		return this.#next;
	}

	/** A read begins. */
	begin(ticks: number): void {
		this.#startedAt = ticks;
	}

	/**
	 * The read has ended. A fault gives one retry, and an inconclusive read another read, where the interval has time for it
	 * and for the next regular one.
	 */
	end(outcome: Outcome): void {
		const soonest = this.#startedAt + this.#minIntervalMs;
		const readsOn = outcome === "inconclusive" || (outcome === "fault" && !this.#retried);
		this.#regular = Math.max(this.#regular, this.#startedAt - this.#intervalMs);
		if (readsOn && soonest + this.#minIntervalMs <= this.#regular + this.#intervalMs) {
			this.#retried ||= outcome === "fault";
			this.#next = soonest;
			return;
		}
		this.#retried = false;
		this.#regular += this.#intervalMs;
		this.#next = Math.max(this.#regular, soonest);
	}

	/** The next read is due at `ticks`, and the interval counts from there. */
	postpone(ticks: number): void {
		this.#retried = false;
		this.#regular = ticks;
		this.#next = ticks;
	}
}
