// The sampler over simulated sensors, on a clock moved by hand.

import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { describe, test } from "node:test";
import { simulatedCapture } from "../../modules/platform/simulated/capture.js";
import { SimulatedSensor } from "../../modules/platform/simulated/sensor.js";
import { type Reading, Sampler, type SensorOptions } from "../../modules/sampling/sampler.js";
import { FakeClock } from "../fakes/clock.js";
import { numbers } from "../fakes/random.js";
import { harness } from "./harness.js";

const air = { temperature: 24.4, humidity: 46.4 };
const times = (readings: readonly Reading[]) => readings.map(({ ticks }) => ticks);

describe("when a sensor is read", () => {
	test("a settled one at once, then every interval", () => {
		const { clock, sensor, readings, faults } = harness({ intervalMs: 3000 });
		sensor.setAir(air);
		clock.advance(10_000);
		deepEqual(times(readings), [0, 3000, 6000, 9000]);
		deepEqual(faults, []);
		const { temperature, humidity, calibrated } = readings[0]!;
		deepEqual({ temperature, humidity, calibrated }, { ...air, calibrated: false });
	});

	test("no sooner than its model allows", () => {
		const { clock, sampler, starts } = harness({ intervalMs: 100 });
		clock.advance(9000);
		equal(sampler.sensors[0]!.intervalMs, 2000);
		deepEqual(starts, [0, 2000, 4000, 6000, 8000]);
	});

	test("a cold one after its warm-up, its first measurement discarded", () => {
		const { clock, readings, starts, sampler } = harness({ intervalMs: 5000, settled: false });
		clock.advance(15_000);
		deepEqual(starts, [2000, 4000, 7000, 12_000]);
		deepEqual(times(readings), [4000, 7000, 12_000]);
		equal(sampler.sensors[0]!.health.oldFrames, 1);
	});

	test("twice where the interval is long, since the first measurement is as old as the interval", () => {
		const { clock, sensor, readings, starts } = harness({ intervalMs: 60_000 });
		sensor.setAir(air);
		clock.advance(70_000);
		sensor.setAir({ temperature: 24.5, humidity: 46.4 });
		clock.advance(60_000);
		deepEqual(starts, [0, 60_000, 62_000, 120_000, 122_000]);
		deepEqual(times(readings), [0, 62_000, 122_000]);
		equal(readings[2]!.temperature, 24.5);
	});

	test("once more soon where a reading is pending", () => {
		const { clock, sensor, readings, starts } = harness({ intervalMs: 60_000 });
		sensor.setAir(air);
		clock.advance(70_000);
		sensor.setAir({ temperature: 25, humidity: 47 });
		clock.advance(60_000);
		deepEqual(starts, [0, 60_000, 62_000, 120_000, 122_000, 124_000]);
		deepEqual(times(readings), [0, 62_000, 122_000, 124_000]);
	});

	test("once more after a fault, if the interval has time for it", () => {
		const roomy = harness({ intervalMs: 4000 });
		roomy.sensor.inject("flip");
		roomy.clock.advance(9000);
		deepEqual(roomy.starts, [0, 2000, 4000, 8000]);
		deepEqual(times(roomy.readings), [2000, 4000, 8000]);

		const tight = harness({ intervalMs: 3900 });
		tight.sensor.inject("flip");
		tight.clock.advance(8000);
		deepEqual(tight.starts, [0, 3900, 7800]);

		const hopeless = harness({ intervalMs: 10_000, wired: false });
		hopeless.clock.advance(13_000);
		deepEqual(hopeless.starts, [0, 2000, 10_000, 12_000]);
	});
});

describe("faults", () => {
	test("the third miss in a row is a fault, and before the first reading the first", () => {
		const { clock, sensor, faults } = harness({ intervalMs: 2000 });
		clock.advance(3000);
		sensor.setFault("no-answer", 1);
		clock.advance(8000);
		deepEqual(
			faults.map(({ status }) => status),
			["live", "live", "fault", "fault"],
		);
		const cold = harness({ intervalMs: 2000, wired: false });
		cold.clock.advance(3000);
		deepEqual(
			cold.faults.map(({ status }) => status),
			["fault", "fault"],
		);
	});

	test("each is reported with a sentence that names the pin, and counted", () => {
		const { clock, sensor, faults, sampler } = harness({ intervalMs: 2000 });
		sensor.inject("silence");
		clock.advance(1000);
		equal(faults[0]!.message, "no response: check power, wiring and the 4.7 kΩ pull-up on pin 4");
		sensor.inject("stuck");
		clock.advance(2000);
		sensor.inject("hardware");
		clock.advance(2000);
		deepEqual(
			faults.map(({ sensor: name, error, failures, ticks }) => ({ name, error, failures, ticks })),
			[
				{ name: "Room", error: "no-answer", failures: 1, ticks: 0 },
				{ name: "Room", error: "bus-stuck", failures: 2, ticks: 2000 },
				{ name: "Room", error: "hardware", failures: 3, ticks: 4000 },
			],
		);
		clock.advance(2000);
		const { health, reading } = sampler.sensors[0]!;
		equal(reading!.ticks, 6000);
		deepEqual(
			Object.entries(health.faults).filter(([, count]) => count > 0),
			[
				["no-answer", 1],
				["bus-stuck", 1],
				["hardware", 1],
			],
		);
		deepEqual([health.reads, health.goodReads], [4, 1]);
		deepEqual(health.lastFault, { error: "hardware", uptimeMs: 4000 });
	});

	test("a capture that never reports costs half a second and is opened anew", () => {
		const clock = new FakeClock();
		let opened = 0;
		const faults: string[] = [];
		const sampler = new Sampler({
			clock,
			io: class {
				static readonly settled = true;
				constructor() {
					opened++;
				}
				start(): void {}
				read(): undefined {}
				close(): void {}
			},
			sensors: [{ name: "Room", model: "DHT22", pin: 4 }],
			intervalMs: 2000,
			onReading: () => {},
			onFault: ({ error }) => faults.push(error),
		});
		clock.advance(2600);
		sampler.close();
		deepEqual(faults, ["hardware", "hardware"]);
		equal(opened, 2);
		equal(clock.pending, 0);
	});

	test("one that is unplugged and plugged back in recovers by itself, without its old measurement", () => {
		const { clock, sensor, readings, faults } = harness({ intervalMs: 2000 });
		sensor.setAir(air);
		clock.advance(3000);
		sensor.setFault("no-answer", 1);
		clock.advance(60_000);
		equal(faults.length, 30);
		sensor.setFault("no-answer", 0);
		const before = readings.length;
		clock.advance(4000);
		equal(readings.length, before + 1);
	});

	test("the power pin is cycled after five in a row, and the sensor warms up again", () => {
		const { clock, sensor, faults, starts, power, sampler } = harness({ intervalMs: 2000, powerPin: 5 });
		deepEqual(power, [{ value: 1, ticks: 0 }]);
		sensor.setFault("no-answer", 1);
		clock.advance(8500);
		equal(faults.length, 5);
		deepEqual(power[1], { value: 0, ticks: 8120 });
		clock.advance(10_000);
		deepEqual(power[2], { value: 1, ticks: 10_120 });
		equal(power.length, 3);
		deepEqual(starts.slice(5, 7), [12_120, 14_120]);
		equal(sampler.sensors[0]!.health.powerCycles, 1);
		equal(sampler.sensors[0]!.reading!.ticks >= 14_120, true);
	});
});

test("a reading that moved more than air lately has is reported with the next, as a fault when that refutes it", () => {
	const { clock, sensor, sampler, readings, faults } = harness({ intervalMs: 2000 });
	sensor.setAir(air);
	clock.advance(3000);
	sensor.setAir({ temperature: 24.8, humidity: 46.4 });
	clock.advance(2000);
	deepEqual(times(readings), [0, 2000]);
	clock.advance(2000);
	deepEqual(times(readings), [0, 2000, 4000, 6000]);
	deepEqual(faults, []);

	sensor.setAir({ temperature: 24.8, humidity: 47.2 });
	clock.advance(2000);
	sensor.setAir({ temperature: 24.8, humidity: 46.4 });
	clock.advance(2000);
	deepEqual(times(readings), [0, 2000, 4000, 6000, 10_000]);
	deepEqual(
		faults.map(({ error, failures, ticks }) => ({ error, failures, ticks })),
		[{ error: "implausible", failures: 1, ticks: 8000 }],
	);
	const { health, badTrain } = sampler.sensors[0]!;
	deepEqual([health.reads, health.goodReads], [6, 5]);
	equal(JSON.parse(badTrain!).frames[0].pulsesUs.length, 84);
});

test("a reading that is pending when the next read fails is reported before that", () => {
	const { clock, sensor, readings, faults } = harness({ intervalMs: 2000 });
	sensor.setAir(air);
	clock.advance(3000);
	sensor.setAir({ ...air, temperature: 24.8 });
	clock.advance(2000);
	sensor.inject("flip");
	clock.advance(2000);
	deepEqual(
		faults.map(({ error, ticks }) => [error, ticks]),
		[
			["implausible", 4000],
			["checksum", 6000],
		],
	);
	clock.advance(4000);
	deepEqual(times(readings), [0, 2000, 8000, 10_000]);
	equal(readings[2]!.temperature, 24.8);
	equal(faults.length, 2);
});

test("the fifth read without a reading cycles the power, whether the one before it was pending or not", () => {
	const { clock, sensor, sampler, faults } = harness({ intervalMs: 2000, powerPin: 7 });
	sensor.setAir(air);
	clock.advance(3000);
	for (let count = 0; count < 3; count++) {
		sensor.inject("flip");
		clock.advance(2000);
	}
	sensor.setAir({ ...air, temperature: 24.8 });
	clock.advance(2000);
	sensor.setAir({ ...air, temperature: 14.4 });
	clock.advance(2000);
	deepEqual(
		faults.map(({ failures }) => failures),
		[1, 2, 3, 4, 5],
	);
	equal(sampler.sensors[0]!.health.powerCycles, 1);
});

test("the power is cycled though the fifth failure was an older reading's, which was pending", () => {
	const { clock, sensor, sampler, faults, power } = harness({ intervalMs: 2000, powerPin: 7 });
	sensor.setAir(air);
	clock.advance(3000);
	for (let count = 0; count < 4; count++) {
		sensor.inject("flip");
		clock.advance(2000);
	}
	sensor.setAir({ ...air, temperature: 24.8 });
	clock.advance(4000);
	sensor.setFault("no-answer", 1);
	clock.advance(4000);
	deepEqual(
		faults.map(({ error, failures }) => [error, failures]),
		[
			["checksum", 1],
			["checksum", 2],
			["checksum", 3],
			["checksum", 4],
			["implausible", 5],
			["no-answer", 6],
		],
	);
	equal(sampler.sensors[0]!.health.powerCycles, 1);
	deepEqual(power[1], { value: 0, ticks: faults[5]!.ticks + 120 });
});

test("a pending reading is forgotten with an old frame: it confirms none that comes later", () => {
	const { clock, sensor, readings, faults } = harness({ intervalMs: 2000 });
	sensor.setAir(air);
	clock.advance(3000);
	sensor.setAir({ ...air, temperature: 24.8 });
	clock.advance(1500);
	clock.ticks += 12_000;
	sensor.setAir(air);
	clock.advance(1000);
	sensor.setAir({ ...air, temperature: 24.8 });
	clock.advance(2000);
	sensor.setAir(air);
	clock.advance(4000);
	ok(readings.every(({ temperature }) => temperature === 24.4));
	deepEqual(
		faults.map(({ error }) => error),
		["implausible", "implausible"],
	);
});

test("a coarse sensor that flickers by its step loses nothing", () => {
	const { clock, sensor, readings, faults } = harness({ intervalMs: 2000, model: "DHT11" });
	sensor.setModel("DHT11");
	for (const temperature of [24, 24, 25, 24, 24, 25, 25]) {
		sensor.setAir({ temperature, humidity: 46 });
		clock.advance(readings.length === 0 ? 1000 : 2000);
	}
	deepEqual(
		readings.map(({ temperature }) => temperature),
		[24, 24, 25, 24, 24, 25, 25],
	);
	deepEqual(faults, []);
});

test("a pending reading is not reported once the sampler is closed, also by a callback for another", () => {
	const clock = new FakeClock();
	const sensor = new SimulatedSensor({ model: "DHT22", random: numbers(1) });
	const reported: number[] = [];
	const sampler = new Sampler({
		clock,
		io: simulatedCapture({ clock, sensors: new Map([[4, sensor]]) }),
		sensors: [{ name: "Room", model: "DHT22", pin: 4 }],
		intervalMs: 2000,
		onReading({ ticks }) {
			reported.push(ticks);
			if (ticks === 2000) sampler.close();
		},
		onFault() {},
	});
	sensor.setAir(air);
	clock.advance(1000);
	sensor.setAir({ temperature: 24.8, humidity: 46.4 });
	clock.advance(9000);
	deepEqual(reported, [0, 2000]);
	equal(clock.pending, 0);
});

test("a jump is implausible until the next reading confirms it", () => {
	const { clock, sensor, readings, faults } = harness({ intervalMs: 2000 });
	sensor.setAir(air);
	clock.advance(3000);
	sensor.setAir({ temperature: 34.4, humidity: 46.4 });
	clock.advance(4000);
	deepEqual(
		faults.map(({ error }) => error),
		["implausible"],
	);
	deepEqual(
		readings.map(({ temperature }) => temperature),
		[24.4, 24.4, 34.4],
	);
});

test("calibration and median are applied to accepted readings, and shown as such", () => {
	const { clock, sensor, readings } = harness({
		intervalMs: 2000,
		calibration: {
			temperature: { offset: -1.25 },
			humidity: {
				points: [
					[40, 38],
					[60, 62],
				],
			},
		},
		median: true,
	});
	sensor.setAir({ temperature: 24, humidity: 50 });
	clock.advance(5000);
	sensor.setAir({ temperature: 24.1, humidity: 50.1 });
	clock.advance(2000);
	const { temperature, humidity, calibrated, rawTemperature, rawHumidity } = readings[3]!;
	deepEqual([temperature, humidity, calibrated], [22.8, 50, true]);
	deepEqual([rawTemperature, rawHumidity], [24.1, 50.1]);
});

describe("several sensors", () => {
	function several(options: Partial<SensorOptions>[], sequence?: number[]) {
		const clock = new FakeClock();
		let open = 0;
		let most = 0;
		const models = options.map(({ model = "DHT22" }) => model);
		const sensors = new Map(
			models.map((model, i) => [
				i,
				new SimulatedSensor({ model: model === "auto" ? "DHT11" : model, random: numbers(i) }),
			]),
		);
		const Capture = simulatedCapture({ clock, sensors });
		const order: string[] = [];
		const sampler = new Sampler({
			clock,
			io: class extends Capture {
				override start(lowUs: number): void {
					most = Math.max(most, ++open);
					super.start(lowUs);
				}
				override read() {
					open--;
					return super.read();
				}
			} as typeof Capture,
			sensors: options.map((option, i) => ({ name: `S${i}`, model: models[i]!, pin: i, ...option })),
			intervalMs: 2000,
			sequence,
			onReading: ({ sensor }) => order.push(sensor),
			onFault: ({ sensor, error }) => order.push(`${sensor} ${error}`),
		});
		return { clock, sensors, sampler, order, most: () => most };
	}

	test("are read in turn, never two at once", () => {
		const { clock, order, most } = several([{}, { model: "DHT11" }, { model: "auto" }]);
		clock.advance(3900);
		deepEqual(order, ["S0", "S1", "S2", "S0", "S1", "S2"]);
		equal(most(), 1);
	});

	test("a silent one costs the others its time-out and no more", () => {
		const { clock, sensors, order } = several([{}, {}]);
		sensors.get(0)!.setFault("no-answer", 1);
		clock.advance(19_900);
		equal(order.filter(entry => entry === "S1").length, 10);
	});

	test("auto says what it took", () => {
		const { clock, sampler } = several([{ model: "auto" }, {}]);
		equal(sampler.sensors[0]!.answering, undefined);
		clock.advance(500);
		equal(sampler.sensors[0]!.model, "auto");
		equal(sampler.sensors[0]!.answering, "DHT11");
		equal(sampler.sensors[1]!.answering, "DHT22");
	});

	test("a replay reads them in its own order, one an interval, and judges nothing over time", () => {
		const { clock, sensors, order } = several([{}, {}], [0, 0, 1]);
		sensors.get(0)!.setAir({ temperature: -40, humidity: 0 });
		clock.advance(1000);
		sensors.get(0)!.setAir({ temperature: 80, humidity: 100 });
		clock.advance(12_900);
		deepEqual(order, ["S0", "S0", "S1", "S0", "S0", "S1", "S0"]);
	});

	test("an option out of its bounds is named, and nothing is left open", () => {
		const options = (change: object) => ({
			clock: new FakeClock(),
			io: simulatedCapture({ clock: new FakeClock(), sensors: new Map() }),
			sensors: [{ name: "A", model: "DHT22", pin: 1 }],
			intervalMs: 2000,
			onReading: () => {},
			onFault: () => {},
			...change,
		});
		const a = { name: "A", model: "DHT22", pin: 1 };
		for (const [change, message] of [
			[{ intervalMs: 9 }, /intervalMs is 9: 10 to 3600000 allowed/],
			[{ sensors: [] }, /1 to 16/],
			[{ sensors: [a, { ...a, pin: 2 }] }, /two sensors are named "A"/],
			[{ sensors: [a, { ...a, name: "B" }] }, /two sensors are on pin 1/],
			[{ sensors: [{ ...a, model: "BME280" }] }, /model is "BME280": DHT11, DHT12/],
			[{ sensors: [{ ...a, powerPin: 3 }] }, /powerPin/],
			[{ sensors: [{ ...a, calibration: { temperature: { offset: 99 } } }] }, /calibration.temperature.offset is 99/],
			[{ sequence: [1] }, /sequence/],
		] as const)
			throws(() => new Sampler(options(change)), message);

		const shared = options({ sensors: [a, { name: "B", model: "none", pin: 2 }] });
		throws(() => new Sampler(shared));
		new Sampler({ ...shared, sensors: [a] }).close();
	});

	test("after close nothing follows, and it may be called twice", () => {
		const { clock, order, sampler } = several([{}, {}]);
		clock.advance(2010);
		const count = order.length;
		sampler.close();
		sampler.close();
		ok(count > 0);
		clock.advance(10_000);
		equal(order.length, count);
		equal(clock.pending, 0);
		deepEqual(sampler.sensors, []);
	});
});

describe("what would spoil a read", () => {
	test("waits for the one under way, and comes before the next", () => {
		const { clock, starts, sampler } = harness({ intervalMs: 2000 });
		clock.advance(2000);
		let at = -1;
		sampler.betweenReads(() => {
			at = clock.ticks;
		});
		equal(at, -1);
		clock.advance(500);
		ok(at > 2000 && at < 2100, `${at}`);
		deepEqual(starts, [0, 2000]);
		let calls = 0;
		sampler.betweenReads(() => calls++);
		equal(calls, 1);
	});

	test("waits half a second at most, also where no capture ever reports", () => {
		const { clock, sensor, sampler, faults } = harness({ intervalMs: 2000 });
		sensor.inject("stuck");
		clock.advance(0);
		let at = -1;
		sampler.betweenReads(() => {
			at = clock.ticks;
		});
		clock.advance(1000);
		ok(at >= 0 && at <= 500, `${at}`);
		equal(faults.length, 1);
	});

	test("hides no sensor that is dead: its faults are counted as ever", () => {
		const { clock, sampler, faults } = harness({ intervalMs: 2000, wired: false });
		let writes = 0;
		for (let turn = 0; turn < 1000; turn++) {
			sampler.betweenReads(() => writes++);
			clock.advance(10);
		}
		equal(faults.length, 5);
		ok(writes > 900, `${writes}`);
	});

	test("is done where the sampler closes in the middle of a read", () => {
		const { clock, sampler } = harness({ intervalMs: 2000 });
		clock.advance(2000);
		let calls = 0;
		sampler.betweenReads(() => calls++);
		sampler.close();
		sampler.close();
		sampler.betweenReads(() => calls++);
		equal(calls, 2);
	});
});
