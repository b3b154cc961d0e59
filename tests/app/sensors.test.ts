import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { Sensors } from "../../modules/app/sensors.js";
import { readSettings } from "../../modules/config/settings.js";
import type { Host } from "../../modules/platform/host.js";
import { simulatedCapture } from "../../modules/platform/simulated/capture.js";
import { SimulatedSensor } from "../../modules/platform/simulated/sensor.js";
import { FakeClock } from "../fakes/clock.js";
import { FakeNetwork } from "../fakes/sockets.js";
import { text } from "../fakes/text.js";
import { numbers } from "../sampling/bench.js";

test("the console is told once of a sensor that goes on failing, and once of its return", () => {
	const clock = new FakeClock();
	const sensor = new SimulatedSensor({ model: "DHT22", random: numbers(1) });
	const lines: string[] = [];
	const host: Host = {
		name: "bench",
		defaultPort: 80,
		clock,
		text,
		assets: { get: () => undefined },
		Listener: new FakeNetwork().Listener,
		storage: undefined,
		PulseCapture: simulatedCapture({ clock, sensors: new Map([[4, sensor]]) }),
		random: () => 1,
		log: line => lines.push(line),
		heapFree: () => undefined,
	};
	let faults = 0;
	const station = new Sensors({
		host,
		settings: readSettings({}, { maxConnections: 16, sendBuffer: 5744, storage: 0 }),
		sequence: undefined,
		onReading: () => {},
		onFault: () => faults++,
	});
	sensor.inject("flip");
	clock.advance(9000);
	deepEqual([faults, lines], [1, []]);
	const silence = "Room: no answer: check power, wiring and the 4.7 kΩ pull-up on pin 4";
	sensor.setFault("no-answer", 1);
	clock.advance(60_000);
	deepEqual(lines, [silence]);
	sensor.setFault("no-answer", 0);
	clock.advance(60_000);
	deepEqual(lines, [silence, "Room: read again"]);
	sensor.setFault("no-answer", 1);
	clock.advance(60_000);
	equal(lines.length, 3);
	station.close();
});
