/** What the stream's events `sensor-data` and `sensor-fault` hold. */

import type { SensorData, SensorFault } from "../api/schema.js";
import { absoluteHumidity, dewPoint, frostPoint, heatIndex } from "../climate/climate.js";
import type { FaultReport, Reading } from "../sampling/sampler.js";

export function sensorData({ temperature, humidity, sensor, ticks }: Reading): SensorData {
	const dew = dewPoint(temperature, humidity);
	const data: SensorData = {
		temperature,
		humidity,
		sensor,
		uptimeMs: ticks,
		dewPoint: dew,
		heatIndex: heatIndex(temperature, humidity),
		absoluteHumidity: absoluteHumidity(temperature, humidity),
	};
	if (dew !== null && dew < 0) data.frostPoint = frostPoint(temperature, humidity);
	return data;
}

export function sensorFault({ sensor, error, message, failures, status, ticks }: FaultReport): SensorFault {
	return { sensor, error, message, failures, status, uptimeMs: ticks };
}
