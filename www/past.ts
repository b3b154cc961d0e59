import type { Series, Source, Span } from "./source.js";
import { spanMs } from "./source.js";

/** Slots of each span: what the device's own tiers hold. */
const steps: Record<Span, number> = { "15m": 2000, "24h": 60_000, "7d": 900_000 };

/** A value's mean, least and greatest in each slot. */
class Track {
	readonly mean: Float64Array;
	readonly least: Float64Array;
	readonly greatest: Float64Array;

	constructor(size: number) {
		this.mean = new Float64Array(size);
		this.least = new Float64Array(size);
		this.greatest = new Float64Array(size);
	}

	begin(slot: number, value: number): void {
		this.mean[slot] = this.least[slot] = this.greatest[slot] = value;
	}

	/** Adds the slot's `count`th value. */
	add(slot: number, value: number, count: number): void {
		this.mean[slot]! += (value - this.mean[slot]!) / count;
		this.least[slot] = Math.min(this.least[slot]!, value);
		this.greatest[slot] = Math.max(this.greatest[slot]!, value);
	}
}

/** One span of one sensor in a ring of slots. */
class Tier {
	readonly #stepMs: number;
	readonly #size: number;
	readonly #at: Float64Array;
	readonly #temperature: Track;
	readonly #humidity: Track;
	#length = 0;
	#newest = -1;
	#count = 0;

	constructor(span: Span) {
		this.#stepMs = steps[span];
		this.#size = Math.ceil(spanMs[span] / this.#stepMs);
		this.#at = new Float64Array(this.#size);
		this.#temperature = new Track(this.#size);
		this.#humidity = new Track(this.#size);
	}

	push(at: number, temperature: number, humidity: number): void {
		const newest = this.#newest;
		if (newest >= 0 && Math.floor(at / this.#stepMs) <= Math.floor(this.#at[newest]! / this.#stepMs)) {
			this.#count++;
			this.#temperature.add(newest, temperature, this.#count);
			this.#humidity.add(newest, humidity, this.#count);
			return;
		}
		const slot = (newest + 1) % this.#size;
		this.#newest = slot;
		this.#length = Math.min(this.#length + 1, this.#size);
		this.#count = 1;
		this.#at[slot] = at;
		this.#temperature.begin(slot, temperature);
		this.#humidity.begin(slot, humidity);
	}

	read(from: number, gapMs: number): Series {
		const series: Series = { at: [], temperature: [], humidity: [], ranges: undefined };
		const longest = Math.max(gapMs, 2 * this.#stepMs);
		for (let back = this.#length - 1; back >= 0; back--) {
			const slot = (this.#newest - back + this.#size) % this.#size;
			const at = this.#at[slot]!;
			if (at < from) continue;
			const before = series.at.at(-1);
			if (before !== undefined && at - before > longest) {
				series.at.push(before + 1);
				series.temperature.push(null);
				series.humidity.push(null);
			}
			series.at.push(at);
			series.temperature.push(this.#temperature.mean[slot]!);
			series.humidity.push(this.#humidity.mean[slot]!);
			series.ranges = {
				temperature: widen(series.ranges?.temperature, this.#temperature, slot),
				humidity: widen(series.ranges?.humidity, this.#humidity, slot),
			};
		}
		return series;
	}
}

function widen(range: { least: number; greatest: number } | undefined, track: Track, slot: number) {
	return {
		least: Math.min(range?.least ?? Number.POSITIVE_INFINITY, track.least[slot]!),
		greatest: Math.max(range?.greatest ?? Number.NEGATIVE_INFINITY, track.greatest[slot]!),
	};
}

/** What this page has seen: for each sensor a ring a span, 3 × 450, 1440 and 672 slots of 56 bytes, 144 KB in all. */
export class Past implements Source {
	readonly #sensors = new Map<string, Record<Span, Tier>>();

	/** A reading of `sensor` at `at` (ms on the page's clock); one that comes late counts with the newest. */
	push(sensor: string, at: number, temperature: number, humidity: number): void {
		let tiers = this.#sensors.get(sensor);
		if (!tiers) {
			tiers = { "15m": new Tier("15m"), "24h": new Tier("24h"), "7d": new Tier("7d") };
			this.#sensors.set(sensor, tiers);
		}
		for (const tier of Object.values(tiers)) tier.push(at, temperature, humidity);
	}

	read(sensor: string, span: Span, now: number, gapMs: number): Series {
		return (
			this.#sensors.get(sensor)?.[span].read(now - spanMs[span], gapMs) ?? {
				at: [],
				temperature: [],
				humidity: [],
				ranges: undefined,
			}
		);
	}
}
