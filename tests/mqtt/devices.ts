// Devices that publish, for tests of what they publish.

import { DevicePublisher, type PublisherOptions } from "../../modules/mqtt/publisher.js";
import type { FakeBroker } from "./broker.js";

export type Sensor = PublisherOptions["sensors"][number];

export const room: Sensor = Object.freeze({ name: "Room", pin: 4, model: "DHT22", intervalMs: 2000 });
export const attic: Sensor = Object.freeze({ name: "Attic", pin: 5, model: "DHT11", intervalMs: 3000 });

/** Eight sensors with names as long as they may be. */
export const eight: readonly Sensor[] = Array.from({ length: 8 }, (_, index) => ({
	name: `${index}${"☀".repeat(63)}`,
	pin: 10 + index,
	model: "DHT22",
	intervalMs: 2000,
}));

export const device = Object.freeze({
	id: "dht246f28abcdef",
	name: "dht",
	version: "1.0.0",
	url: "http://dht.local/",
	hardware: "esp32",
});

/** @param given In place of the defaults. */
export function publisherAt(broker: FakeBroker, given: Partial<PublisherOptions> = {}): DevicePublisher {
	return new DevicePublisher({
		...broker.options,
		prefix: "dht",
		discovery: true,
		discoveryPrefix: "homeassistant",
		device,
		sensors: [room],
		state: () => ({
			version: "1.0.0",
			uptimeMs: broker.clock.ticks,
			signalDbm: -60,
			restart: "power-on",
			update: "confirmed",
		}),
		...given,
	});
}

/** A reading of now, as the stream's event has it. */
export function reading(broker: FakeBroker, sensor = "Room", temperature = 21.5) {
	return {
		temperature,
		humidity: 46.4,
		sensor,
		uptimeMs: broker.clock.ticks,
		dewPoint: 9.5,
		heatIndex: 21.1,
		absoluteHumidity: 8.8,
	};
}

/** A fault of now. */
export function fault(broker: FakeBroker, failures = 1, sensor = "Room") {
	const status = failures < 3 ? "live" : "fault";
	return { sensor, error: "checksum", message: "bits changed", failures, status, uptimeMs: broker.clock.ticks };
}
