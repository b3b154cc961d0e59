/** How many of a day's reads gave a reading. */

/** An eighth of a day, ms. */
const periodMs = 10_800_000;
const periods = 8;

const periodOf = (ticks: number) => Math.floor(ticks / periodMs);

export interface DayReport {
	/** Reads begun in the last 21 to 24 hours, or since the start. */
	readonly reads: number;
	/** Readings of those hours. */
	readonly goodReads: number;
}

/** Counts by periods, of which the oldest is dropped as a whole: 64 bytes hold a day, however often a sensor is read. */
export class DayCounts {
	/** Of each period its reads and its readings. */
	#counts = new Uint32Array(2 * periods);
	/** The newest, periods since boot. */
	#newest = 0;

	/** @param ticks ms since boot, at most one period before the newest that was given. */
	countRead(ticks: number): void {
		this.count(ticks, 0);
	}

	/** @param ticks As of `countRead`. */
	countGood(ticks: number): void {
		this.count(ticks, 1);
	}

	/** @param ticks Now, ms since boot. */
	report(ticks: number): DayReport {
		this.advance(periodOf(ticks));
		const counts = this.#counts;
		let reads = 0;
		let goodReads = 0;
		for (let at = 0; at < 2 * periods; at += 2) {
			reads += counts[at]!;
			goodReads += counts[at + 1]!;
		}
		return { reads, goodReads };
	}

	private count(ticks: number, offset: 0 | 1): void {
		const period = periodOf(ticks);
		if (period > this.#newest) this.advance(period);
		this.#counts[2 * (period % periods) + offset]!++;
	}

	private advance(period: number): void {
		while (this.#newest < period) {
			this.#newest++;
			const at = 2 * (this.#newest % periods);
			this.#counts.fill(0, at, at + 2);
		}
	}
}
