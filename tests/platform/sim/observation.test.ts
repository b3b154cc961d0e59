import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { applyCommand } from "../../../modules/platform/sim/commands.js";
import { observe } from "../../../modules/platform/sim/observation.js";
import { simulatedCapture } from "../../../modules/platform/simulated/capture.js";
import { SimulatedSensor, simulatedFaults } from "../../../modules/platform/simulated/sensor.js";
import { FakeClock } from "../../fakes/clock.js";

const air = { temperature: 21.5, humidity: 48 };

/** A sensor in that air. */
function sensorIn(): SimulatedSensor {
	const sensor = new SimulatedSensor({ model: "DHT22", random: () => 0x8000_0000 });
	sensor.setAir(air);
	return sensor;
}

test("a frame is shown as reading, with its pulses and the air", () => {
	const train = sensorIn().respond(2000, 0)!;
	const { reading, fault, pulses, level, ...rest } = observe(3, "DHT22", air, train);
	deepEqual([reading, fault, level, rest], [air, null, 1, { sensor: 3, air }]);
	deepEqual(pulses, train.pulses);
});

for (const fault of simulatedFaults)
	test(`${fault} is shown as fault, without a reading`, () => {
		const sensor = sensorIn();
		applyCommand([sensor], { sensor: 0, fault });
		const shown = observe(0, "DHT22", air, sensor.respond(2000, 0));
		deepEqual([shown.fault, shown.reading], [fault, null]);
	});

test("a model that is found out by itself is decoded, too", () => {
	deepEqual(observe(0, "auto", air, sensorIn().respond(20_000, 0)).reading, air);
});

test("each capture is told, with its pin, before the driver reads it", () => {
	const clock = new FakeClock();
	const told: string[] = [];
	const sensor = sensorIn();
	const Capture = simulatedCapture({
		clock,
		sensors: new Map([[4, sensor]]),
		onTrain: (pin, train) => told.push(`${pin}: ${train?.pulses.length ?? "failed"}`),
	});
	const captures = [4, 5].map(pin => new Capture({ pin, onReadable: () => told.push("read") }));
	captures[0]!.start(2000);
	clock.advance(200);
	sensor.inject("hardware");
	captures[0]!.start(2000);
	clock.advance(200);
	captures[1]!.start(2000);
	clock.advance(200);
	deepEqual(told, ["4: 84", "read", "4: failed", "5: 0", "read"]);
});

test("the air is what was set, until it drifts", () => {
	const sensor = sensorIn();
	deepEqual(sensor.airAt(0), air);
	sensor.setAir(undefined);
	equal(Math.abs(sensor.airAt(0).temperature - 21.5) < 3.2, true);
});
