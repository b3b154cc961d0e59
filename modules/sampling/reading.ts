/** The options of a sensor's channel, and its results: types only. */

import type { Sign } from "../dht/decode.js";
import type { FaultKind } from "../dht/fault.js";
import type { ModelName } from "../dht/models.js";
import type { PulseCaptureConstructor } from "../dht/pulse-capture.js";
import type { Clock } from "../platform/clock.js";
import type { DigitalOutputConstructor } from "../platform/io.js";
import type { Calibration } from "./calibration.js";
import type { Counts, HealthReport } from "./health.js";

export interface SensorOptions {
	/** Its name in readings and faults. */
	name: string;
	/** Any name the sensor is sold under, or `auto`. */
	model: string;
	/** GPIO of the data line. */
	pin: number;
	/** GPIO that feeds the sensor: it is switched off and on when the sensor stays silent. */
	powerPin?: number | undefined;
	/** How a sensor of 8-bit values encodes a negative temperature. @defaultValue "magnitude" */
	sign?: Sign | undefined;
	calibration?: Calibration | undefined;
	/** Whether readings are the median of the last three. @defaultValue false */
	median?: boolean | undefined;
}

export interface Reading {
	readonly sensor: string;
	/** Percent, whole tenths. */
	readonly humidity: number;
	/** °C, whole tenths. */
	readonly temperature: number;
	/** When the read began, ms since boot. */
	readonly ticks: number;
	/** Whether a calibration is applied. */
	readonly calibrated: boolean;
	/** As the sensor sent it, percent. */
	readonly rawHumidity: number;
	/** As the sensor sent it, °C. */
	readonly rawTemperature: number;
}

/**
 * `waiting`: no read has ended yet. `live`: one or two reads in a row may have been missed since the reading. `stale`: no
 * reading for three intervals. `fault`: three reads in a row were missed, or the first before there was a reading.
 */
export type Status = "waiting" | "live" | "stale" | "fault";

export interface FaultReport {
	readonly sensor: string;
	readonly error: FaultKind;
	/** A sentence for a person. */
	readonly message: string;
	/** Reads in a row without a reading, this one included. */
	readonly failures: number;
	/** The sensor's, with this fault. */
	readonly status: Status;
	/** When the read began, ms since boot. */
	readonly ticks: number;
}

/** A sensor's present state. */
export interface SensorState {
	readonly name: string;
	readonly model: ModelName;
	/** The model that `auto` found; else `model`. `undefined` before the first good frame. */
	readonly answering: ModelName | undefined;
	readonly pin: number;
	/** From one reading to the next, ms: not below the model's minimum. */
	readonly intervalMs: number;
	readonly reading: Reading | undefined;
	/** The newest fault, also when a newer reading has come since. */
	readonly fault: FaultReport | undefined;
	/** Reads in a row without a reading. */
	readonly failures: number;
	readonly counts: Counts;
	readonly health: HealthReport;
	/** As of `Health`. */
	readonly badTrain: string | null;
}

/** What all channels of a sampler have in common. */
export interface ChannelOptions {
	clock: Clock;
	/** The capture class of the host. */
	io: PulseCaptureConstructor;
	/** The output class of the host, for power pins. */
	Digital?: DigitalOutputConstructor | undefined;
	/** From one reading of a sensor to its next, ms: 10 to 3600000; raised to the minimum of its model. */
	intervalMs: number;
	/**
	 * For a replay: indices of `sensors`, read in this order, one an interval, over and over. Nothing is then judged over time:
	 * there is no warm-up, minimum interval, retry, old frame, jump or power cycle.
	 */
	sequence?: readonly number[] | undefined;
	onReading(reading: Reading): void;
	onFault(fault: FaultReport): void;
}

export interface ChannelOwner {
	/** A read ended; comes before its reading or fault. */
	onEnd(): void;
}
