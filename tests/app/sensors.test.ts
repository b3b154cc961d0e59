import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { Readings } from "../../modules/app/readings.js";
import { Sensors } from "../../modules/app/sensors.js";
import { readSettings } from "../../modules/config/settings.js";
import { simulatedCapture } from "../../modules/platform/simulated/capture.js";
import { SimulatedSensor } from "../../modules/platform/simulated/sensor.js";
import { FakeClock } from "../fakes/clock.js";
import { fakeHost } from "../fakes/host.js";
import { numbers } from "../fakes/random.js";

test("the console is told once of a sensor that goes on failing, and once of its return", () => {
	const clock = new FakeClock();
	const sensor = new SimulatedSensor({ model: "DHT22", random: numbers(1) });
	const lines: string[] = [];
	const host = fakeHost({
		clock,
		PulseCapture: simulatedCapture({ clock, sensors: new Map([[4, sensor]]) }),
		log: line => lines.push(line),
	});
	let faults = 0;
	const readings = new Readings();
	const sensors = new Sensors({
		host,
		settings: readSettings({}, { maxConnections: 16, sendBuffer: 5744, storage: 0 }),
		sequence: undefined,
		readings,
	});
	readings.add(sensors);
	readings.add({ onReading() {}, onFault: () => faults++ });
	sensor.inject("flip");
	clock.advance(9000);
	deepEqual([faults, lines], [1, []]);
	const silence = "Room: no response: check power, wiring and the 4.7 kΩ pull-up on pin 4";
	sensor.setFault("no-answer", 1);
	clock.advance(60_000);
	deepEqual(lines, [silence]);
	sensor.setFault("no-answer", 0);
	clock.advance(60_000);
	deepEqual(lines, [silence, "Room: read again"]);
	sensor.setFault("no-answer", 1);
	clock.advance(60_000);
	equal(lines.length, 3);
	sensors.close();
});
