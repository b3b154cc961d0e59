import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { test } from "node:test";
import { Server } from "../../modules/http/server.js";
import { Broadcaster } from "../../modules/sse/broadcaster.js";
import { FakeClock } from "../fakes/clock.js";
import { FakeDevice } from "../fakes/device.js";
import type { Peer } from "../fakes/sockets.js";
import { text } from "../fakes/text.js";

interface Event {
	event: string;
	id?: string;
	// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
	data: any;
}

function open(device: FakeDevice, { query = "", fields = "" } = {}): Peer {
	const peer = device.network.connect();
	peer.send(`GET /sensor-data-events${query} HTTP/1.1\r\nHost: localhost\r\n${fields}\r\n`);
	return peer;
}

/** The events that `peer` has received since the last call. */
function events(peer: Peer): Event[] {
	const received = peer.take();
	const body = received.startsWith("HTTP/") ? received.slice(received.indexOf("\r\n\r\n") + 4) : received;
	equal(body === "" || body.endsWith("\n\n"), true, "whole events only");
	return body
		.split("\n\n")
		.filter(block => block !== "" && !block.startsWith("retry:"))
		.map(block => {
			const lines = new Map(
				block.split("\n").map(line => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]),
			);
			const id = lines.get("id");
			return { event: lines.get("event")!, data: JSON.parse(lines.get("data")!), ...(id === undefined ? {} : { id }) };
		});
}

const names = (peer: Peer) =>
	events(peer).map(({ event, id }) => (id === undefined ? event : `${event} ${id.slice(5)}`));

function publish(device: FakeDevice, sensor = "Room", temperature = 20): void {
	device.broadcaster.publish("sensor-data", sensor, device.reading(sensor, temperature));
	device.network.settle();
}

function fail(device: FakeDevice, sensor = "Room"): void {
	device.broadcaster.publish("sensor-fault", sensor, {
		sensor,
		error: "checksum",
		message: "The sum is wrong.",
		failures: 1,
		uptimeMs: device.clock.ticks,
	});
	device.network.settle();
}

test("a new client gets hello, the newest reading of each sensor, and its fault if that is newer", () => {
	const device = new FakeDevice();
	publish(device, "Room", 1);
	fail(device, "Room");
	publish(device, "Attic", 2);
	fail(device, "Shed");
	publish(device, "Room", 3);
	fail(device, "Attic");
	const [hello, ...rest] = events(open(device));
	deepEqual(hello, { event: "hello", data: device.hello() });
	deepEqual(
		rest.map(({ event, id, data }) => [event, id, data.sensor, data.temperature]),
		[
			["sensor-data", "5f3a-3", "Attic", 2],
			["sensor-fault", "5f3a-4", "Shed", undefined],
			["sensor-data", "5f3a-5", "Room", 3],
			["sensor-fault", "5f3a-6", "Attic", undefined],
		],
	);
});

test("a client that asks for one sensor gets that one, and heartbeats", () => {
	const device = new FakeDevice();
	publish(device, "Room");
	publish(device, "Front door");
	for (const query of ["?sensor=Front%20door", "?a=b&sensor=Front+door"]) {
		const peer = open(device, { query });
		deepEqual(names(peer), ["hello", "sensor-data 2"]);
		peer.close();
	}
	const peer = open(device, { query: "?sensor=Front%20door" });
	peer.take();
	publish(device, "Room");
	publish(device, "Front door");
	device.clock.advance(5000);
	device.network.settle();
	deepEqual(names(peer), ["sensor-data 4", "heartbeat"]);
});

test("a client that returns gets what it missed, by field or by query", () => {
	const device = new FakeDevice();
	for (let at = 1; at <= 5; at++) publish(device, at % 2 ? "Room" : "Attic");
	deepEqual(names(open(device, { fields: "Last-Event-ID: 5f3a-2\r\n" })), [
		"hello",
		"sensor-data 3",
		"sensor-data 4",
		"sensor-data 5",
	]);
	deepEqual(names(open(device, { query: "?lastEventId=5f3a-3&sensor=Room" })), ["hello", "sensor-data 5"]);
	const current = open(device, { fields: "Last-Event-ID: 5f3a-5\r\n" });
	deepEqual(names(current), ["hello"]);
	publish(device);
	deepEqual(names(current), ["sensor-data 6"]);
	equal(device.broadcaster.lastEventId, "5f3a-6");
});

for (const id of [
	"",
	"5f3b-2",
	"5f3a",
	"5f3a-",
	"5f3a-0",
	"5f3a-x",
	"5f3a-6",
	"5f3a--1",
	"5f3a-1e0",
	"5f3a-99999999999999999999",
	"2",
])
	test(`an id of no event of this boot is a new client's: ${JSON.stringify(id)}`, () => {
		const device = new FakeDevice();
		for (let at = 1; at <= 5; at++) publish(device);
		deepEqual(names(open(device, { fields: `Last-Event-ID: ${id}\r\n` })), ["hello", "sensor-data 5"]);
	});

test("beyond the ring, a client that returns gets the newest event of each sensor and then all of the ring", () => {
	const device = new FakeDevice({}, { ring: 4 });
	publish(device, "Attic");
	publish(device, "Shed");
	for (let at = 3; at <= 10; at++) publish(device, "Room");
	deepEqual(names(open(device, { fields: "Last-Event-ID: 5f3a-1\r\n" })), [
		"hello",
		"sensor-data 2",
		"sensor-data 7",
		"sensor-data 8",
		"sensor-data 9",
		"sensor-data 10",
	]);
});

test("a replay that does not fit goes on as the client reads, and then skips to the newest", () => {
	const device = new FakeDevice({}, { sendBuffer: 1200 });
	for (let at = 1; at <= 30; at++) publish(device);
	const peer = device.network.connect();
	peer.reading = false;
	peer.send("GET /sensor-data-events?lastEventId=5f3a-2 HTTP/1.1\r\nHost: localhost\r\n\r\n");
	publish(device);
	publish(device);
	publish(device);
	for (let at = 0; at < 200; at++) peer.read(100);
	deepEqual(names(peer), [
		"hello",
		...Array.from({ length: 28 }, (_, at) => `sensor-data ${at + 3}`),
		"sensor-data 33",
	]);
	publish(device);
	peer.read();
	deepEqual(names(peer), ["sensor-data 34"]);
});

test("events of a removed sensor are not sent to clients that come, return or are behind; those of the others are", () => {
	const device = new FakeDevice({}, { sendBuffer: 700 });
	const late = open(device);
	late.take();
	late.reading = false;
	for (let at = 1; at <= 12; at++) publish(device, at % 2 ? "Room" : "Attic");
	fail(device, "Attic");
	fail(device, "Room");
	device.broadcaster.keepOnly(["Room", "Cellar"]);
	deepEqual(names(open(device)), ["hello", "sensor-data 11", "sensor-fault 14"]);
	deepEqual(names(open(device, { fields: "Last-Event-ID: 5f3a-6\r\n" })), [
		"hello",
		"sensor-data 7",
		"sensor-data 9",
		"sensor-data 11",
		"sensor-fault 14",
	]);
	deepEqual(names(open(device, { query: "?sensor=Attic&lastEventId=5f3a-6" })), ["hello"]);
	late.reading = true;
	late.read();
	deepEqual(names(late).slice(-2), ["sensor-data 11", "sensor-fault 14"]);
	publish(device, "Attic");
	deepEqual(names(late), ["sensor-data 15"]);
	deepEqual(names(open(device)), ["hello", "sensor-data 11", "sensor-fault 14", "sensor-data 15"]);
});

test("a slow client skips to the newest of each sensor, in order, and loses no fault that is newer", () => {
	const device = new FakeDevice({}, { sendBuffer: 700 });
	const peer = open(device);
	peer.take();
	peer.reading = false;
	for (let at = 1; at <= 20; at++) publish(device, at % 2 ? "Room" : "Attic");
	fail(device, "Attic");
	peer.reading = true;
	peer.read();
	const seen = names(peer);
	deepEqual(seen.slice(-3), ["sensor-data 19", "sensor-data 20", "sensor-fault 21"]);
	ok(seen.length < 10, `${seen}`);
});

test("a heartbeat comes every heartbeatMs, also when no sensor answers", () => {
	const device = new FakeDevice({}, { heartbeatMs: 700 });
	const peer = open(device);
	peer.take();
	device.clock.advance(2100);
	device.network.settle();
	deepEqual(
		events(peer).map(({ event, data }) => [event, data.uptimeMs]),
		[
			["heartbeat", 700],
			["heartbeat", 1400],
			["heartbeat", 2100],
		],
	);
});

test("the ninth stream is refused with Retry-After until one ends; the page and the readings are still served", () => {
	const device = new FakeDevice();
	const peers = Array.from({ length: 8 }, () => open(device));
	match(open(device).received, /^HTTP\/1\.1 503 [\s\S]*Retry-After: 10\r\n[\s\S]*\/api\/readings/);
	match(device.ask("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"), /^HTTP\/1\.1 200 /);
	match(device.ask("GET /api/readings HTTP/1.1\r\nHost: localhost\r\n\r\n"), /^HTTP\/1\.1 200 /);
	deepEqual(device.broadcaster.counters, { streams: 8, refused: 1, evicted: 0 });
	peers[3]!.close();
	match(open(device).received, /^HTTP\/1\.1 200 /);
});

test("without options of its own, a stream is of all keys, and 503 says no more than why", () => {
	const { clock, network } = new FakeDevice();
	const broadcaster = new Broadcaster({ clock, text, boot: "b", hello: () => ({}), heartbeat: () => ({}), limit: 1 });
	new Server({ Listener: network.Listener, clock, text, port: 81, routes: new Map([["/events", broadcaster]]) });
	const ask = () => {
		const peer = network.connect(81);
		peer.send("GET /events?sensor=x HTTP/1.1\r\nHost: localhost\r\n\r\n");
		return peer;
	};
	const peer = ask();
	deepEqual(events(peer), [{ event: "hello", data: {} }]);
	broadcaster.publish("tick", "clock", { at: 1 });
	clock.advance(5000);
	network.settle();
	deepEqual(events(peer), [
		{ event: "tick", id: "b-1", data: { at: 1 } },
		{ event: "heartbeat", data: {} },
	]);
	match(ask().received, /^HTTP\/1\.1 503 [\s\S]*\r\n\r\nAll streams are in use\.\n$/);
});

test("bytes that a client sends on its stream are discarded", () => {
	const device = new FakeDevice();
	const peer = open(device);
	for (let at = 0; at < 100; at++) peer.send("GET / HTTP/1.1\r\n\r\n");
	publish(device);
	deepEqual(names(peer), ["hello", "sensor-data 1"]);
});

test("an event is encoded once for eight streams, and sent in one write to each", () => {
	const encoded: string[] = [];
	const counting = {
		...text,
		encode(source: string) {
			encoded.push(source);
			return text.encode(source);
		},
	};
	const clock = new FakeClock();
	const device = new FakeDevice({}, { text: counting, clock });
	const peers = Array.from({ length: 8 }, () => open(device));
	encoded.length = 0;
	for (const peer of peers) peer.writes = 0;
	publish(device);
	equal(encoded.length, 1);
	deepEqual(
		peers.map(peer => peer.writes),
		Array(8).fill(1),
	);
});

test("a client that leaves while an event is sent is dropped; those before and after it get the event", () => {
	const device = new FakeDevice();
	const peers = Array.from({ length: 5 }, () => open(device));
	for (const peer of peers) peer.take();
	peers[1]!.vanish();
	peers[3]!.vanish();
	publish(device);
	deepEqual(
		peers.map(peer => names(peer)),
		[["sensor-data 1"], [], ["sensor-data 1"], [], ["sensor-data 1"]],
	);
	equal(device.broadcaster.streams, 3);
	deepEqual(device.errors, []);
});

test("of eight streams four never read for an hour: they are evicted, and the others got every event", () => {
	const device = new FakeDevice();
	const peers = Array.from({ length: 8 }, () => open(device));
	for (const peer of peers.slice(0, 4)) peer.reading = false;
	for (const peer of peers) peer.take();
	const seen = peers.map(() => 0);
	for (let at = 1; at <= 1800; at++) {
		device.clock.advance(2000);
		publish(device, `Sensor ${at % 3}`);
		for (let reader = 4; reader < 8; reader++)
			for (const { event, id } of events(peers[reader]!))
				if (event === "sensor-data") {
					seen[reader]!++;
					equal(id, `5f3a-${seen[reader]}`);
				}
	}
	deepEqual(seen, [0, 0, 0, 0, 1800, 1800, 1800, 1800]);
	equal(peers.slice(0, 4).filter(peer => peer.closed === "no").length, 0);
	equal(device.server.connections, 4);
	equal(device.broadcaster.streams, 4);
	deepEqual(device.broadcaster.counters, { streams: 8, refused: 0, evicted: 4 });
	deepEqual(device.errors, []);
});

test("a client that stops reading is evicted progressMs after its buffer is full, also without events", () => {
	const device = new FakeDevice({}, { sendBuffer: 600, progressMs: 8000 });
	const peer = open(device);
	peer.reading = false;
	device.clock.advance(600_000);
	equal(peer.closed, "fin");
	equal(device.broadcaster.streams, 0);
	equal(device.broadcaster.counters.evicted, 1);
});

test("options out of range are refused, and no timer is left", () => {
	const clock = new FakeClock();
	const hello = () => ({ boot: "a", uptimeMs: 0, intervalMs: 1, heartbeatMs: 1, version: "1", name: "n" });
	for (const bad of [{ limit: 0 }, { ring: 0.5 }, { heartbeatMs: 0 }, { progressMs: -1 }, { retryMs: Number.NaN }])
		throws(() => new Broadcaster({ clock, text, boot: "a", hello, heartbeat: hello, ...bad }), RangeError);
	equal(clock.pending, 0);
});

/** A stream that has to wait: responses that fill the socket come first. */
const crowded = `${"GET /nope HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(60)}GET /sensor-data-events HTTP/1.1\r\nHost: localhost\r\n\r\n`;

test("a stream whose client had sent more before it was opened, and has left, frees its slot", () => {
	const device = new FakeDevice();
	const peer = device.network.connect();
	peer.reading = false;
	peer.send(crowded);
	peer.send("x");
	peer.reading = true;
	peer.read();
	equal(device.broadcaster.streams, 1);
	peer.vanish();
	publish(device);
	device.clock.advance(1000);
	device.network.settle();
	equal(device.broadcaster.streams, 0);
	equal(device.server.connections, 0);
});

test("streams that are ended may return at once; one still greeted then ends with that, and is sent no event", () => {
	const device = new FakeDevice({}, { sendBuffer: 200 });
	publish(device);
	const peers = [open(device), open(device, { query: "?sensor=Room" })];
	const greeted = device.network.connect();
	greeted.reading = false;
	greeted.send("GET /sensor-data-events HTTP/1.1\r\nHost: localhost\r\n\r\n");
	equal(device.broadcaster.streams, 3);
	device.broadcaster.endStreams();
	deepEqual(
		peers.map(peer => peer.closed),
		["fin", "fin"],
	);
	greeted.reading = true;
	greeted.read();
	equal(greeted.closed, "fin");
	match(greeted.received, /event: hello\ndata: .*\n\n$/);
	equal(device.broadcaster.streams, 0);
	const again = open(device);
	deepEqual(names(again), ["hello", "sensor-data 1"]);
	device.clock.advance(5000);
	device.network.settle();
	deepEqual(names(again), ["heartbeat"]);
	equal(device.server.connections, 1);
});

test("a stream that is requested or still greeted when the broadcaster closes does not open", () => {
	const device = new FakeDevice();
	const peer = device.network.connect();
	peer.reading = false;
	peer.send(crowded);
	device.broadcaster.close();
	peer.reading = true;
	peer.read();
	equal(device.broadcaster.streams, 0);
});

test("a key that no event can have opens no stream, and is not kept", () => {
	const device = new FakeDevice();
	match(open(device, { query: `?sensor=${"n".repeat(129)}` }).take(), /^HTTP\/1\.1 404 /);
	match(open(device, { query: `?sensor=${"n".repeat(128)}` }).take(), /^HTTP\/1\.1 200 /);
	equal(device.broadcaster.streams, 1);
});
