/** The state of a sensor as the API reports it. */

import type { Alert } from "../alerts/alert.js";
import type { SensorReport } from "../api/device.js";
import type { SensorData, SensorStatus } from "../api/schema.js";
import type { SensorSettings } from "../config/settings.js";
import { scaleOf } from "../dht/models.js";
import type { SensorState } from "../sampling/sampler.js";
import { isLive, statusOf } from "../sampling/status.js";
import { sensorData, sensorFault } from "./sensor-events.js";

/** @returns The newest reading while the sensor is live. @param ticks Now, ms since boot. */
export function currentData(sensor: SensorState, ticks: number): SensorData | undefined {
	return sensor.reading && isLive(sensor, ticks) ? sensorData(sensor.reading) : undefined;
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

const copied = ([from, to]: readonly [number, number]): [number, number] => [from, to];

/** @param ticks Now, ms since boot. */
export function sensorStatus(
	sensor: SensorState,
	{ warn, scale, comfort }: SensorSettings,
	ticks: number,
	alerts: readonly Alert[],
): SensorStatus {
	const { name, reading, fault } = sensor;
	const model = sensor.answering ?? sensor.model;
	return {
		model,
		status: statusOf(sensor, ticks),
		ageMs: reading ? ticks - reading.ticks : null,
		...(reading ? sensorData(reading) : { ...unread, sensor: name }),
		fault: fault && sensor.failures > 0 ? sensorFault(fault) : null,
		warn,
		// A copy: XS makes no JSON of an array that is in flash.
		range: copied(scaleOf(model)),
		scale,
		comfort,
		alerts,
	};
}

/** @param ticks Now, ms since boot. */
export function sensorHealth(sensor: SensorState, ticks: number): SensorReport {
	const health = {
		sensor: sensor.name,
		model: sensor.model,
		answering: sensor.answering ?? null,
		pin: sensor.pin,
		intervalMs: sensor.intervalMs,
		status: statusOf(sensor, ticks),
		calibrated: sensor.reading?.calibrated ?? null,
		...sensor.health,
	};
	return { health, badTrain: sensor.badTrain };
}
