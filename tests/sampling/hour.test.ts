// An hour of three sensors whose answers go wrong in every way, on a clock moved by hand.

import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { simulatedCapture } from "../../modules/platform/simulated/capture.js";
import { RoomClimate } from "../../modules/platform/simulated/climate.js";
import { SimulatedSensor, simulatedFaults } from "../../modules/platform/simulated/sensor.js";
import { type FaultReport, type Reading, Sampler } from "../../modules/sampling/sampler.js";
import { FakeClock } from "../fakes/clock.js";
import { numbers } from "../fakes/random.js";

const hourMs = 3_600_000;
const intervalMs = 5000;
const faultShare = 0.05;
/** Retries follow the least interval of each model: DHT22, DHT11, AM2301. */
const min = [2000, 1000, 2000];

test("intervals are kept, every fault is counted, no reading is wrong, nothing grows", () => {
	const clock = new FakeClock();
	const faults = Object.fromEntries(simulatedFaults.map(kind => [kind, faultShare]));
	const sensors = ["DHT22", "DHT11", "DHT21"].map(
		(model, i) => new SimulatedSensor({ model, random: numbers(i + 1), faults }),
	);
	const rooms = [1, 2, 3].map(seed => new RoomClimate(seed));
	const starts: number[][] = [[], [], []];
	const readings: Reading[] = [];
	const reported: FaultReport[] = [];
	let mostPending = 0;

	const Capture = simulatedCapture({ clock, sensors: new Map(sensors.map((sensor, pin) => [pin, sensor])) });
	class Watched extends (Capture as new (
		...options: ConstructorParameters<typeof Capture>
	) => InstanceType<typeof Capture>) {
		static readonly settled = true;
		#pin: number;

		constructor(...[options]: ConstructorParameters<typeof Capture>) {
			super(options);
			this.#pin = options.pin;
		}

		override start(lowUs: number): void {
			starts[this.#pin]!.push(clock.ticks);
			sensors[this.#pin]!.setAir(rooms[this.#pin]!.at(clock.ticks));
			super.start(lowUs);
		}
	}

	const sampler = new Sampler({
		clock,
		io: Watched,
		sensors: [
			{ name: "0", model: "DHT22", pin: 0 },
			{ name: "1", model: "DHT11", pin: 1 },
			{ name: "2", model: "AM2301", pin: 2 },
		],
		intervalMs,
		onReading: reading => readings.push(reading),
		onFault: fault => reported.push(fault),
	});

	for (let ms = 0; ms < hourMs; ms += 1000) {
		clock.advance(1000);
		mostPending = Math.max(mostPending, clock.pending);
	}
	// Lets the reads that were begun come to their end.
	clock.advance(900);

	starts.forEach((times, pin) => {
		const gaps = times.slice(1).map((time, i) => time - times[i]!);
		ok(Math.min(...gaps) >= min[pin]!, `sensor ${pin} was read after ${Math.min(...gaps)} ms`);
		ok(Math.max(...gaps) <= intervalMs + 1000, `sensor ${pin} was not read for ${Math.max(...gaps)} ms`);
	});

	for (const { sensor, temperature, humidity, ticks } of readings) {
		const air = rooms[Number(sensor)]!.at(ticks);
		ok(Math.abs(temperature - air.temperature) <= 0.051, `${temperature} for ${air.temperature} °C`);
		ok(Math.abs(humidity - air.humidity) <= 0.051, `${humidity} for ${air.humidity} %`);
	}
	ok(readings.length > 3 * 0.7 * (hourMs / intervalMs));

	sampler.sensors.forEach(({ name, health }, pin) => {
		const mine = reported.filter(({ sensor }) => sensor === name);
		const counted = Object.values(health.faults).reduce((sum, count) => sum + count, 0);
		equal(counted, mine.length);
		equal(health.reads, starts[pin]!.length);
		equal(health.goodReads, readings.filter(({ sensor }) => sensor === name).length);
		equal(health.goodReads + health.oldFrames + counted, health.reads);
		for (const kind of simulatedFaults) {
			equal(health.faults[kind], mine.filter(({ error }) => error === kind).length);
			const expected = faultShare * health.reads;
			ok(Math.abs(health.faults[kind] - expected) < 5 * Math.sqrt(expected), `${health.faults[kind]} × ${kind}`);
		}
	});

	ok(mostPending <= 3, `${mostPending} timers`);
	sampler.close();
	deepEqual(clock.pending, 0);
});
