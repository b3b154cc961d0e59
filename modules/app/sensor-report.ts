/** The sensors' state as the interface tells it: readings with what they mean for the air, ages and faults. */

import type { SensorData, SensorFault, SensorHealth, SensorStatus } from "../api/schema.js";
import { absoluteHumidity, dewPoint, heatIndex } from "../climate/climate.js";
import type { SensorSettings } from "../config/settings.js";
import type { FaultReport, Reading, SensorState } from "../sampling/sampler.js";

export function sensorData({ temperature, humidity, sensor, ticks }: Reading): SensorData {
	return {
		temperature,
		humidity,
		sensor,
		uptimeMs: ticks,
		dewPoint: dewPoint(temperature, humidity),
		heatIndex: heatIndex(temperature, humidity),
		absoluteHumidity: absoluteHumidity(temperature, humidity),
	};
}

export function sensorFault({ sensor, error, message, failures, ticks }: FaultReport): SensorFault {
	return { sensor, error, message, failures, uptimeMs: ticks };
}

/** Readings missed in a row after which the newest is no longer taken for the present. */
const staleIntervals = 3;

/** The newest fault, unless a newer reading has come since. */
function standingFault({ reading, fault }: SensorState): FaultReport | undefined {
	return fault && (!reading || fault.ticks > reading.ticks) ? fault : undefined;
}

/** @param ticks Now, ms since boot. @returns Whether the newest reading may no longer be taken for the present. */
function stale({ reading, intervalMs }: SensorState, ticks: number): boolean {
	return !reading || ticks - reading.ticks > staleIntervals * intervalMs;
}

/** The newest reading, unless it is stale. @param ticks Now, ms since boot. */
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
export function sensorStatus(sensor: SensorState, { warn }: SensorSettings, ticks: number): SensorStatus {
	const { name, reading } = sensor;
	const fault = standingFault(sensor);
	return {
		model: sensor.answering ?? sensor.model,
		status: status(sensor, ticks),
		ageMs: reading ? ticks - reading.ticks : null,
		...(reading ? sensorData(reading) : { ...unread, sensor: name }),
		fault: fault ? sensorFault(fault) : null,
		warn,
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
