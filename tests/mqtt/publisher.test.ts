import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import type { PublisherOptions } from "../../modules/mqtt/publisher.js";
import { FakeBroker, type Published, topicsOf } from "./broker.js";
import { attic, device, eight, fault, publisherAt, reading, room } from "./devices.js";
import { checkDiscovery, HomeAssistant } from "./home-assistant.js";

const discovery = "homeassistant/device/dht246f28abcdef/config";

/** A publisher that is connected. */
function connected(given: Partial<PublisherOptions> = {}) {
	const broker = new FakeBroker();
	const publisher = publisherAt(broker, given);
	publisher.open();
	broker.advance(200);
	return { broker, publisher };
}

const what = ({ topic, payload, qos, retained, dup }: Published) => ({ topic, payload, qos, retained, dup });

test("on connecting it says that it is online, then what it has, then how it is", () => {
	const { broker } = connected();
	deepEqual(what(broker.messages[0]!), {
		topic: "dht/dht/status",
		payload: "online",
		qos: 1,
		retained: true,
		dup: false,
	});
	// The first message names the pins without a sensor, which may have had one before the restart.
	for (const message of broker.messages.slice(1, 3))
		deepEqual([message.topic, message.qos, message.retained], [discovery, 1, true]);
	const state = broker.messages[3];
	deepEqual([state?.topic, state?.qos, state?.retained], ["dht/dht/device", 0, false]);
	equal(JSON.parse(state!.payload).restart, "power-on");
	equal(broker.messages.length, 4);
});

test("each reading is published at once, as the stream has it", () => {
	const { broker, publisher } = connected();
	topicsOf(broker);
	const event = reading(broker);
	publisher.onReading(event);
	broker.settle();
	deepEqual(what(broker.messages[0]!), {
		topic: "dht/dht/Room/state",
		payload: JSON.stringify(event),
		qos: 0,
		retained: false,
		dup: false,
	});
});

test("with the first reading it says that the sensor has no fault, then no more", () => {
	const { broker, publisher } = connected();
	topicsOf(broker);
	for (let count = 0; count < 3; count++) publisher.onReading(reading(broker));
	broker.settle();
	deepEqual(topicsOf(broker), ["dht/dht/Room/state", "dht/dht/Room/fault", "dht/dht/Room/state", "dht/dht/Room/state"]);
});

test("each fault is published, and the end of faults", () => {
	const { broker, publisher } = connected();
	publisher.onReading(reading(broker));
	broker.settle();
	topicsOf(broker);
	publisher.onFault(fault(broker, 1));
	publisher.onFault(fault(broker, 2));
	publisher.onReading(reading(broker));
	broker.settle();
	const faults = broker.messages.filter(({ topic }) => topic === "dht/dht/Room/fault");
	deepEqual(
		faults.map(({ payload }) => [JSON.parse(payload).error, JSON.parse(payload).failures]),
		[
			["checksum", 1],
			["checksum", 2],
			[null, 0],
		],
	);
	ok(faults.every(({ qos, retained }) => qos === 0 && !retained));
});

test("a sensor that is not among the settings is not published", () => {
	const { broker, publisher } = connected();
	topicsOf(broker);
	publisher.onReading(reading(broker, "Cellar"));
	publisher.onFault(fault(broker, 1, "Cellar"));
	broker.settle();
	deepEqual(topicsOf(broker), []);
});

test("how the device is comes every minute", () => {
	const { broker } = connected();
	topicsOf(broker);
	broker.advance(180_000, 1000);
	deepEqual(topicsOf(broker), ["dht/dht/device", "dht/dht/device", "dht/dht/device"]);
});

test("while the broker is away the newest reading alone waits", () => {
	const { broker, publisher } = connected();
	broker.mood = "refuses";
	broker.drop();
	for (let count = 0; count < 10; count++) publisher.onReading(reading(broker, "Room", count));
	topicsOf(broker);
	broker.mood = "well";
	broker.advance(3000);
	const readings = broker.messages.filter(({ topic }) => topic === "dht/dht/Room/state");
	deepEqual(
		readings.map(({ payload }) => JSON.parse(payload).temperature),
		[9],
	);
});

test("a reading that is old when the broker returns is not sent", () => {
	const { broker, publisher } = connected();
	broker.mood = "refuses";
	broker.drop();
	publisher.onReading(reading(broker));
	publisher.onFault(fault(broker));
	broker.advance(120_000, 1000);
	topicsOf(broker);
	broker.mood = "well";
	broker.advance(70_000, 1000);
	const topics = topicsOf(broker);
	ok(topics.includes("dht/dht/status"));
	ok(!topics.some(topic => topic.includes("/Room/")));
});

test("status and discovery that were not acknowledged are marked as sent before", () => {
	const broker = new FakeBroker();
	broker.mood = "no acknowledgement";
	const publisher = publisherAt(broker);
	publisher.open();
	broker.advance(200);
	deepEqual(topicsOf(broker), ["dht/dht/status"]);
	broker.drop();
	broker.mood = "well";
	broker.advance(1200);
	deepEqual(
		broker.messages.slice(0, 2).map(({ topic, dup }) => [topic, dup]),
		[
			["dht/dht/status", true],
			[discovery, false],
		],
	);
});

test("the broker says that the device is offline when it has gone", () => {
	const { broker, publisher } = connected();
	equal(broker.kept.get("dht/dht/status"), "online");
	publisher.close();
	ok(broker.hasEnded);
	equal(broker.kept.get("dht/dht/status"), "offline");
});

test("when Home Assistant is ready anew it hears all again, after a while of 1 to 10 s", () => {
	const waits = Array.from({ length: 20 }, (_, seed) => {
		const { broker, publisher } = connected();
		for (let count = 0; count <= seed; count++) broker.random();
		publisher.onReading(reading(broker));
		broker.settle();
		topicsOf(broker);
		broker.publish("homeassistant/status", "online");
		const { ticks } = broker.clock;
		while (broker.messages.length === 0) broker.advance(100);
		deepEqual(topicsOf(broker), [discovery, "dht/dht/device"]);
		publisher.onReading(reading(broker));
		broker.settle();
		deepEqual(topicsOf(broker), ["dht/dht/Room/state", "dht/dht/Room/fault"]);
		return broker.clock.ticks - ticks;
	});
	ok(Math.min(...waits) >= 1000 && Math.max(...waits) <= 10_100);
	ok(new Set(waits).size > 5);
});

for (const [payload, flags] of [
	["offline", 0],
	["online", 1],
	["onlinE", 0],
	["online ", 0],
	["", 0],
] as const)
	test(`"${payload}"${flags ? ", kept by the broker," : ""} of Home Assistant has no effect`, () => {
		const { broker } = connected();
		topicsOf(broker);
		broker.publish("homeassistant/status", payload, flags);
		broker.advance(20_000);
		deepEqual(topicsOf(broker), []);
	});

test("without discovery nothing is subscribed to, and what may be there is taken back", () => {
	const { broker } = connected({ discovery: false });
	deepEqual(broker.subscriptions, []);
	deepEqual(
		broker.messages.map(({ topic, payload }) => [topic, payload.slice(0, 6)]),
		[
			["dht/dht/status", "online"],
			[discovery, ""],
			["dht/dht/device", '{"vers'],
		],
	);
});

/** Connects, then goes on with other options as the app does. @returns What the broker and Home Assistant have then. */
function changed(first: Partial<PublisherOptions>, second: Partial<PublisherOptions>) {
	const { broker, publisher } = connected(first);
	publisher.close();
	ok(broker.hasEnded);
	const announced = publisher.announcedAt("broker.local", 1883);
	publisherAt(broker, { announced, ...second }).open();
	broker.advance(500);
	const hub = new HomeAssistant();
	for (const { topic, payload } of broker.messages) {
		hub.take(topic, payload, "homeassistant");
		hub.take(topic, payload, "ha");
	}
	return { broker, hub, kept: [...broker.kept.keys()].sort() };
}

test("a new name leaves no topic of the old one, and the entities are the same", () => {
	const { hub, kept } = changed({}, { device: { ...device, name: "attic" } });
	deepEqual(kept, ["dht/attic/status", discovery]);
	equal(hub.entities.size, 10);
});

test("a new id leaves no entity of the old one", () => {
	const { hub, kept } = changed({}, { device: { ...device, id: "other" } });
	deepEqual(kept, ["dht/dht/status", "homeassistant/device/other/config"]);
	ok([...hub.entities.keys()].every(id => id.startsWith("other_")));
});

test("new prefixes leave nothing under the old ones", () => {
	const { kept } = changed({}, { prefix: "house/dht", discoveryPrefix: "ha" });
	deepEqual(kept, ["ha/device/dht246f28abcdef/config", "house/dht/dht/status"]);
});

test("discovery that is turned off leaves no entity", () => {
	const { hub, kept } = changed({}, { discovery: false });
	deepEqual(kept, ["dht/dht/status"]);
	equal(hub.entities.size, 0);
});

test("a sensor that is removed is named once, and then left out", () => {
	const { broker, hub } = changed({ sensors: [room, attic] }, { sensors: [room] });
	equal(hub.entities.size, 10);
	ok(!broker.kept.get(discovery)!.includes('"5_'));
});

test("a sensor that was removed before a restart is named once, and then left out", () => {
	const { broker, hub } = changed({ sensors: [room, attic] }, { sensors: [room], announced: undefined });
	equal(hub.entities.size, 10);
	ok(!broker.kept.get(discovery)!.includes('"5_'));
});

test("what was sent and not acknowledged is taken back, too", () => {
	const broker = new FakeBroker();
	broker.mood = "no acknowledgement";
	const publisher = publisherAt(broker);
	publisher.open();
	broker.advance(200);
	publisher.close();
	ok(broker.hasEnded);
	broker.mood = "well";
	const announced = publisher.announcedAt("broker.local", 1883);
	publisherAt(broker, { device: { ...device, name: "attic" }, announced }).open();
	broker.advance(500);
	deepEqual([...broker.kept.keys()].sort(), ["dht/attic/status", discovery]);
});

test("a removal that the broker did not acknowledge is sent again", () => {
	const { broker, publisher } = connected({ sensors: [room, attic] });
	publisher.close();
	ok(broker.hasEnded);
	const next = publisherAt(broker, { announced: publisher.announcedAt("broker.local", 1883) });
	broker.mood = "no acknowledgement";
	next.open();
	broker.advance(1000);
	broker.drop();
	broker.mood = "well";
	topicsOf(broker);
	broker.advance(3000);
	const sent = broker.messages.filter(({ topic }) => topic === discovery).map(({ payload }) => payload.includes('"5_'));
	deepEqual(sent, [true, false]);
});

test("eight sensors with names of 64 characters fit, whatever the send buffer", () => {
	const broker = new FakeBroker({ sendBuffer: 1000 });
	publisherAt(broker, { sensors: eight }).open();
	broker.advance(1000);
	equal(checkDiscovery(broker.kept.get(discovery)!).size, 45);
});

test("what was announced at one broker is of no account at another", () => {
	const { publisher } = connected();
	deepEqual(
		[publisher.announcedAt("other", 1883), publisher.announcedAt("broker.local", 1884)],
		[undefined, undefined],
	);
});

test("closing twice leaves no timer", () => {
	const { broker, publisher } = connected();
	broker.publish("homeassistant/status", "online");
	publisher.close();
	publisher.close();
	equal(broker.clock.pending, 0);
});
