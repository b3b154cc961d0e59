import type { Span } from "../../modules/api/schema.js";

export const spanMs: Record<Span, number> = { "15m": 900_000, "24h": 86_400_000, "7d": 604_800_000 };

/** Min and max of a span. */
export interface Range {
	min: number;
	max: number;
}

/** A span's values, oldest first; `null` where there was no reading. */
export interface Series {
	/** On the page's clock, ms. */
	at: number[];
	temperature: (number | null)[];
	humidity: (number | null)[];
	/** `undefined` while there is no value. */
	ranges: { temperature: Range; humidity: Range } | undefined;
}
