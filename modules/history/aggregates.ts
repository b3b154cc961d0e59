/** Readings of one sensor in buckets of equal length: mean, min and max of each. */

import { firstHalf, PACKED, secondHalf, unpacked } from "./packed.js";
import { Ring } from "./ring.js";
import type { Quantity, Statistic, Tier } from "./tier.js";

/** The readings of one stretch of time. */
export interface Bucket {
	/** When it begins, ms since boot; negative for an earlier run of the device. */
	readonly startTicks: number;
	/** Its length. */
	readonly stepMs: number;
	/** Readings: its weight where it is merged into others. */
	readonly count: number;
	/** Tenths: mean, min and max of the temperature, then of the humidity. */
	readonly values: ArrayLike<number>;
}

const QUANTITIES: Record<Quantity, number> = Object.freeze({ temperature: 0, humidity: 3 }, true);
const STATISTICS: Record<Statistic, number> = Object.freeze({ mean: 0, min: 1, max: 2 }, true);
/** Numbers of a bucket: each statistic of each quantity. */
const WIDTH = 6;

/** Buckets beyond the span, so that a series that is being sent does not lose its oldest one. */
const SPARE = 1;

export class Aggregates implements Tier {
	readonly stepMs: number;
	#ring: Ring;
	/** Added to the time since boot before it is cut into buckets. */
	#phase = 0;
	/** Readings in the newest bucket, their sums and extremes in tenths. */
	#count = 0;
	#temperatures = 0;
	#humidities = 0;
	#coldest = 0;
	#hottest = 0;
	#driest = 0;
	#dampest = 0;

	/** @param spanMs How far back. @param stepMs The length of a bucket. */
	constructor(spanMs: number, stepMs: number) {
		this.stepMs = stepMs;
		this.#ring = new Ring(Math.ceil(spanMs / stepMs) + SPARE, PACKED, Int32Array);
	}

	get last(): number {
		return this.#ring.last;
	}

	get byteLength(): number {
		return this.#ring.byteLength;
	}

	/**
	 * From now on cuts time where wall time has whole steps. Buckets that are there move by half a step at most.
	 * @param offset Wall time less time since boot, ms.
	 */
	align(offset: number): void {
		this.#phase = offset - Math.round(offset / this.stepMs) * this.stepMs;
	}

	/** @param ticks When it was taken, ms since boot. @param temperature Tenths. @param humidity Tenths. */
	push(ticks: number, temperature: number, humidity: number): void {
		this.open(ticks, 1);
		this.#temperatures += temperature;
		this.#humidities += humidity;
		this.put(temperature, temperature, humidity, humidity);
	}

	/**
	 * Puts the buckets of an earlier run before those that are there.
	 * @param earlier In order of time. What overlaps is left out, but for the bucket that both runs share.
	 * @param ticks Now, ms since boot: what is later is left out.
	 */
	prepend(earlier: Iterable<Bucket>, ticks: number): void {
		const own = this.#ring;
		const count = this.#count;
		let first = own.first;
		while (first <= own.last && own.get(first, 0) === undefined) first++;
		const end = Math.min(ticks, first <= own.last ? this.startTicks(first) + this.stepMs / 2 : ticks);
		this.#ring = new Ring(own.length, PACKED, Int32Array);
		for (const bucket of earlier)
			if (this.bucketAt(bucket.startTicks + bucket.stepMs / 2) <= this.bucketAt(end)) this.merge(bucket);
		for (const bucket of bucketsOf(this, own, count)) this.merge(bucket);
	}

	/** All buckets but gaps, in order of time. */
	buckets(): Generator<Bucket> {
		return bucketsOf(this, this.#ring, this.#count);
	}

	oldest(ticks: number): number {
		const { first, length } = this.#ring;
		return Math.max(first, this.bucketAt(ticks) + 1 - (length - SPARE));
	}

	startTicks(bucket: number): number {
		return bucket * this.stepMs - this.#phase;
	}

	tenths(bucket: number, quantity: Quantity, statistic: Statistic): number | undefined {
		return read(this.#ring, bucket, QUANTITIES[quantity] + STATISTICS[statistic]);
	}

	private bucketAt(ticks: number): number {
		return Math.floor((ticks + this.#phase) / this.stepMs);
	}

	/** Opens the bucket of `ticks`, but none before the newest. @param count Readings that are added next. */
	private open(ticks: number, count: number): void {
		const ring = this.#ring;
		const bucket = this.bucketAt(ticks);
		if (ring.empty || bucket > ring.last) {
			ring.append(bucket);
			this.#count = 0;
			this.#temperatures = 0;
			this.#humidities = 0;
			this.#coldest = this.#driest = Number.POSITIVE_INFINITY;
			this.#hottest = this.#dampest = Number.NEGATIVE_INFINITY;
		}
		this.#count += count;
	}

	/** Adds a bucket of any length to each one that it covers. */
	private merge({ startTicks, stepMs, count, values }: Bucket): void {
		const margin = Math.min(stepMs, this.stepMs) / 2;
		for (let ticks = startTicks + margin; ticks <= startTicks + stepMs - margin; ticks += this.stepMs) {
			this.open(ticks, count);
			this.#temperatures += values[0]! * count;
			this.#humidities += values[3]! * count;
			this.put(values[1]!, values[2]!, values[4]!, values[5]!);
		}
	}

	/** Writes the newest bucket. */
	private put(coldest: number, hottest: number, driest: number, dampest: number): void {
		const ring = this.#ring;
		const temperature = Math.round(this.#temperatures / this.#count);
		const humidity = Math.round(this.#humidities / this.#count);
		this.#coldest = Math.min(this.#coldest, coldest);
		this.#hottest = Math.max(this.#hottest, hottest);
		this.#driest = Math.min(this.#driest, driest);
		this.#dampest = Math.max(this.#dampest, dampest);
		ring.put(ring.last, 0, firstHalf(temperature, humidity, this.#driest));
		ring.put(ring.last, 1, secondHalf(temperature, this.#coldest, this.#hottest, humidity, this.#dampest));
	}
}

/** @returns Tenths; `undefined` for a gap. */
function read(ring: Ring, bucket: number, column: number): number | undefined {
	const first = ring.get(bucket, 0);
	return first === undefined ? undefined : unpacked(first, ring.get(bucket, 1)!, column);
}

/** @returns The buckets in `ring`, a ring of `aggregates`, without gaps. @param count Readings in the newest one. */
function* bucketsOf(aggregates: Aggregates, ring: Ring, count: number): Generator<Bucket> {
	const { stepMs } = aggregates;
	for (let bucket = ring.first; bucket <= ring.last; bucket++) {
		if (ring.get(bucket, 0) === undefined) continue;
		const values = Array.from({ length: WIDTH }, (_, column) => read(ring, bucket, column) ?? 0);
		yield { startTicks: aggregates.startTicks(bucket), stepMs, count: bucket === ring.last ? count : 1, values };
	}
}

// The object that a generator's results inherit from is constant, too: it takes RAM on the chip unless it is frozen.
Object.freeze(bucketsOf.prototype, true);
