/** What goes into a sensor's channel and what comes out of it: types only. */

import type { Sign } from "../dht/decode.js";
import type { FaultKind } from "../dht/fault.js";
import type { ModelName } from "../dht/models.js";
import type { Calibration } from "./calibration.js";
import type { Counts, HealthReport } from "./health.js";

export interface SensorOptions {
	/** What readings and faults call it. */
	name: string;
	/** Any name the part is sold under, or `auto`. */
	model: string;
	/** GPIO of the data line. */
	pin: number;
	/** GPIO that feeds the sensor: it is switched off and on when the sensor stays silent. */
	powerPin?: number | undefined;
	/** How a DHT11 marks a negative temperature: `magnitude` by default. */
	sign?: Sign | undefined;
	calibration?: Calibration | undefined;
	/** Whether to show the median of the last three; not by default. */
	median?: boolean | undefined;
}

export interface Reading {
	readonly sensor: string;
	/** Percent, whole tenths. */
	readonly humidity: number;
	/** °C, whole tenths. */
	readonly temperature: number;
	/** When the read was started, ms since boot. */
	readonly ticks: number;
	/** Whether a calibration is applied; then `raw…` is what the sensor sent. */
	readonly calibrated: boolean;
	readonly rawHumidity: number;
	readonly rawTemperature: number;
}

export interface FaultReport {
	readonly sensor: string;
	readonly error: FaultKind;
	/** A sentence that a person can act on. */
	readonly message: string;
	/** Reads in a row without a reading, this one included. */
	readonly failures: number;
	/** When the read was started, ms since boot. */
	readonly ticks: number;
}

/** What is known of a sensor now. */
export interface SensorState {
	readonly name: string;
	readonly model: ModelName;
	/** What `auto` found to answer; else the model. `undefined` before the first good frame. */
	readonly answering: ModelName | undefined;
	readonly pin: number;
	/** From one reading to the next, ms: not below the model's least. */
	readonly intervalMs: number;
	readonly reading: Reading | undefined;
	/** The newest fault, also when a newer reading has come since. */
	readonly fault: FaultReport | undefined;
	readonly counts: Counts;
	readonly health: HealthReport;
}
