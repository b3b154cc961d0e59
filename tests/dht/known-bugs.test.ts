// What other DHT drivers got wrong, a row each.

import { equal } from "node:assert/strict";
import { test } from "node:test";
import { decodeFrame } from "../../modules/dht/decode.js";
import { findModel } from "../../modules/dht/models.js";
import { harness } from "../sampling/harness.js";
import { goodFrame, kindOf } from "./decoded.js";
import { trainOf, withChecksum } from "./trains.js";

const temperatureOf = (word: number) =>
	goodFrame(trainOf(withChecksum(1, 0xf4, word >> 8, word & 0xff)), findModel("DHT22")!).temperature;

test("−10.1 °C is not −10.2: the sign is a bit, not a complement", () => {
	equal(temperatureOf(0x8065), -10.1);
});

test("0xFFFF is −0.1 °C, not −3276.7", () => {
	equal(temperatureOf(0xffff), -0.1);
});

test("no value has a tail of decimals", () => {
	equal(String(temperatureOf(244)), "24.4");
});

test("fake values whose checksum is right are no readings", () => {
	for (const [kind, ...bytes] of [
		["implausible", 0, 0, 0, 0],
		["out-of-range", 0x04, 0x00, 0x00, 0xf0],
		["out-of-range", 0xff, 0xff, 0xff, 0xff],
	] as const)
		equal(kindOf(decodeFrame(trainOf(withChecksum(...bytes)), findModel("DHT22")!)), kind);
});

test("halved values are refuted in a running stream", () => {
	const { clock, sensor, readings, faults } = harness({ intervalMs: 2000 });
	sensor.setAir({ temperature: 24, humidity: 50 });
	clock.advance(7000);
	sensor.setAir({ temperature: 12, humidity: 25 });
	clock.advance(2000);
	sensor.setAir({ temperature: 24, humidity: 50 });
	clock.advance(4000);
	equal(
		readings.every(({ temperature }) => temperature === 24),
		true,
	);
	equal(faults.map(({ error }) => error).join(), "implausible");
});

test("a retry does not fall into the sensor's own two-second guard", () => {
	const { clock, sensor, starts } = harness({ intervalMs: 5000 });
	clock.advance(4000);
	sensor.inject("silence");
	clock.advance(10_000);
	equal(starts.length, 4);
	for (let i = 1; i < starts.length; i++) equal(starts[i]! - starts[i - 1]! >= 2000, true);
});

test("no sensor wired: reads end by time-out and go on", () => {
	const { clock, faults } = harness({ intervalMs: 2000, wired: false });
	clock.advance(20_000);
	equal(faults.length, 10);
	equal(
		faults.every(({ error }) => error === "no-answer"),
		true,
	);
	equal(faults[9]!.failures, 10);
});

test("when the sensor is gone the last value is not shown for ever", () => {
	const { clock, sensor, readings, faults, sampler } = harness({ intervalMs: 2000 });
	clock.advance(5000);
	const before = readings.length;
	sensor.setFault("no-answer", 1);
	clock.advance(10_000);
	equal(readings.length, before);
	equal(faults.length, 5);
	equal(sampler.sensors[0]!.fault!.ticks > sampler.sensors[0]!.reading!.ticks, true);
	equal(sampler.sensors[0]!.health.sinceGoodMs! >= 10_000, true);
});
