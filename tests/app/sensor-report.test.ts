import assert from "node:assert/strict";
import { test } from "node:test";
import { currentData } from "../../modules/app/sensor-report.js";
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
		counts: health.counts(0),
		health: health.report(0),
		...change,
	};
}

const told = (state: SensorState, ticks: number) => currentData(state, ticks)?.temperature;

test("a reading is told as the present for three intervals, no longer", () => {
	assert.equal(told(sensor(), 16_000), 20);
	assert.equal(told(sensor(), 16_001), undefined);
	assert.equal(told(sensor({ reading: undefined }), 16_000), undefined);
});

test("a read that failed since does not make the last reading the past before its time", () => {
	const fault = { sensor: "Room", error: "checksum", message: "", failures: 1, ticks: 12_000 } as const;
	assert.equal(told(sensor({ fault }), 13_000), 20);
});
