import assert, { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import { currentData, sensorStatus } from "../../modules/app/sensor-status.js";
import { defaultWarn } from "../../modules/config/settings.js";
import { Health } from "../../modules/sampling/health.js";
import type { Reading, SensorState } from "../../modules/sampling/sampler.js";

const reading: Reading = {
	sensor: "Room",
	humidity: 50,
	temperature: 20,
	ticks: 10_000,
	calibrated: false,
	rawHumidity: 50,
	rawTemperature: 20,
};

const health = new Health({ name: "Room", model: "DHT22", startLowUs: 1000 });

function sensor(change: Partial<SensorState> = {}): SensorState {
	return {
		name: "Room",
		model: "DHT22",
		answering: "DHT22",
		pin: 4,
		intervalMs: 2000,
		reading,
		fault: undefined,
		failures: 0,
		counts: health.counts(0),
		health: health.report(0),
		badTrain: null,
		...change,
	};
}

const told = (state: SensorState, ticks: number) => currentData(state, ticks)?.temperature;

test("a reading is told as the present for three intervals, no longer", () => {
	assert.equal(told(sensor(), 16_000), 20);
	assert.equal(told(sensor(), 16_001), undefined);
	assert.equal(told(sensor({ reading: undefined }), 16_000), undefined);
});

/** The newest reads, `failures` of them, were missed. */
const failing = (failures: number, last: Partial<SensorState> = {}) => {
	const fault = { sensor: "Room", error: "checksum", message: "", failures, status: "live", ticks: 12_000 } as const;
	return sensor({ fault, failures, ...last });
};

const state = (of: SensorState, ticks = 13_000) => sensorStatus(of, { ...of, warn: defaultWarn }, ticks, []);

test("one and two missed reads leave a sensor live, with the fault and the reading's age", () => {
	for (const failures of [1, 2]) {
		const { status, fault, temperature, ageMs } = state(failing(failures));
		deepEqual([status, fault?.failures, temperature, ageMs], ["live", failures, 20, 3000]);
		equal(told(failing(failures), 13_000), 20);
	}
});

test("the third in a row is a fault, and the reading is no longer told as the present", () => {
	for (const failures of [3, 4]) {
		equal(state(failing(failures)).status, "fault");
		equal(told(failing(failures), 13_000), undefined);
	}
});

test("before the first reading the first missed read is a fault", () => {
	equal(state(sensor({ reading: undefined })).status, "waiting");
	equal(state(failing(1, { reading: undefined })).status, "fault");
});

test("a sensor is stale by the age of its reading, also with a missed read", () => {
	equal(state(failing(1), 16_001).status, "stale");
	equal(state(sensor(), 16_001).status, "stale");
});

test("a reading ends the misses before it", () => {
	const { status, fault } = state(failing(1, { failures: 0 }));
	deepEqual([status, fault], ["live", null]);
});
