// Bad frames, silent sensors and failed captures are routine: nothing is thrown for them, at which a debugger would stop.

import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { type DataLine, dataLineCapture } from "../../modules/dht/esp32/capture.js";
import type { PulseCaptureConstructor, PulseTrain } from "../../modules/platform/io.js";
import { simulatedCapture } from "../../modules/platform/simulated/capture.js";
import { SimulatedSensor, simulatedFaults } from "../../modules/platform/simulated/sensor.js";
import { Sampler } from "../../modules/sampling/sampler.js";
import { FakeClock } from "../fakes/clock.js";
import { thrownBy } from "../fakes/exceptions.js";
import { numbers } from "../fakes/random.js";

const hourMs = 3_600_000;
const models = ["DHT22", "DHT11", "AM2301"] as const;

const sensorsWith = (faults: Record<string, number>) =>
	models.map(
		(model, i) => new SimulatedSensor({ model: model === "AM2301" ? "DHT21" : model, random: numbers(i), faults }),
	);

/** Samples for an hour. @returns How often each fault was told. */
function anHour(clock: FakeClock, io: PulseCaptureConstructor): Record<string, number> {
	const told: Record<string, number> = {};
	const sampler = new Sampler({
		clock,
		io,
		sensors: models.map((model, pin) => ({ name: model, model, pin })),
		intervalMs: 2000,
		onReading: () => {},
		onFault: ({ error }) => {
			told[error] = (told[error] ?? 0) + 1;
		},
	});
	clock.advance(hourMs);
	sampler.close();
	return told;
}

test("an hour in which every fault is frequent: no exception", async () => {
	const clock = new FakeClock();
	const sensors = sensorsWith(Object.fromEntries(simulatedFaults.map(kind => [kind, 0.05])));
	let told: Record<string, number> = {};
	const thrown = await thrownBy(() => {
		told = anHour(clock, simulatedCapture({ clock, sensors: new Map(sensors.map((sensor, pin) => [pin, sensor])) }));
	});
	deepEqual(thrown, []);
	for (const kind of simulatedFaults) ok((told[kind] ?? 0) > 100, `${told[kind]} × ${kind}`);
});

test("the same through the ESP32's capture", async () => {
	const clock = new FakeClock();
	const faults = Object.fromEntries(simulatedFaults.filter(kind => kind !== "hardware").map(kind => [kind, 0.05]));
	const sensors = sensorsWith(faults);
	/** A native line on which a simulated sensor answers. */
	class Line implements DataLine {
		#pin: number;
		#lowUs = 20_000;
		#train: PulseTrain | undefined;
		constructor({ pin }: { pin: number }) {
			this.#pin = pin;
		}
		get level(): 0 | 1 {
			return this.#train?.level ?? 1;
		}
		hold(): void {}
		listen(waitUs: number): void {
			if (waitUs > 0) this.#lowUs = waitUs;
			this.#train = sensors[this.#pin]!.answer(this.#lowUs, clock.ticks);
		}
		stop(): ArrayBuffer {
			return Uint16Array.from(this.#train!.pulses).buffer;
		}
		close(): void {}
	}
	const Capture = dataLineCapture({ clock, DataLine: Line }) as PulseCaptureConstructor;
	let told: Record<string, number> = {};
	deepEqual(
		await thrownBy(() => {
			told = anHour(clock, Capture);
		}),
		[],
	);
	for (const kind of Object.keys(faults)) ok((told[kind] ?? 0) > 100, `${told[kind]} × ${kind}`);
	equal(told.hardware, undefined);
});
