/** Readings of one sensor gathered by stretches of time: the mean of each, the least and the greatest. */

import { Ring } from "./ring.js";
import type { Quantity, Statistic, Tier } from "./tier.js";

/** What was gathered in one stretch. */
export interface Bucket {
	/** When it begins, ms since boot; negative for an earlier run of the device. */
	readonly start: number;
	/** How long it is. */
	readonly stepMs: number;
	/** Its weight where it shares a place with others. */
	readonly count: number;
	/** Tenths: mean, least and greatest of the temperature, then of the humidity. */
	readonly values: ArrayLike<number>;
}

const QUANTITIES: Record<Quantity, number> = Object.freeze({ temperature: 0, humidity: 3 }, true);
const STATISTICS: Record<Statistic, number> = Object.freeze({ mean: 0, min: 1, max: 2 }, true);
/** Numbers a place: each statistic of each quantity. */
const WIDTH = 6;

/** What is remembered beyond the span, so that an answer which is under way does not lose its oldest place. */
const SPARE = 1;

export class Aggregates implements Tier {
	readonly stepMs: number;
	#ring: Ring;
	/** Added to the time since boot before it is cut into places. */
	#phase = 0;
	/** Readings in the newest place, and their sums in tenths, by the column of their mean. */
	#count = 0;
	#sums = [0, 0, 0, 0];

	/** @param spanMs How far back. @param stepMs The length of a place. */
	constructor(spanMs: number, stepMs: number) {
		this.stepMs = stepMs;
		this.#ring = new Ring(Math.ceil(spanMs / stepMs) + SPARE, WIDTH);
	}

	get last(): number {
		return this.#ring.last;
	}

	get byteLength(): number {
		return this.#ring.byteLength;
	}

	/**
	 * From now on cuts time where wall time has whole steps. Places that are there move by half a step at most.
	 * @param offset Wall time less time since boot, ms.
	 */
	align(offset: number): void {
		this.#phase = offset - Math.round(offset / this.stepMs) * this.stepMs;
	}

	/** @param ticks When it was taken, ms since boot. @param temperature Tenths. @param humidity Tenths. */
	push(ticks: number, temperature: number, humidity: number): void {
		const place = this.#open(ticks, 1);
		this.#add(place, QUANTITIES.temperature, 1, temperature, temperature, temperature);
		this.#add(place, QUANTITIES.humidity, 1, humidity, humidity, humidity);
	}

	/**
	 * Puts what an earlier run has gathered before what is there.
	 * @param saved In order of time; what overlaps is left out but for the place that both runs share.
	 * @param ticks Now, ms since boot: what is later than that is left out.
	 */
	restore(saved: Iterable<Bucket>, ticks: number): void {
		const own = this.#ring;
		const count = this.#count;
		let first = own.first;
		while (first <= own.last && own.get(first, 0) === undefined) first++;
		const end = Math.min(ticks, first <= own.last ? this.start(first) + this.stepMs / 2 : ticks);
		this.#ring = new Ring(own.length, WIDTH);
		for (const earlier of saved) if (this.#placeAt(this.#middle(earlier)) <= this.#placeAt(end)) this.#take(earlier);
		for (const later of gather(this, own, count)) this.#take(later);
	}

	/** All that is there, gaps left out, in order of time. */
	gathered(): Generator<Bucket> {
		return gather(this, this.#ring, this.#count);
	}

	oldest(ticks: number): number {
		const { first, length } = this.#ring;
		return Math.max(first, this.#placeAt(ticks) + 1 - (length - SPARE));
	}

	start(place: number): number {
		return place * this.stepMs - this.#phase;
	}

	tenths(place: number, quantity: Quantity, statistic: Statistic): number | undefined {
		return this.#ring.get(place, QUANTITIES[quantity] + STATISTICS[statistic]);
	}

	#placeAt(ticks: number): number {
		return Math.floor((ticks + this.#phase) / this.stepMs);
	}

	#middle({ start, stepMs }: Bucket): number {
		return start + stepMs / 2;
	}

	/** @param count Readings to come. @returns The place of `ticks`, but none before the newest. */
	#open(ticks: number, count: number): number {
		const ring = this.#ring;
		const place = this.#placeAt(ticks);
		if (ring.empty || place > ring.last) {
			ring.append(place);
			this.#count = 0;
			this.#sums.fill(0);
		}
		this.#count += count;
		return ring.last;
	}

	/** A longer stretch than a place is given to each place that it covers. */
	#take({ start, stepMs, count, values }: Bucket): void {
		const margin = Math.min(stepMs, this.stepMs) / 2;
		for (let ticks = start + margin; ticks <= start + stepMs - margin; ticks += this.stepMs) {
			const place = this.#open(ticks, count);
			for (const column of [QUANTITIES.temperature, QUANTITIES.humidity])
				this.#add(place, column, count, values[column]!, values[column + 1]!, values[column + 2]!);
		}
	}

	#add(place: number, column: number, count: number, mean: number, min: number, max: number): void {
		const ring = this.#ring;
		const sum = this.#sums[column]! + mean * count;
		this.#sums[column] = sum;
		ring.put(place, column, Math.round(sum / this.#count));
		ring.put(place, column + 1, Math.min(min, ring.get(place, column + 1) ?? min));
		ring.put(place, column + 2, Math.max(max, ring.get(place, column + 2) ?? max));
	}
}

/** What `ring` holds of `means`, gaps left out. @param last Readings in the newest place. */
function* gather(means: Aggregates, ring: Ring, last: number): Generator<Bucket> {
	const { stepMs } = means;
	for (let place = ring.first; place <= ring.last; place++) {
		if (ring.get(place, 0) === undefined) continue;
		const values = Array.from({ length: WIDTH }, (_, column) => ring.get(place, column) ?? 0);
		yield { start: means.start(place), stepMs, count: place === ring.last ? last : 1, values };
	}
}

// What generators inherit from is constant, too: else the chip keeps a place for its copy in RAM.
Object.freeze(gather.prototype, true);
