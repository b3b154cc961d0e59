/** Whether a sensor is live, stale, waiting or at fault, and its state as the API reports it. */

import type { Alert } from "../alerts/alert.js";
import type { SensorData, SensorHealth, SensorStatus } from "../api/schema.js";
import type { SensorSettings } from "../config/settings.js";
import type { FaultReport, SensorState } from "../sampling/sampler.js";
import { sensorData, sensorFault } from "./sensor-events.js";

/** Intervals without a reading after which the newest is stale. */
const staleIntervals = 3;

/** @returns The newest fault, unless a newer reading has come since. */
function standingFault({ reading, fault }: SensorState): FaultReport | undefined {
	return fault && (!reading || fault.ticks > reading.ticks) ? fault : undefined;
}

/** @param ticks Now, ms since boot. @returns Whether the newest reading is too old to be the present. */
function stale({ reading, intervalMs }: SensorState, ticks: number): boolean {
	return !reading || ticks - reading.ticks > staleIntervals * intervalMs;
}

/** @returns The newest reading, unless it is stale. @param ticks Now, ms since boot. */
export function currentData(sensor: SensorState, ticks: number): SensorData | undefined {
	return sensor.reading && !stale(sensor, ticks) ? sensorData(sensor.reading) : undefined;
}

/** @param ticks Now, ms since boot. */
function status(sensor: SensorState, ticks: number): SensorStatus["status"] {
	if (standingFault(sensor)) return "fault";
	if (!sensor.reading) return "waiting";
	return stale(sensor, ticks) ? "stale" : "live";
}

const unread = Object.freeze(
	{
		temperature: null,
		humidity: null,
		uptimeMs: null,
		dewPoint: null,
		heatIndex: null,
		absoluteHumidity: null,
	},
	true,
);

/** @param ticks Now, ms since boot. */
export function sensorStatus(
	sensor: SensorState,
	{ warn }: SensorSettings,
	ticks: number,
	alerts: readonly Alert[],
): SensorStatus {
	const { name, reading } = sensor;
	const fault = standingFault(sensor);
	return {
		model: sensor.answering ?? sensor.model,
		status: status(sensor, ticks),
		ageMs: reading ? ticks - reading.ticks : null,
		...(reading ? sensorData(reading) : { ...unread, sensor: name }),
		fault: fault ? sensorFault(fault) : null,
		warn,
		alerts,
	};
}

/** @param ticks Now, ms since boot. */
export function sensorHealth(sensor: SensorState, ticks: number): SensorHealth {
	return {
		sensor: sensor.name,
		model: sensor.model,
		answering: sensor.answering ?? null,
		pin: sensor.pin,
		intervalMs: sensor.intervalMs,
		status: status(sensor, ticks),
		calibrated: sensor.reading?.calibrated ?? null,
		...sensor.health,
	};
}
