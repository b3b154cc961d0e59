import assert from "node:assert/strict";
import { test } from "node:test";
import type { Readings, SensorData, SensorFault, SensorStatus } from "../../../modules/api/schema.js";
import { defaultWarn } from "../../../modules/config/settings.js";
import { take } from "../../../www/gauges/intake.js";
import { Model } from "../../../www/gauges/model.js";

const hello = (boot: string, uptimeMs: number) => ({
	boot,
	uptimeMs,
	intervalMs: 2000,
	heartbeatMs: 5000,
	version: "1",
	name: "dht",
});

const data = (temperature: number, uptimeMs: number, sensor = "Room"): SensorData => ({
	sensor,
	temperature,
	humidity: 50,
	uptimeMs,
	dewPoint: null,
	heatIndex: null,
	absoluteHumidity: null,
});

const fault = (uptimeMs: number, status: SensorFault["status"] = "fault"): SensorFault => ({
	sensor: "Room",
	error: "checksum",
	message: "checksum",
	failures: status === "fault" ? 3 : 1,
	status,
	uptimeMs,
});

const warn = defaultWarn;
const unread: SensorStatus = {
	sensor: "Room",
	model: "DHT22",
	status: "waiting",
	ageMs: null,
	temperature: null,
	humidity: null,
	uptimeMs: null,
	dewPoint: null,
	heatIndex: null,
	absoluteHumidity: null,
	fault: null,
	warn,
	range: [-40, 80],
	alerts: [],
};

const event = (name: string, content: object, ageMs = 0) => ({
	event: name,
	id: "",
	data: JSON.stringify(content),
	ageMs,
});

function setUp() {
	const seen: [string, number, number][] = [];
	const model = new Model((sensor, reading) => seen.push([sensor.name, reading.event.temperature, reading.at]));
	return { model, seen, sensor: () => model.sensors.get("Room")! };
}

const body = (uptimeMs: number, ...readings: SensorStatus[]): Readings => ({
	...hello("a", uptimeMs),
	lastEventId: null,
	language: "auto",
	units: "C",
	readings,
});

test("a sensor without a reading waits", () => {
	const { model, sensor, seen } = setUp();
	model.readings(body(1000, unread), 100);
	assert.equal(sensor().status(100_000, 2000), "waiting");
	assert.equal(sensor().reading, undefined);
	assert.deepEqual(sensor().about?.warn, warn);
	assert.deepEqual(seen, []);
});

test("a reading's age counts from when the sample was taken, not from its arrival", () => {
	const { model, sensor } = setUp();
	model.readings(body(10_000, { ...unread, ...data(20, 7000) }), 500);
	assert.equal(sensor().reading!.at, -2500);
	assert.equal(sensor().status(-2500 + 6000, model.intervalMs), "live");
	assert.equal(sensor().status(-2500 + 6001, model.intervalMs), "stale");
});

test("a message that the hub sends late is dated at its arrival in the hub", () => {
	const { model, sensor } = setUp();
	take(model, event("hello", hello("a", 10_000), 60_000), 100_000);
	take(model, event("sensor-data", data(20, 9000), 60_000), 100_000);
	assert.equal(sensor().reading!.at, 39_000);
	assert.equal(sensor().status(100_000, model.intervalMs), "stale");
});

test("a missed read leaves the sensor live, with its fault, until the reading is stale", () => {
	const { model, sensor } = setUp();
	take(model, event("hello", hello("a", 1000)), 1000);
	take(model, event("sensor-data", data(20, 1000)), 1000);
	take(model, event("sensor-fault", fault(3000, "live")), 3000);
	assert.equal(sensor().status(3000, 2000), "live");
	assert.equal(sensor().fault?.event.failures, 1);
	assert.equal(sensor().status(7001, 2000), "stale");
	take(model, event("sensor-data", data(21, 7100)), 7100);
	assert.equal(sensor().fault, undefined);
});

test("a fault hides the reading before it, and the next reading ends the fault", () => {
	const { model, sensor } = setUp();
	take(model, event("hello", hello("a", 1000)), 1000);
	take(model, event("sensor-data", data(20, 1000)), 1000);
	take(model, event("sensor-fault", fault(3000)), 3000);
	assert.equal(sensor().status(3000, 2000), "fault");
	assert.equal(sensor().reading!.event.temperature, 20);
	take(model, event("sensor-data", data(21, 5000)), 5000);
	assert.equal(sensor().status(5000, 2000), "live");
});

test("an event older than the current one changes nothing", () => {
	const { model, sensor, seen } = setUp();
	model.readings(body(9000, { ...unread, ...data(20, 8000) }), 9000);
	take(model, event("sensor-data", data(19, 6000)), 9000);
	take(model, event("sensor-data", data(20, 8000)), 9000);
	take(model, event("sensor-fault", fault(7000)), 9000);
	assert.equal(sensor().status(9000, 2000), "live");
	assert.equal(sensor().reading!.event.temperature, 20);
	assert.equal(seen.length, 1);
});

test("late readings are reported, each at its time", () => {
	const { model, seen } = setUp();
	take(model, event("hello", hello("a", 0)), 0);
	take(model, event("sensor-data", data(20, 0)), 0);
	take(model, event("hello", hello("a", 60_000)), 60_000);
	for (const uptimeMs of [2000, 4000, 6000]) take(model, event("sensor-data", data(21, uptimeMs)), 60_000);
	assert.deepEqual(
		seen.map(([, , at]) => Math.round(at)),
		[0, 2000, 4000, 6000],
	);
});

test("events of another boot are newer, whatever their uptime", () => {
	const { model, sensor } = setUp();
	assert.equal(take(model, event("hello", hello("a", 500_000)), 1000), true);
	take(model, event("sensor-data", data(20, 500_000)), 1000);
	assert.equal(take(model, event("hello", hello("a", 501_000)), 2000), false);
	assert.equal(take(model, event("hello", hello("b", 100)), 30_000), true);
	take(model, event("sensor-data", data(22, 3000)), 32_900);
	assert.equal(sensor().reading!.event.temperature, 22);
	assert.equal(sensor().reading!.at, 32_900);
});

test("the link and when the device was last heard", () => {
	const { model } = setUp();
	take(model, { link: "lost", silentMs: 12_000 }, 20_000);
	assert.equal(model.link, "lost");
	assert.equal(model.heardAt, 8000);
});

test("the newest reading or fault is kept undecoded", () => {
	const { model } = setUp();
	take(model, event("hello", hello("a", 0)), 0);
	assert.equal(model.received, undefined);
	const message = { event: "sensor-data", id: "a-1", data: JSON.stringify(data(20, 0)), ageMs: 0 };
	take(model, message, 0);
	take(model, event("heartbeat", { uptimeMs: 5000 }), 5000);
	assert.equal(model.received, message);
});

test("sensors keep the device's order", () => {
	const { model } = setUp();
	model.readings(body(0, { ...unread, sensor: "B" }, { ...unread, sensor: "A" }), 0);
	take(model, event("sensor-data", data(20, 100, "A")), 100);
	assert.deepEqual([...model.sensors.keys()], ["B", "A"]);
});
