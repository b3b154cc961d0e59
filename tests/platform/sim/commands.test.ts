import { deepEqual, equal, notEqual, throws } from "node:assert/strict";
import { test } from "node:test";
import { decodeFrame } from "../../../modules/dht/decode.js";
import { Fault } from "../../../modules/dht/fault.js";
import { findModel } from "../../../modules/dht/models.js";
import { applyCommand, type Command } from "../../../modules/platform/sim/commands.js";
import { SimulatedSensor, simulatedFaults } from "../../../modules/platform/simulated/sensor.js";

/** Two sensors of one room, the panel's orders to them, and what a read of one then gives. */
function room() {
	const sensors = [0, 1].map(() => new SimulatedSensor({ model: "DHT22", random: () => 0x8000_0000 }));
	let ticks = 0;
	return {
		order: (order: Command) => applyCommand(sensors, order),
		read(place: number, model = "DHT22") {
			ticks += 2000;
			const train = sensors[place]!.respond(20_000, ticks);
			if (!train) return "hardware";
			const frame = decodeFrame(train.pulses, findModel(model)!, train.level);
			return frame instanceof Fault ? frame.kind : `${frame.temperature} ${frame.humidity}`;
		},
	};
}

test("air is held at what was set, for that sensor alone, until it may drift again", () => {
	const { order, read } = room();
	const held = "-12.5 80";
	order({ sensor: 1, air: { temperature: -12.5, humidity: 80 } });
	deepEqual([read(1), read(1)], [held, held]);
	notEqual(read(0), held);
	order({ sensor: 1, air: null });
	const drifting = read(1);
	notEqual(drifting, held);
	for (let i = 0; i < 1800; i++) read(1);
	notEqual(read(1), drifting);
});

test("a sensor becomes another model", () => {
	const { order, read } = room();
	order({ sensor: 0, model: "DHT11", air: { temperature: 25, humidity: 50 } });
	equal(read(0, "DHT11"), "25 50");
	throws(() => order({ sensor: 0, model: "BME280" }), /BME280/);
	equal(read(0, "DHT11"), "25 50");
});

test("every fault spoils the next answer and no other", () => {
	for (const fault of simulatedFaults) {
		const { order, read } = room();
		order({ sensor: 0, air: { temperature: 20, humidity: 50 } });
		order({ sensor: 0, fault });
		equal(read(1).includes(" "), true);
		equal(read(0), fault);
		equal(read(0), "20 50");
	}
});

test("an unplugged sensor keeps silent until it is plugged in", () => {
	const { order, read } = room();
	order({ sensor: 0, air: { temperature: 20, humidity: 50 }, unplugged: true });
	deepEqual([read(0), read(0), read(0)], ["no-answer", "no-answer", "no-answer"]);
	order({ sensor: 0, unplugged: false });
	equal(read(0), "20 50");
});

test("an order for a sensor that is not there is left alone", () => {
	const { order, read } = room();
	order({ sensor: 2, unplugged: true });
	equal(read(0).includes(" "), true);
});
