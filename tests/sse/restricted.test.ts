import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { FakeDevice } from "../fakes/device.js";
import type { Peer } from "../fakes/sockets.js";

const k1 = "a1".repeat(32);

/** A device whose restricted events are for requests with the cookie `k1`. */
function setUp(newest: object[] = []) {
	const state = { key: k1 as string | undefined };
	const device = new FakeDevice(
		{},
		{
			restricted: {
				event: "log",
				get key() {
					return state.key;
				},
				allows: request => request.cookie === state.key,
				newest: () => newest,
			},
		},
	);
	const { broadcaster, network } = device;
	const open = (query = "", fields = "") => {
		const peer = network.connect();
		peer.send(`GET /sensor-data-events${query} HTTP/1.1\r\nHost: localhost\r\n${fields}\r\n`);
		network.settle();
		return peer;
	};
	const say = (message: string) => {
		broadcaster.publishRestricted({ message });
		network.settle();
	};
	return { broadcaster, network, state, open, say };
}

const logged = (peer: Peer) =>
	[...peer.take().matchAll(/event: log\ndata: \{"message":"(.*?)"\}\n\n/g)].map(found => found[1]);

const holder = `Cookie: reader=${k1}\r\n`;

test("a stream with the right gets the newest, then each as it comes, without an id", () => {
	const { open, say } = setUp([{ message: "earlier" }]);
	const peer = open("", holder);
	say("now");
	const received = peer.take();
	ok(!received.includes("id: "));
	deepEqual(
		[...received.matchAll(/"message":"(\w+)"/g)].map(found => found[1]),
		["earlier", "now"],
	);
});

for (const [query, fields] of [
	["", ""],
	["?lastEventId=5f3a-0", ""],
	["?sensor=log", ""],
	["?sensor=", ""],
	["?event=log", ""],
	[`?reader=${k1}`, ""],
	["", "Last-Event-ID: 5f3a-1\r\n"],
	["", `Cookie: reader=${"b2".repeat(32)}\r\n`],
	["", "Cookie: reader=\r\n"],
	["", `Cookie: other=${k1}\r\n`],
	["", `Authorization: reader ${k1}\r\n`],
] as const)
	test(`a stream without the right never gets one, whatever it asks: ${query}${fields.trim()}`, () => {
		const { broadcaster, network, open, say } = setUp([{ message: "earlier" }]);
		open("", holder);
		const peer = open(query, fields);
		say("now");
		broadcaster.publish("sensor-data", "Room", { sensor: "Room" });
		network.settle();
		say("later");
		deepEqual(logged(peer), []);
		const again = open("?lastEventId=5f3a-0", fields);
		deepEqual(logged(again), [], "nor is one replayed");
	});

test("a stream loses the right when the key changes, and when there is none any more", () => {
	for (const key of ["b2".repeat(32), undefined]) {
		const { state, open, say } = setUp();
		const peer = open("", holder);
		say("before");
		state.key = key;
		say("after");
		deepEqual(logged(peer), ["before"]);
		state.key = k1;
		say("back");
		deepEqual(logged(peer), [], "it does not come back");
	}
});

test("a stream that is behind gets the events that it missed, and no restricted ones", () => {
	const { broadcaster, network, open, say } = setUp();
	const peer = open("", holder);
	peer.take();
	broadcaster.publish("sensor-data", "Room", { sensor: "Room" });
	say("x".repeat(100_000));
	network.settle();
	ok(peer.take().includes("sensor-data"));
	equal(broadcaster.streams, 1);
});

test("streams that end are forgotten, and others go on", () => {
	const { broadcaster, network, open, say } = setUp();
	const gone = open("", holder);
	const stays = open("", holder);
	gone.close();
	network.settle();
	say("now");
	deepEqual(logged(stays), ["now"]);
	broadcaster.close();
	say("after the end");
	deepEqual(logged(stays), []);
});
