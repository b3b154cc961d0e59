import assert from "node:assert/strict";
import { test } from "node:test";
import type { Readings } from "../../../modules/api/schema.js";
import { checkedHistory, checkedMessage, checkedReadings } from "../../../www/home/checked.js";

const hello = { boot: "b1", uptimeMs: 5000, intervalMs: 2000, heartbeatMs: 5000, version: "1.0.0", name: "bath" };
const reading = { sensor: "Air", temperature: 21.5, humidity: 40, uptimeMs: 4000 };
const derived = { dewPoint: 7, heatIndex: 21, absoluteHumidity: 7.5 };
const fault = { sensor: "Air", error: "checksum", message: "bad", failures: 3, status: "fault", uptimeMs: 4000 };

/** @returns The content of the checked event. */
function checked(event: string, content: unknown): unknown {
	const message = checkedMessage({ event, id: "b1-1", data: JSON.stringify(content), ageMs: 7 });
	assert.ok(message && "event" in message);
	assert.deepEqual([message.event, message.id, message.ageMs], [event, "b1-1", 7]);
	return JSON.parse(message.data);
}

const isRejected = (event: string, data: string) =>
	assert.throws(() => checkedMessage({ event, id: "", data, ageMs: 0 }));

test("what a device of this version sends stays as it is", () => {
	assert.deepEqual(checked("hello", hello), hello);
	assert.deepEqual(checked("heartbeat", { uptimeMs: 9 }), { uptimeMs: 9 });
	assert.deepEqual(checked("sensor-data", { ...reading, ...derived }), { ...reading, ...derived });
	assert.deepEqual(checked("sensor-data", { ...reading, ...derived, frostPoint: -2 }), {
		...{ ...reading, ...derived },
		frostPoint: -2,
	});
	assert.deepEqual(checked("sensor-fault", fault), fault);
	const link = { link: "live", silentMs: 3 } as const;
	assert.equal(checkedMessage(link), link);
});

test("an event that is not shown is left out, and so are unknown fields", () => {
	assert.equal(checkedMessage({ event: "alert", id: "", data: "{", ageMs: 0 }), undefined);
	assert.equal(checkedMessage({ event: "log", id: "", data: "{}", ageMs: 0 }), undefined);
	assert.deepEqual(checked("heartbeat", { uptimeMs: 9, more: "x" }), { uptimeMs: 9 });
});

test("an older version's readings lack fields: they are as of a sensor without settings", () => {
	const { readings } = checkedReadings(JSON.stringify({ ...hello, readings: [reading, { sensor: "Attic" }] }));
	assert.deepEqual(
		readings.map(({ sensor, temperature }) => [sensor, temperature]),
		[
			["Air", 21.5],
			["Attic", null],
		],
	);
	const [first] = readings;
	assert.deepEqual(
		[first!.range, first!.alerts, first!.fault, first!.warn.humidity.below],
		[[-40, 80], [], null, null],
	);
});

test("settings of a sensor are taken where they are bands and bounds, else left out", () => {
	const of = (more: object): Readings["readings"][0] =>
		checkedReadings(JSON.stringify({ ...hello, readings: [{ ...reading, ...more }] })).readings[0]!;
	assert.deepEqual(of({ scale: { temperature: [10, 30] } }).scale, { temperature: [10, 30] });
	assert.deepEqual(of({ comfort: { humidity: [30, 60] } }).comfort, { temperature: undefined, humidity: [30, 60] });
	assert.deepEqual(of({ warn: { temperature: { below: 5, above: "x" } } }).warn.temperature, {
		below: 5,
		above: null,
		hysteresis: 0,
	});
	for (const temperature of [[30, 10], [1e9, 2e9], [-1e300, 1e300], ["a", "b"], [1], "10,30", null, {}])
		assert.equal(of({ scale: { temperature }, range: temperature }).scale, undefined);
	assert.deepEqual(of({ range: [-1e300, 1e300] }).range, [-40, 80]);
});

test("an event that lacks its values, or has others, is rejected", () => {
	for (const more of [
		...[{ temperature: "<b>20</b>" }, { temperature: null }, { temperature: 1e9 }, { humidity: [] }],
		...[{ uptimeMs: "0" }, { uptimeMs: 1e300 }, { sensor: "" }, { sensor: {} }, { sensor: null }],
	])
		isRejected("sensor-data", JSON.stringify({ ...reading, ...more }));
	for (const data of ["", "{", "null", "7", '"hello"', "[]", "{}", '{"uptimeMs":null}', '{"uptimeMs":1e999}'])
		for (const event of ["hello", "heartbeat", "readings", "sensor-data", "sensor-fault"]) isRejected(event, data);
});

test("what is too long is rejected, and a long string is cut", () => {
	isRejected("heartbeat", JSON.stringify({ uptimeMs: 1, more: "x".repeat(70_000) }));
	isRejected("readings", JSON.stringify({ ...hello, readings: new Array(9).fill(reading) }));
	const { message } = checked("sensor-fault", { ...fault, message: "x".repeat(5000) }) as typeof fault;
	assert.equal(message.length, 200);
});

test("a kind of fault that every object has is none of a table", () => {
	for (const error of ["constructor", "__proto__", "toString", 7])
		assert.equal((checked("sensor-fault", { ...fault, error }) as typeof fault).error, "");
});

test("a history has a mean a bucket, within bounds", () => {
	const tracks = { temperature: { mean: [20, null, 1e9, "x"] }, humidity: { mean: [] } };
	const history = { sensor: "Air", startUptimeMs: -5, stepMs: 60_000, newest: null, ...tracks };
	const { temperature, newest } = checkedHistory(JSON.stringify(history));
	assert.deepEqual([temperature, newest], [[20, null, null, null], null]);
	for (const more of [
		...[{ temperature: null }, { temperature: { mean: {} } }, { temperature: { mean: new Array(2000).fill(1) } }],
		...[{ stepMs: null }, { startUptimeMs: "x" }, { newest: 7 }, { newest: {} }],
	])
		assert.throws(() => checkedHistory(JSON.stringify({ ...history, ...more })));
});
