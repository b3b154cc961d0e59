/** When one sensor is read: every interval, sooner after a read without a reading, never sooner than the part allows. */

/** How a read ended: with a reading, with a fault, or with a measurement that says nothing without another. */
export type Outcome = "good" | "fault" | "again";

export interface ReadScheduleOptions {
	/** From one reading to the next, ms; not below `minIntervalMs`. */
	intervalMs: number;
	/** From the start of a read to the start of the next, ms. */
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

	/** When to start the next read, ms since boot. */
	get next(): number {
		return this.#next;
	}

	/** A read was started. */
	start(ticks: number): void {
		this.#startedAt = ticks;
	}

	/** The read ended. After a fault there is one retry, and after `again` another read, where the interval has room. */
	end(outcome: Outcome): void {
		const soonest = this.#startedAt + this.#minIntervalMs;
		const again = outcome !== "good" && (outcome === "again" || !this.#retried);
		this.#regular = Math.max(this.#regular, this.#startedAt - this.#intervalMs);
		if (again && soonest + this.#minIntervalMs <= this.#regular + this.#intervalMs) {
			this.#retried ||= outcome === "fault";
			this.#next = soonest;
			return;
		}
		this.#retried = false;
		this.#regular += this.#intervalMs;
		this.#next = Math.max(this.#regular, soonest);
	}

	/** Nothing is read before `ticks`; the interval counts from there. */
	postpone(ticks: number): void {
		this.#retried = false;
		this.#regular = ticks;
		this.#next = ticks;
	}
}
