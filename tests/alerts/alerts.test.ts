// Alerts of readings and faults, on a fake clock, without a network.

import { deepEqual, equal, match } from "node:assert/strict";
import { test } from "node:test";
import { Alerts } from "../../modules/alerts/alerts.js";
import type { AlertEvent } from "../../modules/api/schema.js";
import { readSettings } from "../../modules/config/settings.js";
import { Log } from "../../modules/log/log.js";
import type { SensorState } from "../../modules/sampling/reading.js";
import { FakeClock } from "../fakes/clock.js";
import { fakeHost } from "../fakes/host.js";
import { choices } from "../fakes/random.js";

const minute = 60_000;
const limits = { maxConnections: 16, sendBuffer: 5744, storage: 0 };

/** Sensors `Room` and `Attic`, read every two seconds: the former warns above 30 °C and 70 %. */
class Bench {
	readonly clock = new FakeClock();
	readonly events: (AlertEvent & { topic: string })[] = [];
	readonly lines: string[] = [];
	readonly states = ["Room", "Attic"].map(name => ({ name, intervalMs: 2000 }) as SensorState & { reading: unknown });
	readonly configuration = { settings: this.#settings({}) };
	readonly alerts: Alerts;
	#failures = 0;

	constructor(config: object = {}) {
		this.configuration.settings = this.#settings(config);
		const host = fakeHost({ clock: this.clock, log: line => this.lines.push(line) });
		this.alerts = new Alerts({
			host,
			configuration: this.configuration,
			log: new Log(host),
			sensors: this,
			broadcaster: {
				publish: (event, key, data, topic) => {
					equal(event, "alert");
					equal(key, (data as AlertEvent).sensor);
					this.events.push({ ...(data as AlertEvent), topic });
				},
			},
		});
	}

	change(config: object): void {
		this.configuration.settings = this.#settings(config);
		this.alerts.change();
	}

	/** A reading of `sensor` two seconds after whatever was before. */
	read(temperature: number, humidity = 50, sensor = "Room"): void {
		this.clock.advance(2000);
		this.#failures = 0;
		const { ticks } = this.clock;
		const reading = { sensor, temperature, humidity, ticks, calibrated: false, rawHumidity: 0, rawTemperature: 0 };
		Object.assign(this.states.find(({ name }) => name === sensor)!, { reading });
		this.alerts.onReading(reading);
	}

	readFor(ms: number, temperature: number, humidity = 50): void {
		for (let left = ms; left > 0; left -= 2000) this.read(temperature, humidity);
	}

	fail(sensor = "Room"): void {
		this.clock.advance(2000);
		const { ticks } = this.clock;
		const failures = ++this.#failures;
		const status = failures < 3 ? "live" : "fault";
		this.alerts.onFault({ sensor, error: "checksum", message: "checksum", failures, status, ticks });
	}

	failFor(ms: number): void {
		for (let left = ms; left > 0; left -= 2000) this.fail();
	}

	/** @returns The events since the last call, in short. */
	take(): string[] {
		return this.events
			.splice(0)
			.map(({ quantity, state, value, sinceUptimeMs }) => [quantity, state, value, sinceUptimeMs / 1000].join(" "));
	}

	#settings({ warn = {}, ...config }: { warn?: object }) {
		const zones = { temperature: { below: 5, above: 30 }, humidity: { above: 70 }, ...warn };
		const sensors = [
			{ name: "Room", model: "DHT22", pin: 4, warn: zones },
			{ name: "Attic", model: "DHT22", pin: 5 },
		];
		return readSettings({ sensors, ...config }, limits);
	}
}

test("a value that stays in a zone is an alert, with what it is about; its end is one, too", () => {
	const bench = new Bench();
	bench.readFor(minute, 20);
	bench.readFor(minute + 4000, 31.2);
	const alert = {
		sensor: "Room",
		quantity: "temperature",
		state: "above",
		value: 31.2,
		limit: 30,
		sinceUptimeMs: 62_000,
	};
	deepEqual(bench.events, [{ ...alert, uptimeMs: 122_000, topic: "temperature" }]);
	deepEqual(bench.alerts.of("Room"), [alert]);
	deepEqual(bench.alerts.of("Attic"), []);
	bench.readFor(2 * minute, 29);
	deepEqual(bench.take(), ["temperature above 31.2 62", "temperature normal 29 126"]);
	deepEqual(bench.alerts.of("Room"), []);
});

test("temperature and humidity are watched apart, and so are sensors", () => {
	const bench = new Bench();
	bench.readFor(70_000, 4, 75);
	deepEqual(bench.take(), ["temperature below 4 2", "humidity above 75 2"]);
	for (let count = 0; count < 40; count++) {
		bench.read(61, 50, "Attic");
		bench.read(4, 75);
	}
	deepEqual(bench.take(), ["temperature above 61 72"]);
	equal(bench.alerts.of("Room").length, 2);
});

test("an hour of dancing on the limit is one alert", () => {
	const bench = new Bench();
	const choose = choices(3);
	for (let count = 0; count < 1800; count++) bench.read(29.7 + choose(7) / 10);
	equal(bench.events.length, 1);
});

test("a fault is an alert from the third miss in a row on, once it has lasted", () => {
	const bench = new Bench();
	bench.read(20);
	bench.failFor(minute);
	deepEqual(bench.take(), []);
	bench.failFor(10_000);
	deepEqual(bench.take(), ["reading fault  8"]);
	deepEqual(bench.alerts.of("Room")[0]?.error, "checksum");
	bench.readFor(minute, 20);
	deepEqual(bench.take(), []);
	bench.read(20);
	deepEqual(bench.take(), ["reading normal  74"]);
});

test("two misses now and then are no fault", () => {
	const bench = new Bench();
	for (let count = 0; count < 100; count++) {
		for (let reads = 0; reads < 18; reads++) bench.read(20);
		bench.fail();
		bench.fail();
	}
	deepEqual(bench.take(), []);
});

test("a sensor that says nothing at all is at fault, too", () => {
	const bench = new Bench();
	bench.read(20);
	bench.clock.advance(2 * minute);
	deepEqual(bench.take(), ["reading fault  10"]);
	equal(bench.alerts.of("Room")[0]?.error, "stale");
});

test("a sensor without readings neither enters nor leaves a zone", () => {
	const bench = new Bench();
	bench.readFor(minute, 31);
	bench.failFor(10 * minute);
	bench.readFor(minute, 31);
	deepEqual(
		bench.take().filter(line => line.startsWith("temperature")),
		[],
	);
	bench.readFor(10_000, 31);
	equal(bench.take().filter(line => line.startsWith("temperature above")).length, 1);
	bench.readFor(30_000, 20);
	bench.failFor(10 * minute);
	bench.readFor(30_000, 20);
	equal(bench.alerts.of("Room").filter(({ quantity }) => quantity === "temperature").length, 1);
});

test("of the reads of a quarter of an hour too few succeed: one alert, and another when it is well", () => {
	const bench = new Bench();
	for (let count = 0; count < 1800; count++) count % 4 === 0 ? bench.fail() : bench.read(20);
	deepEqual(
		bench.take().map(line => line.slice(0, 16)),
		["success below 75"],
	);
	equal(bench.alerts.of("Room")[0]?.limit, 80);
	bench.readFor(40 * minute, 20);
	match(bench.take().join(), /^success normal 100 \d+$/);
	deepEqual(bench.alerts.of("Room"), []);
});

test("a sensor without readings is not said to be unreliable besides", () => {
	const bench = new Bench();
	bench.read(20);
	bench.failFor(60 * minute);
	deepEqual(bench.take(), ["reading fault  8"]);
});

test("another limit holds from the next reading on; a sensor that is gone has no alert", () => {
	const bench = new Bench();
	bench.readFor(2 * minute, 31);
	bench.take();
	bench.change({ warn: { temperature: { above: 40 } } });
	bench.readFor(minute + 2000, 31);
	deepEqual(bench.take(), ["temperature normal 31 122"]);
	bench.change({ warn: { temperature: { above: 30 }, delayMs: 0 } });
	bench.read(31);
	equal(bench.alerts.of("Room").length, 1);
	bench.change({ sensors: [{ name: "Attic", model: "DHT22", pin: 5 }] });
	deepEqual(bench.alerts.of("Room"), []);
	bench.read(31);
	equal(bench.take().length, 1);
});

test("after each restart a zone that stands is one alert, and none of a device that restarts sooner", () => {
	for (let boot = 0; boot < 5; boot++) {
		const bench = new Bench();
		bench.readFor(minute - 4000, 31.2);
		deepEqual(bench.take(), []);
		if (boot % 2 === 0) continue;
		bench.readFor(60 * minute, 31.2);
		deepEqual(bench.take(), ["temperature above 31.2 2"]);
	}
});

test("receivers on a host that opens no connections are told of in the log", () => {
	const bench = new Bench({ webhooks: [{ url: "http://ntfy.lan/secret" }] });
	deepEqual(bench.lines, ["this host opens no connections"]);
	bench.alerts.close();
	bench.alerts.close();
	equal(bench.clock.pending, 0);
});
