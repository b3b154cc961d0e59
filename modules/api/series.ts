/** The past of one sensor, as JSON and CSV have it. */

import type { Series as HistorySeries, Quantity, Span, Statistic } from "../history/history.js";
import type { SensorData } from "./schema.js";

export const quantities: readonly Quantity[] = Object.freeze(["temperature", "humidity"], true);
export const statistics: readonly Statistic[] = Object.freeze(["mean", "min", "max"], true);

/** Buckets of equal length in time. */
export type Series = Pick<HistorySeries, "stepMs" | "startTicks" | "length" | "value">;

/** A series with its sensor. */
export interface SensorHistory {
	sensor: string;
	span: Span;
	series: Series;
	/** When the first bucket begins, ms since 1970, to the second; `null` while wall time is unknown. */
	firstTime: number | null;
	newest: SensorData | null;
}
