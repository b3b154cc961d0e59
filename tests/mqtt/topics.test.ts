import { equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { DeviceTopics, topicLevel } from "../../modules/mqtt/topics.js";
import { text } from "../fakes/text.js";

for (const [name, level] of [
	["Room", "Room"],
	["Salão", "Salão"],
	["Wine cellar", "Wine%20cellar"],
	["a/b", "a%2Fb"],
	["+", "%2B"],
	["#1", "%231"],
	["$SYS", "%24SYS"],
	["100%", "100%25"],
	["☀ 🌡️", "☀%20🌡️"],
	["\0\t\u0085", "%00%09%C2%85"],
	["\u{ffff}\u{1fffe}", "%EF%BF%BF%F0%9F%BF%BE"],
] as const)
	test(`the sensor ${JSON.stringify(name)} has the level ${level}`, () => {
		equal(topicLevel(text, name), level);
	});

test("no two names have one level", () => {
	const names = ["a b", "a%20b", "a%2520b", "a+b", "a%2Bb", "A b", "a/b", "a%2fb", "a%2Fb", "ab", "a\u00a0b"];
	const levels = names.map(name => topicLevel(text, name));
	equal(new Set(levels).size, names.length);
	ok(levels.every(level => !/[\s/+#$\0]/.test(level)));
});

test("a sensor named as a topic of the device does not meet it", () => {
	const topics = new DeviceTopics("dht", "attic");
	equal(topics.status, "dht/attic/status");
	equal(topics.device, "dht/attic/device");
	equal(topics.reading("status"), "dht/attic/status/state");
	equal(topics.fault("device"), "dht/attic/device/fault");
});
