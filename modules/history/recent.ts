/** The newest readings of one sensor, each by itself. */

import { Ring } from "./ring.js";
import type { Quantity, Tier } from "./tier.js";

/** What is remembered beyond the span, so that an answer which is under way does not lose its oldest places. */
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
 * A reading is placed by the whole intervals since the place before it, so that small delays neither drop one nor leave a
 * gap. Of two within half of one the later stays: it was read again, to see whether the first is right.
 */
export class RecentReadings implements Tier {
	readonly stepMs: number;
	#spanMs: number;
	#ring: Ring;
	/** When the first reading of the last place was taken. */
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
		const place = ring.empty ? 0 : ring.last + Math.round((ticks - this.#ticks) / this.stepMs);
		if (ring.empty || place > ring.last) {
			ring.append(place);
			this.#ticks = ticks;
		}
		ring.put(place, COLUMNS.temperature, temperature);
		ring.put(place, COLUMNS.humidity, humidity);
	}

	oldest(ticks: number): number {
		const { first, last, length } = this.#ring;
		const inSpan = last + Math.ceil((ticks - this.#spanMs - this.#ticks) / this.stepMs);
		return Math.max(first, last + 1 - (length - SPARE), inSpan);
	}

	start(place: number): number {
		return this.#ticks - (this.#ring.last - place) * this.stepMs;
	}

	tenths(place: number, quantity: Quantity): number | undefined {
		return this.#ring.get(place, COLUMNS[quantity]);
	}
}
