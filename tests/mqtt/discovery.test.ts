import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { test } from "node:test";
import { discoveryStrings, discoveryTopic, expiry, hubTopic } from "../../modules/mqtt/discovery.js";
import { DeviceTopics, topicLevel } from "../../modules/mqtt/topics.js";
import { text } from "../fakes/text.js";
import { attic, device, eight, room, type Sensor } from "./devices.js";
import { checkDiscovery, HomeAssistant } from "./home-assistant.js";

const state = { version: "1.0.0", uptimeMs: 1, signalDbm: -60, restart: "power-on", update: "confirmed" };

interface Given {
	sensors?: readonly Sensor[];
	name?: string;
	gone?: readonly number[];
	/** Values that the device has not. */
	absent?: Partial<Record<"signalDbm" | "restart" | "update", null>>;
}

/** @returns The message of such a device. */
function payload({ sensors = [room], name = "dht", gone = [], absent = {} }: Given = {}): string {
	const published = sensors.map(sensor => ({ ...sensor, level: topicLevel(text, sensor.name) }));
	const topics = new DeviceTopics("dht", name);
	const strings = discoveryStrings({
		device: { ...device, name, sensors: published },
		topics,
		state: { ...state, ...absent },
		gone,
	});
	return [...strings].join("");
}

/** What Home Assistant refuses: the message with one thing changed in it. */
const wrong: [what: string, of: string, by: string][] = [
	["no origin", '"o":{"name":"dht-gauges"', '"o":{"nome":"dht-gauges"'],
	["no identifier of the device", '"ids":["dht246f28abcdef"]', '"ids":[]'],
	["no unique id", '"uniq_id":"dht246f28abcdef_4_humidity",', ""],
	["one unique id twice", "dht246f28abcdef_4_humidity", "dht246f28abcdef_4_temperature"],
	["no platform", '"4_humidity":{"p":"sensor",', '"4_humidity":{'],
	["a platform that there is not", '"4_problem":{"p":"binary_sensor"', '"4_problem":{"p":"binary-sensor"'],
	["no state topic", '"stat_t":"dht/dht/Room/state",', ""],
	["a wildcard in a topic", '"stat_t":"dht/dht/Room/state"', '"stat_t":"dht/dht/+/state"'],
	["a device class that there is not", '"dev_cla":"humidity"', '"dev_cla":"moistness"'],
	["a unit of another class", '"unit_of_meas":"%"', '"unit_of_meas":"°C"'],
	["a state class that there is not", '"stat_cla":"measurement"', '"stat_cla":"measured"'],
	["a time in pieces of a second", '"exp_aft":11', '"exp_aft":11.5'],
	["a key that there is not", '"exp_aft":11', '"expires":11'],
	["no topic of availability", '"avty_t":"dht/dht/status",', ""],
];

for (const [what, of, by] of wrong)
	test(`the rules find ${what}`, () => {
		const whole = payload();
		ok(whole.includes(of), of);
		throws(() => checkDiscovery(whole.replace(of, by)));
	});

test("topics are Home Assistant's", () => {
	equal(discoveryTopic("homeassistant", device.id), "homeassistant/device/dht246f28abcdef/config");
	equal(hubTopic("homeassistant"), "homeassistant/status");
});

test("a device has its own values, and five of each sensor", () => {
	deepEqual(
		[...checkDiscovery(payload()).keys()],
		[
			...["version", "uptimeMs", "signalDbm", "restart", "update"],
			...["4_temperature", "4_humidity", "4_dewPoint", "4_absoluteHumidity", "4_problem"],
		],
	);
});

test("a value of a sensor is described in full", () => {
	deepEqual(checkDiscovery(payload()).get("4_temperature"), {
		p: "sensor",
		name: "Room temperature",
		uniq_id: "dht246f28abcdef_4_temperature",
		dev_cla: "temperature",
		unit_of_meas: "°C",
		stat_cla: "measurement",
		sug_dsp_prc: 1,
		stat_t: "dht/dht/Room/state",
		val_tpl: "{{ value_json.temperature }}",
		exp_aft: 11,
	});
});

test("a problem is what the status calls a fault", () => {
	const problem = checkDiscovery(payload()).get("4_problem");
	deepEqual([problem?.dev_cla, problem?.stat_t], ["problem", "dht/dht/Room/fault"]);
	match(problem!.val_tpl!, / if value_json\.status == 'fault' else /);
});

test("values that the device has not are left out", () => {
	const components = checkDiscovery(payload({ absent: { signalDbm: null, restart: null, update: null } }));
	deepEqual([...components.keys()].slice(0, 3), ["version", "uptimeMs", "4_temperature"]);
});

test("a value expires after three intervals and 5 s, whole seconds", () => {
	deepEqual([2000, 2500, 3_600_000].map(expiry), [11, 13, 10_805]);
});

test("the device's models are named once each", () => {
	const { dev } = JSON.parse(payload({ sensors: [room, attic, { ...room, pin: 6, name: "c" }] }));
	equal(dev.mdl, "DHT22, DHT11");
});

test("eight sensors with names of 64 characters keep to the rules, in pieces of 1 KB at most", () => {
	const whole = payload({ sensors: eight });
	equal(checkDiscovery(whole).size, 5 + 8 * 5);
	ok(text.encode(whole).byteLength < 40_000);
	const sensors = eight.map(sensor => ({ ...sensor, level: topicLevel(text, sensor.name) }));
	const topics = new DeviceTopics("x".repeat(64), "d".repeat(24));
	for (const piece of discoveryStrings({ device: { ...device, sensors }, topics, state, gone: [] }))
		ok(text.encode(piece).byteLength <= 1024, piece);
});

test("unique ids are those of the pins: a new name changes none, and gives the entity its name", () => {
	const hub = new HomeAssistant();
	hub.take(discoveryTopic("homeassistant", device.id), payload());
	const before = [...hub.entities.keys()];
	hub.take(discoveryTopic("homeassistant", device.id), payload({ sensors: [{ ...room, name: "Den" }], name: "new" }));
	deepEqual([...hub.entities.keys()], before);
	equal(hub.entities.get("dht246f28abcdef_4_humidity"), "Den humidity");
});

test("a sensor that is gone leaves no orphan", () => {
	const hub = new HomeAssistant();
	const topic = discoveryTopic("homeassistant", device.id);
	hub.take(topic, payload({ sensors: [room, attic] }));
	equal(hub.entities.size, 15);
	hub.take(topic, payload({ gone: [5] }));
	deepEqual(
		[...hub.entities.keys()].filter(id => id.includes("_5_")),
		[],
	);
	equal(hub.entities.size, 10);
});

test("names with quotes and emoji are JSON still", () => {
	const components = checkDiscovery(payload({ sensors: [{ ...room, name: 'a"\\/ ☀' }] }));
	equal(components.get("4_humidity")?.name, 'a"\\/ ☀ humidity');
	equal(components.get("4_humidity")?.stat_t, 'dht/dht/a"\\%2F%20☀/state');
});
