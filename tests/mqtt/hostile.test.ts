// A broker that is not to be trusted: what it sends is ignored, or the device leaves it and comes back later.

import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import type { Resolve } from "../../modules/platform/io.js";
import { text } from "../fakes/text.js";
import { FakeBroker, topicsOf } from "./broker.js";
import { publisherAt } from "./devices.js";

/** Longer than Home Assistant is waited for before discovery is sent again, ms. */
const hubMs = 15_000;

const hub = [...text.encode("homeassistant/status")];
const online = [...text.encode("online")];

/** A message as bytes; the topic may be none that the standard allows. */
function message(topic: readonly number[], payload: readonly number[], flags = 0): number[] {
	return [0x30 | flags, 2 + topic.length + payload.length, 0, topic.length, ...topic, ...payload];
}

/** A device at a broker in memory that accepts with these bytes. */
function connected(connack: readonly number[] = [0x20, 2, 0, 0]) {
	const broker = new FakeBroker();
	broker.connack = connack;
	const publisher = publisherAt(broker);
	publisher.open();
	broker.advance(200);
	topicsOf(broker);
	return { broker, publisher };
}

for (const flags of [1, 0x80, 0xff])
	test(`an acceptance with the flags ${flags} is one`, () => {
		const { publisher } = connected([0x20, 2, flags, 0]);
		equal(publisher.connection.state, "connected");
	});

/** What ends the connection. */
const endings: [what: string, bytes: readonly number[]][] = [
	["an acceptance of one byte", [0x20, 1, 0]],
	["an acceptance of three bytes", [0x20, 3, 0, 0, 0]],
	["an acceptance with flags of the fixed header", [0x2f, 2, 0, 0]],
	["a second acceptance", [0x20, 2, 0, 0, 0x20, 2, 0, 0]],
	["a message of QoS 2", [0x20, 2, 0, 0, ...message(hub, online, 4)]],
	["a message of QoS 3", [0x20, 2, 0, 0, ...message(hub, online, 6)]],
	["a message that is marked as sent again", [0x20, 2, 0, 0, ...message(hub, online, 8)]],
	["the acknowledgements of QoS 2", [0x20, 2, 0, 0, 0x50, 2, 0, 2]],
	["a topic that is longer than its packet", [0x20, 2, 0, 0, 0x30, 4, 0xff, 0xff, 1, 2]],
	["a message without a topic's length", [0x20, 2, 0, 0, 0x30, 1, 0]],
];

for (const [what, bytes] of endings)
	test(`${what} ends the connection, and the device comes back later, time after time`, () => {
		const { broker, publisher } = connected(bytes);
		deepEqual([publisher.connection.state, publisher.connection.failure], ["waiting", "malformed"]);
		ok(broker.hasEnded);
		broker.advance(600_000, 1000);
		ok(broker.connects.length > 10 && broker.connects.length < 30, `${broker.connects.length} connections`);
		ok(broker.network.open.size <= 1 && broker.clock.pending <= 3);
		broker.connack = [0x20, 2, 0, 0];
		broker.advance(60_000, 100);
		equal(publisher.connection.state, "connected");
	});

/** What says nothing to the device. */
const ignored: [what: string, bytes: readonly number[]][] = [
	["a topic with NUL", message([...hub.slice(0, -1), 0], online)],
	["a topic that is not UTF-8", message([0xc3, 0x28, 0xff, ...hub.slice(3)], online)],
	["an empty topic", message([], online)],
	["the device's own status", message([...text.encode("dht/dht/status")], [...text.encode("offline")])],
	["the device's own status, online", message([...text.encode("dht/dht/status")], online)],
	["a topic that begins as the one subscribed to", message([...hub, 0x2f], online)],
	["the pattern of all topics", message([0x23], online)],
	["online of long ago", message(hub, online, 1)],
	["garbage that was kept", message(hub, [0, 0xff, 0xc3, 0x28, 0x7b], 1)],
	["garbage", message(hub, [0, 0xff, 0xc3, 0x28, 0x7b])],
	["an empty message", message(hub, [])],
	["online with more behind it", message(hub, [...online, 0])],
];

for (const [what, bytes] of ignored)
	test(`${what} is ignored`, () => {
		const { broker, publisher } = connected();
		const { pending } = broker.clock;
		broker.send(bytes);
		equal(broker.clock.pending, pending);
		broker.advance(hubMs);
		deepEqual([publisher.connection.state, topicsOf(broker)], ["connected", []]);
	});

test("thousands of messages, and of Home Assistant's starts, are one discovery at most", () => {
	const { broker } = connected();
	const { pending } = broker.clock;
	for (let count = 0; count < 300; count++)
		for (const [, bytes] of [...ignored, ["online", message(hub, online)] as const]) broker.send(bytes);
	equal(broker.clock.pending, pending + 1);
	broker.advance(hubMs);
	equal(topicsOf(broker).filter(topic => topic.endsWith("/config")).length, 1);
});

for (const address of [
	"0.0.0.0",
	"0.1.2.3",
	"224.0.0.1",
	"239.255.255.255",
	"240.0.0.1",
	"255.255.255.255",
	"::1",
	"x",
])
	test(`a name server that says ${address} has no host to connect to: one line, and attempts ever rarer`, () => {
		let lookups = 0;
		const broker = new FakeBroker();
		const resolve: Resolve = (_, onResolved) => {
			lookups++;
			broker.clock.set(() => onResolved(address), 1);
		};
		const publisher = publisherAt(broker, { resolve });
		publisher.open();
		broker.advance(600_000, 1000);
		equal(publisher.connection.failure, "no-such-host");
		deepEqual([broker.peer, broker.lines], [undefined, ["MQTT broker broker.local: no such host"]]);
		ok(lookups > 10 && lookups < 30, `${lookups} lookups`);
		publisher.close();
		equal(broker.clock.pending, 0);
	});
