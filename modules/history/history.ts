/** What the sensors have read: every reading of a quarter of an hour, minute means of a day, quarter-hour means of a week. */

import { Aggregates } from "./aggregates.js";
import { RecentReadings } from "./recent.js";
import { Series, type Tier } from "./tier.js";

export type { Quantity, Series, Statistic } from "./tier.js";

export type Span = "15m" | "24h" | "7d";

export interface HistoryOptions {
	/** From 1, each with its name and the time between two of its readings in ms. */
	sensors: readonly { readonly name: string; readonly intervalMs: number }[];
	/** What was remembered so far, taken over for sensors of the same name. @defaultValue nothing */
	from?: History;
	/** Now, ms since boot; with `from`. @defaultValue 0 */
	ticks?: number;
}

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const DAY = 24 * 60 * MINUTE;
const WEEK = 7 * DAY;
/** Single readings of a sensor: a quarter of an hour of one a second. */
const MOST_READINGS = 900;

/** The tiers of one sensor. */
export interface Past {
	readonly name: string;
	readonly readings: RecentReadings;
	readonly minutes: Aggregates;
	readonly quarters: Aggregates;
}

/**
 * Takes all its memory at once: 27,200 bytes for one sensor read every two seconds, 29,000 for one read every second or
 * faster. Of n sensors each has places n times as long in the two tiers of means, so that together they take about what one
 * does, and all its single readings: 1.9 KB more a sensor.
 */
export class History {
	#pasts: Past[];

	/** @throws {RangeError} There is no sensor, or an interval is not positive. */
	constructor({ sensors, from, ticks = 0 }: HistoryOptions) {
		if (sensors.length < 1) throw new RangeError("sensors is empty: 1 or more allowed");
		for (const { name, intervalMs } of sensors)
			if (!(intervalMs > 0)) throw new RangeError(`intervalMs of ${name} is ${intervalMs}: more than 0 allowed`);
		this.#pasts = sensors.map(({ name, intervalMs }) => {
			const known = from?.sensors.find(past => past.name === name);
			return {
				name,
				readings:
					known?.readings.stepMs === intervalMs
						? known.readings
						: new RecentReadings({ spanMs: QUARTER, intervalMs, limit: MOST_READINGS }),
				minutes: succeed(known?.minutes, DAY, MINUTE * sensors.length, ticks),
				quarters: succeed(known?.quarters, WEEK, QUARTER * sensors.length, ticks),
			};
		});
	}

	/** Bytes of all readings' memory. */
	get byteLength(): number {
		return this.#pasts.reduce(
			(sum, { readings, minutes, quarters }) => sum + readings.byteLength + minutes.byteLength + quarters.byteLength,
			0,
		);
	}

	/** In the order of the options. */
	get sensors(): readonly Past[] {
		return this.#pasts;
	}

	/**
	 * Remembers a reading; allocates nothing.
	 * @param sensor One of the options' names; any other is passed over.
	 * @param ticks When it was taken, ms since boot; not before the sensor's last.
	 * @param temperature °C, -3276.7 to 3276.7. @param humidity Percent, likewise.
	 */
	push(sensor: string, ticks: number, temperature: number, humidity: number): void {
		const past = this.#find(sensor);
		if (!past) return;
		const celsius = Math.round(temperature * 10);
		const percent = Math.round(humidity * 10);
		past.readings.push(ticks, celsius, percent);
		past.minutes.push(ticks, celsius, percent);
		past.quarters.push(ticks, celsius, percent);
	}

	/**
	 * Wall time has become known: minutes and quarters of an hour begin where it has them, from now on.
	 * @param offset Wall time less time since boot, ms.
	 */
	align(offset: number): void {
		for (const { minutes, quarters } of this.#pasts) {
			minutes.align(offset);
			quarters.align(offset);
		}
	}

	/**
	 * @param ticks Now, ms since boot: the span ends there.
	 * @returns `undefined` for an unknown sensor.
	 */
	series(sensor: string, span: Span, ticks: number): Series | undefined {
		const past = this.#find(sensor);
		return past && new Series(tierOf(past, span), ticks);
	}

	#find(sensor: string): Past | undefined {
		const pasts = this.#pasts;
		for (let at = 0; at < pasts.length; at++) if (pasts[at]!.name === sensor) return pasts[at];
		return undefined;
	}
}

/** @returns `known`, or its means in places of another length. */
function succeed(known: Aggregates | undefined, spanMs: number, stepMs: number, ticks: number): Aggregates {
	if (known?.stepMs === stepMs) return known;
	const means = new Aggregates(spanMs, stepMs);
	if (known) means.restore(known.gathered(), ticks);
	return means;
}

function tierOf({ readings, minutes, quarters }: Past, span: Span): Tier {
	if (span === "15m") return readings;
	return span === "24h" ? minutes : quarters;
}
