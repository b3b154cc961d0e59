/** What the stream's events `sensor-data` and `sensor-fault` hold. */

import type { SensorData, SensorFault } from "../api/schema.js";
import { absoluteHumidity, dewPoint, heatIndex } from "../climate/climate.js";
import type { FaultReport, Reading } from "../sampling/sampler.js";

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
