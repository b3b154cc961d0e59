import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { describe, test } from "node:test";
import { decodeFrame } from "../../modules/dht/decode.js";
import { findModel } from "../../modules/dht/models.js";
import type { PulseCapture } from "../../modules/platform/io.js";
import { simulatedCapture } from "../../modules/platform/simulated/capture.js";
import { RoomClimate } from "../../modules/platform/simulated/climate.js";
import { damages, faultDamages } from "../../modules/platform/simulated/damage.js";
import { SimulatedSensor, simulatedFaults, simulatedModels } from "../../modules/platform/simulated/sensor.js";
import { goodFrame, kindOf } from "../dht/decoded.js";
import { FakeClock } from "../fakes/clock.js";
import { numbers } from "../fakes/random.js";

/** @returns The kind of fault of a train, or `good`. */
function judge({ pulses, level }: { pulses: ArrayLike<number>; level: 0 | 1 }, model: string): string {
	return kindOf(decodeFrame(pulses, findModel(model)!, level)) ?? "good";
}

const startLowUs = 20_000;

describe("a simulated sensor", () => {
	for (const model of simulatedModels)
		test(`answers as a ${model} does`, () => {
			const sensor = new SimulatedSensor({ model, random: numbers(3), jitterUs: 4 });
			for (const [temperature, humidity] of [
				[24.4, 46.4],
				[-10.1, 20],
				[0, 95],
				[60, 50.3],
			] as const) {
				sensor.setAir({ temperature, humidity });
				const { pulses } = sensor.answer(startLowUs, 0)!;
				const frame = goodFrame(pulses, findModel(model)!);
				deepEqual([frame.temperature, frame.humidity], [temperature, humidity]);
			}
		});

	test("answers with what it measured when it was asked before", () => {
		const sensor = new SimulatedSensor({ model: "DHT22", random: numbers(1) });
		const early = goodFrame(sensor.answer(startLowUs, 0)!.pulses, findModel("DHT22")!);
		const late = goodFrame(sensor.answer(startLowUs, 3_600_000)!.pulses, findModel("DHT22")!);
		deepEqual(late, early);
	});

	test("is not woken by a start pulse that is too short", () => {
		const answer = (model: string, lowUs: number) =>
			new SimulatedSensor({ model, random: numbers(1) }).answer(lowUs, 0)!.pulses.length;
		equal(answer("DHT11", 2000), 0);
		equal(answer("DHT22", 500), 0);
		equal(answer("Si7021", 500), 84);
		equal(answer("DHT21", 2000), 132);
	});

	test("brings about each fault by name, as often as asked", () => {
		for (const model of ["DHT11", "DHT21", "DHT22"])
			for (const kind of simulatedFaults) {
				if (kind === "hardware") continue;
				const sensor = new SimulatedSensor({ model, random: numbers(7), faults: { [kind]: 0.5 } });
				const counts = new Map<string, number>();
				for (let i = 0; i < 400; i++) {
					const outcome = judge(sensor.answer(startLowUs, 1000 * i)!, model);
					counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
				}
				deepEqual([...counts.keys()].sort(), ["good", kind].sort(), `${model} ${kind}`);
				ok(counts.get(kind)! > 150 && counts.get(kind)! < 250, `${model} ${kind}`);
			}
	});

	test("every damage but that of 64 bits gives a fault", () => {
		for (const damage of Object.keys(damages) as (keyof typeof damages)[]) {
			const sensor = new SimulatedSensor({ model: "DHT22", random: numbers(5) });
			for (let i = 0; i < 100; i++) {
				sensor.inject(damage);
				equal(judge(sensor.answer(startLowUs, 0)!, "DHT22") === "good", damage === "64-bit", damage);
			}
		}
		const used = new Set<string>(Object.values(faultDamages).flat());
		for (const damage of used) ok(damage in damages);
	});

	test("becomes another part at run time", () => {
		const sensor = new SimulatedSensor({ model: "DHT22", random: numbers(1) });
		sensor.setModel("DHT11");
		equal(judge(sensor.answer(startLowUs, 0)!, "DHT11"), "good");
	});

	test("names an option that is out of its bounds", () => {
		const sensor = new SimulatedSensor({ model: "DHT22", random: numbers(1) });
		throws(() => sensor.setModel("BME280"), /BME280.*DHT11/);
		throws(() => sensor.setFault("timing", 1.1), /timing:1\.1/);
		throws(() => new SimulatedSensor({ model: "DHT22", random: numbers(1), jitterUs: 9 }), /jitterUs is 9/);
	});
});

describe("the air of a room", () => {
	test("drifts and does not jump, for a week", () => {
		const room = new RoomClimate(12345);
		let last = room.at(0);
		for (let ticks = 2000; ticks < 7 * 86_400_000; ticks += 10_000) {
			const now = room.at(ticks);
			ok(Math.abs(now.temperature - last.temperature) < 0.2);
			ok(Math.abs(now.humidity - last.humidity) < 1);
			ok(now.temperature > 17 && now.temperature < 26);
			ok(now.humidity > 25 && now.humidity < 70);
			last = now;
		}
	});

	test("is the same for the same seed, and another for another", () => {
		deepEqual(new RoomClimate(1).at(5000), new RoomClimate(1).at(5000));
		ok(new RoomClimate(1).at(5000).temperature !== new RoomClimate(2).at(5000).temperature);
	});
});

describe("the simulated capture", () => {
	function capture(pin = 4) {
		const clock = new FakeClock();
		const sensor = new SimulatedSensor({ model: "DHT22", random: numbers(1) });
		const Capture = simulatedCapture({ clock, sensors: new Map([[4, sensor]]) });
		const seen: string[] = [];
		const io: PulseCapture = new Capture({
			pin,
			target: "mine",
			onReadable() {
				seen.push(`${this.target} readable`);
			},
			onError() {
				seen.push("error");
			},
		});
		return { clock, sensor, Capture, io, seen };
	}

	test("reports once a start, within 150 ms, and gives the train once", () => {
		const { clock, io, seen } = capture();
		io.start(1000);
		deepEqual(seen, []);
		clock.advance(150);
		deepEqual(seen, ["mine readable"]);
		equal(io.read()!.pulses.length, 84);
		equal(io.read(), undefined);
	});

	test("a pin without a sensor is silent", () => {
		const { clock, io, seen } = capture(5);
		io.start(1000);
		clock.advance(150);
		equal(seen.length, 1);
		equal(io.read()!.pulses.length, 0);
	});

	test("one capture at a time, and one owner a pin", () => {
		const { io, Capture } = capture();
		io.start(1000);
		throws(() => io.start(1000), /under way/);
		throws(() => new Capture({ pin: 4 }), /pin 4 is in use/);
		io.close();
		new Capture({ pin: 4 }).close();
	});

	test("closed during a capture, nothing follows", () => {
		const { clock, io, seen } = capture();
		io.start(1000);
		io.close();
		io.close();
		clock.advance(1000);
		deepEqual(seen, []);
		equal(clock.pending, 0);
		throws(() => io.start(1000), /closed/);
	});

	test("a failure of the hardware is an error", () => {
		const { clock, sensor, io, seen } = capture();
		sensor.inject("hardware");
		io.start(1000);
		clock.advance(150);
		deepEqual(seen, ["error"]);
	});
});
