/** Past readings: each one of a quarter of an hour, minutes of a day, quarters of an hour of a week. */

import { Aggregates } from "./aggregates.js";
import { RecentReadings } from "./recent.js";
import { Series, type Tier } from "./tier.js";

export type { Quantity, Series, Statistic } from "./tier.js";

export type Span = "15m" | "24h" | "7d";

export interface HistoryOptions {
	/** From 1, each with its name and the time between two of its readings in ms. */
	sensors: readonly { readonly name: string; readonly intervalMs: number }[];
	/** An earlier history, carried over for sensors of the same name. @defaultValue none */
	from?: History;
	/** Now, ms since boot; with `from`. @defaultValue 0 */
	ticks?: number;
}

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const DAY = 24 * 60 * MINUTE;
const WEEK = 7 * DAY;
/** Single readings of a sensor: a quarter of an hour of one a second. */
const MAX_READINGS = 900;

/** The tiers of one sensor. */
export interface SensorHistory {
	readonly name: string;
	readonly readings: RecentReadings;
	readonly minutes: Aggregates;
	readonly quarters: Aggregates;
}

/**
 * Allocates all of its memory in the constructor: 18,744 bytes for one sensor read every two seconds, 20,544 for one read
 * every second or faster. Of n sensors, each has buckets n times as long in the two tiers of aggregates, which together take
 * about what one sensor's take. The single readings take 1.9 KB more for each sensor.
 */
export class History {
	#sensors: SensorHistory[];

	/** @throws {RangeError} There is no sensor, or an interval is not positive. */
	constructor({ sensors, from, ticks = 0 }: HistoryOptions) {
		if (sensors.length < 1) throw new RangeError("sensors is empty: 1 or more allowed");
		for (const { name, intervalMs } of sensors)
			if (!(intervalMs > 0)) throw new RangeError(`intervalMs of ${name} is ${intervalMs}: more than 0 allowed`);
		this.#sensors = sensors.map(({ name, intervalMs }) => {
			const earlier = from?.sensors.find(sensor => sensor.name === name);
			return {
				name,
				readings:
					earlier?.readings.stepMs === intervalMs
						? earlier.readings
						: new RecentReadings({ spanMs: QUARTER, intervalMs, limit: MAX_READINGS }),
				minutes: carryOver(earlier?.minutes, DAY, MINUTE * sensors.length, ticks),
				quarters: carryOver(earlier?.quarters, WEEK, QUARTER * sensors.length, ticks),
			};
		});
	}

	/** Bytes of all rings. */
	get byteLength(): number {
		return this.#sensors.reduce(
			(sum, { readings, minutes, quarters }) => sum + readings.byteLength + minutes.byteLength + quarters.byteLength,
			0,
		);
	}

	/** In the order of the options. */
	get sensors(): readonly SensorHistory[] {
		return this.#sensors;
	}

	/**
	 * Adds a reading; allocates nothing.
	 * @param sensor One of the options' names; any other is ignored.
	 * @param ticks When it was taken, ms since boot; not before the sensor's last.
	 * @param temperature °C; those of buckets are held to -100 to 309.4. @param humidity Percent; those of buckets are held to 0 to 100.
	 */
	push(sensor: string, ticks: number, temperature: number, humidity: number): void {
		const found = this.find(sensor);
		if (!found) return;
		const celsius = Math.round(temperature * 10);
		const percent = Math.round(humidity * 10);
		found.readings.push(ticks, celsius, percent);
		found.minutes.push(ticks, celsius, percent);
		found.quarters.push(ticks, celsius, percent);
	}

	/**
	 * From now on begins minutes and quarters of an hour where wall time has them.
	 * @param offset Wall time less time since boot, ms.
	 */
	align(offset: number): void {
		for (const { minutes, quarters } of this.#sensors) {
			minutes.align(offset);
			quarters.align(offset);
		}
	}

	/**
	 * @param ticks Now, ms since boot: the span ends there.
	 * @returns `undefined` for a sensor that is not among the options'.
	 */
	series(sensor: string, span: Span, ticks: number): Series | undefined {
		const found = this.find(sensor);
		return found && new Series(tierOf(found, span), ticks);
	}

	private find(name: string): SensorHistory | undefined {
		const sensors = this.#sensors;
		for (let at = 0; at < sensors.length; at++) if (sensors[at]!.name === name) return sensors[at];
		return undefined;
	}
}

/** @returns `earlier`, or its content in buckets of another length. */
function carryOver(earlier: Aggregates | undefined, spanMs: number, stepMs: number, ticks: number): Aggregates {
	if (earlier?.stepMs === stepMs) return earlier;
	const aggregates = new Aggregates(spanMs, stepMs);
	if (earlier) aggregates.prepend(earlier.buckets(), ticks);
	return aggregates;
}

function tierOf({ readings, minutes, quarters }: SensorHistory, span: Span): Tier {
	if (span === "15m") return readings;
	return span === "24h" ? minutes : quarters;
}
