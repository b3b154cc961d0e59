/** What an alert says: on the stream, in `/api/readings` and to receivers. */

import type { ZoneState } from "./zone.js";

/** `reading`: whether there are any. `success`: percent of the reads that give one. */
export type AlertQuantity = "temperature" | "humidity" | "reading" | "success";

/** A zone of a sensor that was entered or left. */
export interface Alert {
	readonly sensor: string;
	readonly quantity: AlertQuantity;
	readonly state: ZoneState;
	/** °C or percent, when it became an alert; `null` for readings. */
	readonly value: number | null;
	/** The limit of the zone that was entered or left; `null` for readings. */
	readonly limit: number | null;
	/** The kind of fault, or `stale`; absent where there is none. */
	readonly error?: string;
	/** When the state began, ms since boot: `delayMs` before it became an alert, or more. */
	readonly sinceUptimeMs: number;
}
