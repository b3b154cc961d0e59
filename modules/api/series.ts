/** The past of one sensor as the interface tells it, in whatever format. */

import type { SensorData, Span } from "./schema.js";

export type Quantity = "temperature" | "humidity";
export type Statistic = "mean" | "min" | "max";

export const quantities: readonly Quantity[] = Object.freeze(["temperature", "humidity"], true);
export const statistics: readonly Statistic[] = Object.freeze(["mean", "min", "max"], true);

/** Places of equal length in time. */
export interface Series {
	/** The length of a place, ms. */
	readonly stepMs: number;
	/** When the first place begins, ms since boot. */
	readonly startTicks: number;
	/** Places. */
	readonly length: number;
	/** @param index 0 to `length - 1`. @returns °C or percent; `null` for a gap. */
	value(index: number, quantity: Quantity, statistic: Statistic): number | null;
}

/** What is told of one sensor. */
export interface SensorHistory {
	sensor: string;
	span: Span;
	series: Series;
	/** When the first place begins, ms since 1970, to the second; `null` while wall time is unknown. */
	start: number | null;
	newest: SensorData | null;
}
