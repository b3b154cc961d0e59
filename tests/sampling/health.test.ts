import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { measureWidths } from "../../modules/dht/pulse-widths.js";
import { Health } from "../../modules/sampling/health.js";
import { bytesOf, trainOf } from "../dht/trains.js";

const pulses = trainOf(bytesOf("01F900FCF6"));
const health = () => new Health({ name: "Room", model: "DHT22", startLowUs: 2000 });

test("what is unknown is null", () => {
	const { lastFault, sinceGoodMs, widths, hint, faults } = health().report(5000);
	deepEqual([lastFault, sinceGoodMs, widths, hint, health().badTrain], [null, null, null, null, null]);
	equal(Object.values(faults).length, 9);
	ok(Object.values(faults).every(count => count === 0));
});

test("the last bad train is a capture that can be replayed", () => {
	const sick = health();
	sick.countFault("checksum", 3000, { pulses: Uint16Array.from(pulses), level: 1, ticks: 3000 });
	sick.countFault("hardware", 5000);
	const { lastFault } = sick.report(5000);
	deepEqual(JSON.parse(sick.badTrain!), {
		file: "Room",
		model: "DHT22",
		sampleRateHz: 1_000_000,
		frames: [{ startLowUs: 2000, pulsesUs: pulses, level: 1, expect: null }],
	});
	deepEqual(lastFault, { error: "hardware", uptimeMs: 5000 });
});

test("widths of zeros and ones, mean and spread", () => {
	equal(measureWidths(pulses).zeros.meanUs, 26);
	equal(measureWidths(pulses).ones.spreadUs, 0);
	const first = pulses.indexOf(26);
	const uneven = pulses.map((width, i) => (i === first ? 30 : width));
	equal(measureWidths(uneven).zeros.spreadUs, 4);
});

test("slow edges give a hint", () => {
	const well = health();
	well.countGood(1000, { pulses, level: 1, ticks: 1000 });
	equal(well.report(3500).hint, null);
	equal(well.report(3500).sinceGoodMs, 2500);
	const slow = health();
	slow.countGood(1000, { pulses: pulses.map((width, i) => width + (i % 2 ? 12 : -12)), level: 1, ticks: 1000 });
	ok(/pull-up/.test(slow.report(3500).hint!));
});
