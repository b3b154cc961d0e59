// The sampler over the simulated sensors, on a clock moved by hand.

import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { simulatedCapture } from "../../modules/platform/simulated/capture.js";
import { SimulatedSensor } from "../../modules/platform/simulated/sensor.js";
import { type FaultReport, type Reading, Sampler } from "../../modules/sensor/sampler.js";
import { FakeClock } from "../fakes/clock.js";

const air = { temperature: 24.4, humidity: 46.4 };

function random(): () => number {
	let state = 1;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state;
	};
}

test("a settled sensor gives a reading within an interval, then one an interval", () => {
	const clock = new FakeClock();
	const sensor = new SimulatedSensor({ model: "DHT22", random: random() });
	sensor.setAir(air);
	const readings: Reading[] = [];
	const faults: FaultReport[] = [];
	const sampler = new Sampler({
		clock,
		io: simulatedCapture({ clock, sensors: new Map([[4, sensor]]) }),
		sensors: [{ name: "Room", model: "AM2302", pin: 4 }],
		intervalMs: 2000,
		onReading: reading => readings.push(reading),
		onFault: fault => faults.push(fault),
	});
	clock.advance(10_000);
	sampler.close();
	deepEqual(faults, []);
	deepEqual(
		readings.map(({ ticks }) => ticks % 2000),
		[0, 0, 0, 0, 0].map(() => readings[0]!.ticks % 2000),
	);
	equal(readings[0]!.temperature, 24.4);
	equal(readings[0]!.humidity, 46.4);
	equal(clock.pending, 0);
});
