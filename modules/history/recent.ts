/** The newest readings of one sensor, one in each bucket. */

import { Ring } from "./ring.js";
import type { Quantity, Tier } from "./tier.js";

/** Buckets beyond the span, so that a series that is being sent does not lose its oldest ones. */
const SPARE = 8;

const COLUMNS: Record<Quantity, number> = Object.freeze({ temperature: 0, humidity: 1 }, true);

export interface RecentReadingsOptions {
	/** How far back, ms. */
	spanMs: number;
	/** Between two readings, ms. */
	intervalMs: number;
	/** Most readings; where the span has more, it reaches less far back. */
	limit: number;
}

/**
 * A reading's bucket is the one before it, plus the whole intervals since then: small delays neither drop a reading nor
 * leave a gap. Of two readings within half an interval the later one stays, since it was read to confirm the first.
 */
export class RecentReadings implements Tier {
	readonly stepMs: number;
	#spanMs: number;
	#ring: Ring;
	/** When the first reading of the last bucket was taken. */
	#ticks = 0;

	constructor({ spanMs, intervalMs, limit }: RecentReadingsOptions) {
		this.stepMs = intervalMs;
		this.#spanMs = spanMs;
		this.#ring = new Ring(Math.min(limit, Math.ceil(spanMs / intervalMs)) + SPARE, 2);
	}

	get last(): number {
		return this.#ring.last;
	}

	get byteLength(): number {
		return this.#ring.byteLength;
	}

	/** @param ticks When it was taken, ms since boot; not before the last. @param temperature Tenths. @param humidity Tenths. */
	push(ticks: number, temperature: number, humidity: number): void {
		const ring = this.#ring;
		const bucket = ring.empty ? 0 : ring.last + Math.round((ticks - this.#ticks) / this.stepMs);
		if (ring.empty || bucket > ring.last) {
			ring.append(bucket);
			this.#ticks = ticks;
		}
		ring.put(bucket, COLUMNS.temperature, temperature);
		ring.put(bucket, COLUMNS.humidity, humidity);
	}

	oldest(ticks: number): number {
		const { first, last, length } = this.#ring;
		const inSpan = last + Math.ceil((ticks - this.#spanMs - this.#ticks) / this.stepMs);
		return Math.max(first, last + 1 - (length - SPARE), inSpan);
	}

	startTicks(bucket: number): number {
		return this.#ticks - (this.#ring.last - bucket) * this.stepMs;
	}

	tenths(bucket: number, quantity: Quantity): number | undefined {
		return this.#ring.get(bucket, COLUMNS[quantity]);
	}
}
