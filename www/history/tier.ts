import type { History, Span, Track } from "../../modules/api/schema.js";
import { type Range, type Series, spanMs } from "./series.js";

/** Length of a bucket by span, ms, until the device has sent its own. */
const steps: Record<Span, number> = { "15m": 1000, "24h": 60_000, "7d": 900_000 };

interface Value extends Range {
	mean: number;
}

/** The readings of one step, which begins at `at` (ms on the page's clock). */
interface Bucket {
	at: number;
	/** Readings. */
	count: number;
	temperature: Value;
	humidity: Value;
}

/** One span of one sensor: the device's history, and the readings since. At most two buckets a step are kept. */
export class Tier {
	readonly #span: Span;
	#stepMs: number;
	#buckets: Bucket[] = [];

	constructor(span: Span) {
		this.#span = span;
		this.#stepMs = steps[span];
	}

	/** Begin of the newest bucket; −Infinity without one. */
	get last(): number {
		return this.#buckets.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
	}

	/** A reading closer than this to a bucket's begin belongs to it. In 15 minutes every reading has its own bucket. */
	get reachMs(): number {
		return this.#span === "15m" ? this.#stepMs / 2 : this.#stepMs;
	}

	/** Adds a reading of time `at`; a late one counts to the newest bucket. */
	push(at: number, temperature: number, humidity: number): void {
		const buckets = this.#buckets;
		const last = buckets.at(-1);
		if (last && at < last.at + this.reachMs) {
			last.count++;
			add(last.temperature, temperature, last.count);
			add(last.humidity, humidity, last.count);
			return;
		}
		buckets.push({
			at: last && this.#span !== "15m" ? at - ((at - last.at) % this.#stepMs) : at,
			count: 1,
			temperature: { mean: temperature, min: temperature, max: temperature },
			humidity: { mean: humidity, min: humidity, max: humidity },
		});
		while (buckets[0]!.at < at - spanMs[this.#span]) buckets.shift();
	}

	/**
	 * Takes over the device's history. Buckets from before its boot and readings since the request stay.
	 * @param requestedAfter `last` at the time of the request. @param at Gives the time of an `uptimeMs` on the page's clock.
	 * @param intervalMs From one reading to the next.
	 */
	restore(history: History, requestedAfter: number, at: (uptimeMs: number) => number, intervalMs: number): void {
		this.#stepMs = Math.max(history.stepMs, steps["15m"]);
		const received = bucketsOf(history, at);
		const [first, last] = [received[0], received.at(-1)];
		if (!first || !last) return;
		// The device does not send the count of the unfinished bucket: it is estimated.
		last.count = Math.max(1, Math.round((at(history.newest?.uptimeMs ?? 0) - last.at) / intervalMs));
		const { reachMs } = this;
		const since = Math.max(last.at + reachMs, requestedAfter + 1);
		this.#buckets = [
			...this.#buckets.filter(({ at }) => at <= first.at - reachMs),
			...received,
			...this.#buckets.filter(({ at }) => at >= since),
		];
	}

	/** @returns The span that ends at `now`; readings further apart than `gapMs`, and empty buckets, are a gap. */
	read(now: number, gapMs: number): Series {
		const series: Series = { at: [], temperature: [], humidity: [], ranges: undefined };
		const longest = Math.max(gapMs, 1.5 * this.#stepMs);
		for (const { at, temperature, humidity } of this.#buckets) {
			if (at < now - spanMs[this.#span]) continue;
			const before = series.at.at(-1);
			if (before !== undefined && at - before > longest) {
				series.at.push(before + 1);
				series.temperature.push(null);
				series.humidity.push(null);
			}
			series.at.push(at);
			series.temperature.push(temperature.mean);
			series.humidity.push(humidity.mean);
			series.ranges = {
				temperature: widen(series.ranges?.temperature, temperature),
				humidity: widen(series.ranges?.humidity, humidity),
			};
		}
		return series;
	}
}

/** Adds a bucket's `count`th reading. */
function add(value: Value, reading: number, count: number): void {
	value.mean += (reading - value.mean) / count;
	value.min = Math.min(value.min, reading);
	value.max = Math.max(value.max, reading);
}

function widen(range: Range | undefined, { min, max }: Range): Range {
	return {
		min: Math.min(range?.min ?? min, min),
		max: Math.max(range?.max ?? max, max),
	};
}

/** @returns The buckets of `history` that hold a reading. */
function bucketsOf(
	{ startUptimeMs, stepMs, temperature, humidity }: History,
	at: (uptimeMs: number) => number,
): Bucket[] {
	const value = ({ mean, min, max }: Track, index: number): Value | undefined =>
		mean[index] == null ? undefined : { mean: mean[index], min: min[index]!, max: max[index]! };
	return temperature.mean.flatMap((_, index) => {
		const celsius = value(temperature, index);
		const percent = value(humidity, index);
		if (!celsius || !percent) return [];
		return { at: at(startUptimeMs + index * stepMs), count: 1, temperature: celsius, humidity: percent };
	});
}
