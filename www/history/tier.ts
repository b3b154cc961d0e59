import type { History, Span, Track } from "../../modules/api/schema.js";
import { type Range, type Series, spanMs } from "./series.js";

/** Places of each span until the device has said how long its own are. */
const steps: Record<Span, number> = { "15m": 1000, "24h": 60_000, "7d": 900_000 };

interface Value extends Range {
	mean: number;
}

/** What was read from `at` on (ms on the page's clock), for a step. */
interface Place {
	at: number;
	/** Readings. */
	count: number;
	temperature: Value;
	humidity: Value;
}

/** One span of one sensor: what the device remembered when it was asked, and what has been read since. */
export class Tier {
	readonly #span: Span;
	#stepMs: number;
	#places: Place[] = [];

	constructor(span: Span) {
		this.#span = span;
		this.#stepMs = steps[span];
	}

	/** When the newest place begins; before everything while there is none. */
	get last(): number {
		return this.#places.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
	}

	/** What is no further than this from a place's beginning belongs to it; in 15 minutes every reading has its own place. */
	get reachMs(): number {
		return this.#span === "15m" ? this.#stepMs / 2 : this.#stepMs;
	}

	/** A reading at `at`; one that comes late counts with the newest. */
	push(at: number, temperature: number, humidity: number): void {
		const places = this.#places;
		const last = places.at(-1);
		if (last && at < last.at + this.reachMs) {
			last.count++;
			join(last.temperature, temperature, last.count);
			join(last.humidity, humidity, last.count);
			return;
		}
		places.push({
			at: last && this.#span !== "15m" ? at - ((at - last.at) % this.#stepMs) : at,
			count: 1,
			temperature: { mean: temperature, min: temperature, max: temperature },
			humidity: { mean: humidity, min: humidity, max: humidity },
		});
		while (places[0]!.at < at - spanMs[this.#span]) places.shift();
	}

	/**
	 * Takes over what the device remembers; what it does not know, from before its start or since it was asked, stays.
	 * @param known `last` when the device was asked. @param at When on the page's clock the device had been up for so many ms.
	 * @param intervalMs From one reading to the next.
	 */
	restore(history: History, known: number, at: (uptimeMs: number) => number, intervalMs: number): void {
		this.#stepMs = Math.max(history.stepMs, steps["15m"]);
		const told = places(history, at);
		const [first, last] = [told[0], told.at(-1)];
		if (!first || !last) return;
		// How many readings the place under way has, the device does not say.
		last.count = Math.max(1, Math.round((at(history.newest?.uptimeMs ?? 0) - last.at) / intervalMs));
		const { reachMs } = this;
		const since = Math.max(last.at + reachMs, known + 1);
		this.#places = [
			...this.#places.filter(place => place.at <= first.at - reachMs),
			...told,
			...this.#places.filter(place => place.at >= since),
		];
	}

	/** @returns The span that ends at `now`; readings further apart than `gapMs`, and places that are none, are a gap. */
	read(now: number, gapMs: number): Series {
		const series: Series = { at: [], temperature: [], humidity: [], ranges: undefined };
		const longest = Math.max(gapMs, 1.5 * this.#stepMs);
		for (const { at, temperature, humidity } of this.#places) {
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

/** Adds a place's `count`th reading. */
function join(value: Value, reading: number, count: number): void {
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

/** The places of `history` that hold something. */
function places({ startUptimeMs, stepMs, temperature, humidity }: History, at: (uptimeMs: number) => number): Place[] {
	const value = ({ mean, min, max }: Track, index: number): Value | undefined =>
		mean[index] == null ? undefined : { mean: mean[index], min: min[index]!, max: max[index]! };
	return temperature.mean.flatMap((_, index) => {
		const celsius = value(temperature, index);
		const percent = value(humidity, index);
		if (!celsius || !percent) return [];
		return { at: at(startUptimeMs + index * stepMs), count: 1, temperature: celsius, humidity: percent };
	});
}
