import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { explainFault, faultKinds } from "../../modules/dht/fault.js";
import { findModel, modelNames } from "../../modules/dht/models.js";

test("every name that a sensor is sold under is found, in capital and small letters", () => {
	for (const [sold, name] of [
		["DHT11", "DHT11"],
		["dht12", "DHT12"],
		["DHT21", "DHT21"],
		["AM2301", "DHT21"],
		["DHT22", "DHT22"],
		["am2302", "DHT22"],
		["RHT03", "DHT22"],
		["AM2303", "AM2303"],
		["AM2320", "AM2320"],
		["AM2321", "AM2321"],
		["AM2322", "AM2322"],
		["Si7021", "Si7021"],
		["Si7021-DHT", "Si7021"],
		["THS01", "Si7021"],
		["Auto", "auto"],
	] as const)
		equal(findModel(sold)?.name, name);
	equal(findModel("BME280"), undefined);
	equal(findModel(""), undefined);
});

test("no name means two models", () => {
	const names = modelNames.flatMap(name => [name, ...findModel(name)!.aliases]).map(name => name.toLowerCase());
	deepEqual(names.length, new Set(names).size);
});

test("every start signal is one that a capture can make", () => {
	for (const name of modelNames) {
		const { startLowUs, minIntervalMs } = findModel(name)!;
		ok(startLowUs >= 500 && startLowUs <= 20_000);
		ok(minIntervalMs >= 1000);
	}
});

test("every fault has a sentence of its own that names the pin", () => {
	const sentences = faultKinds.map(kind => explainFault(kind, 17));
	for (const sentence of sentences) ok(/pin 17\b/.test(sentence));
	equal(new Set(sentences).size, faultKinds.length);
});
