// How long and how much: the bounds and time limits of connections.

import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { test } from "node:test";
import { Response } from "../../modules/http/response.js";
import { Server } from "../../modules/http/server.js";
import { FakeClock } from "../fakes/clock.js";
import { FakeDevice, Pieces } from "../fakes/device.js";
import { FakeNetwork, type Peer } from "../fakes/sockets.js";
import { text } from "../fakes/text.js";

const GET = "GET /nope HTTP/1.1\r\nHost: localhost\r\n\r\n";
const STREAM = "GET /sensor-data-events HTTP/1.1\r\nHost: localhost\r\n\r\n";

function opened(device: FakeDevice, count: number, send = ""): Peer[] {
	return Array.from({ length: count }, () => {
		const peer = device.network.connect();
		peer.send(send);
		return peer;
	});
}

function advance(device: FakeDevice, ms: number): void {
	device.clock.advance(ms);
	device.network.settle();
}

test("a connection that never sent a byte is closed without a word after idleMs", () => {
	const device = new FakeDevice();
	const peer = device.network.connect();
	advance(device, 4900);
	equal(peer.closed, "no");
	advance(device, 600);
	deepEqual([peer.closed, peer.received], ["fin", ""]);
	equal(device.server.connections, 0);
});

test("an idle connection is closed idleMs after its last answer", () => {
	const device = new FakeDevice({ idleMs: 2000 });
	const peer = device.network.connect();
	for (let at = 0; at < 5; at++) {
		advance(device, 1500);
		peer.send(GET);
		match(peer.take(), /^HTTP\/1\.1 404 /);
	}
	advance(device, 2500);
	deepEqual([peer.closed, peer.received], ["fin", ""]);
});

for (const [state, sent] of [
	["in the request line", "GET /no"],
	["in the header", "GET /nope HTTP/1.1\r\nHost: loc"],
	["before a line", "\r\n"],
	["in a second request", `${GET}GET /no`],
] as const)
	test(`${state}: 408 after headerMs, though bytes keep coming`, () => {
		const device = new FakeDevice();
		const peer = device.network.connect();
		peer.send(sent);
		for (let at = 0; at < 4; at++) {
			advance(device, 1200);
			peer.send("x");
		}
		peer.take();
		equal(peer.closed, "no");
		advance(device, 700);
		match(peer.received, /^HTTP\/1\.1 408 Request Timeout\r\n[\s\S]*Connection: close\r\n/);
		advance(device, 1500);
		equal(peer.closed, "fin");
	});

test("in the body: 408 after bodyMs, though bytes keep coming", () => {
	const device = new FakeDevice({ bodyMs: 3000 });
	const peer = device.network.connect();
	peer.send("PUT /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n");
	for (let at = 0; at < 2; at++) {
		advance(device, 1400);
		peer.send("x");
	}
	equal(peer.received, "");
	advance(device, 700);
	match(peer.received, /^HTTP\/1\.1 408 /);
});

test("an answer that nobody reads, or byte by byte, is given up after progressMs; one that is read slowly is not", () => {
	const device = new FakeDevice({}, { sendBuffer: 1000 });
	const [still, single, slow] = opened(device, 3) as [Peer, Peer, Peer];
	for (const peer of [still, single, slow]) {
		peer.reading = false;
		peer.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
	}
	for (let at = 0; at < 40; at++) {
		advance(device, 5000);
		single.read(1);
		slow.read(600);
		equal(still.closed === "no", at < 1);
		equal(single.closed === "no", at < 1);
	}
	match(slow.received, /<title>Gauges<\/title>x{8000}/);
	equal(device.server.connections, 0);
});

test("a source is told when its client is gone, and once", () => {
	const source = new Pieces(["x".repeat(600), "y".repeat(600)]);
	const device = new FakeDevice(
		{ routes: { get: () => ({ allow: "GET", handle: () => source.answer() }) } },
		{ sendBuffer: 500 },
	);
	const peer = device.network.connect();
	peer.reading = false;
	peer.send(GET);
	peer.close();
	equal(source.closed, 1);
	equal(device.server.connections, 0);
});

test("a source that throws ends its own connection, without a second answer", () => {
	let calls = 0;
	const source = {
		next() {
			if (++calls === 2) throw new Error("planted");
			return text.encode("piece");
		},
	};
	const device = new FakeDevice({
		routes: { get: () => ({ allow: "GET, HEAD", handle: () => new Response(200, "", { source }) }) },
	});
	const [first, second] = opened(device, 2) as [Peer, Peer];
	first.send(GET);
	match(first.received, /^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\n5\r\npiece(?:\r\n)?$/);
	equal(first.closed, "fin");
	equal(second.closed, "no");
	deepEqual([device.server.counters.failures, device.errors.length, device.server.connections], [1, 1, 1]);
});

test("a request line and header fields of 10 MB are refused before 128 KB are taken", () => {
	for (const [start, status] of [
		["GET /", "414 URI Too Long"],
		["GET / HTTP/1.1\r\nHost: localhost\r\nA: ", "431 Request Header Fields Too Large"],
	] as const) {
		const device = new FakeDevice();
		const peer = device.network.connect();
		peer.send(start);
		const piece = "x".repeat(1460);
		for (let sent = 0; sent < 10_000_000 && peer.closed === "no"; sent += piece.length) peer.send(piece);
		equal(peer.closed, "fin");
		ok(peer.received.startsWith(`HTTP/1.1 ${status}\r\n`));
		ok(peer.taken < 128 * 1024, `${peer.taken} bytes taken`);
		equal(device.server.connections, 0);
	}
});

test("after an early refusal the rest is dropped for lingerMs at most", () => {
	const device = new FakeDevice();
	const peer = device.network.connect();
	peer.send("PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\nhello");
	match(peer.received, /^HTTP\/1\.1 413 /);
	advance(device, 900);
	peer.send("more");
	equal(peer.closed, "no");
	advance(device, 600);
	equal(peer.closed, "fin");
});

test("when all connections are open, the one idle longest gives way, before any that is in mid-request", () => {
	const device = new FakeDevice({ maxConnections: 4 });
	const asking = opened(device, 1, "GET /no")[0]!;
	advance(device, 50);
	const idle = opened(device, 1, GET)[0]!;
	advance(device, 50);
	const others = opened(device, 2, GET);
	advance(device, 100);
	match(opened(device, 1, GET)[0]!.received, /^HTTP\/1\.1 404 /);
	deepEqual([idle.closed, asking.closed, others.filter(peer => peer.closed !== "no").length], ["fin", "no", 0]);
	equal(device.server.counters.connectionsEvicted, 1);
});

test("when none is idle, the request under way longest gives way; then who was answered, before another request", () => {
	const device = new FakeDevice({ maxConnections: 3 });
	const slow = opened(device, 3, "GET /no");
	advance(device, 10);
	slow[1]!.send("pe HTTP/1.1\r\nHost: localhost\r\n\r\n");
	slow[1]!.send("GET /no");
	for (let at = 0; at < 2; at++) match(opened(device, 1, GET)[0]!.received, /^HTTP\/1\.1 404 /);
	deepEqual(
		slow.map(peer => peer.closed),
		["fin", "no", "no"],
	);
});

test("of connections opened at the same time, each gives way once before the newest does", () => {
	const device = new FakeDevice({ maxConnections: 5 });
	const peers = opened(device, 12, "G");
	deepEqual(
		peers.map(peer => peer.closed === "no"),
		[...Array(7).fill(false), ...Array(5).fill(true)],
	);
});

test("an answer under way does not give way: who comes then is told to return", () => {
	const device = new FakeDevice({ maxConnections: 2 }, { sendBuffer: 1000 });
	const readers = [0, 1].map(() => {
		const peer = device.network.connect();
		peer.reading = false;
		peer.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
		return peer;
	});
	advance(device, 500);
	const rejected = opened(device, 1, GET)[0]!;
	match(
		rejected.received,
		/^HTTP\/1\.1 503 Service Unavailable\r\n[\s\S]*Retry-After: 2\r\n[\s\S]*Connection: close\r\n/,
	);
	equal(device.server.counters.connectionsRejected, 1);
	advance(device, 600);
	match(opened(device, 1, GET)[0]!.received, /^HTTP\/1\.1 404 /);
	equal(readers.filter(peer => peer.closed === "no").length, 1);
});

test("streams do not give way, and more than can be turned away politely are closed", () => {
	const device = new FakeDevice({ maxConnections: 2 });
	const streams = opened(device, 2, STREAM);
	const extra = opened(device, 4, GET);
	deepEqual(
		extra.map(peer => peer.received.slice(9, 12)),
		["503", "503", "", ""],
	);
	equal(device.server.connections, 4);
	advance(device, 1500);
	equal(extra.filter(peer => peer.closed === "no").length, 0);
	equal(device.server.connections, 2);
	equal(streams.filter(peer => peer.closed === "no").length, 2);
});

/** A device whose connections together may hold so many bytes, with a source of pieces that never ends at `/pieces`. */
function holding(maxHeld: number): FakeDevice {
	const source = { next: () => text.encode("x".repeat(1000)) };
	return new FakeDevice({
		maxHeld,
		routes: { get: () => ({ allow: "GET, HEAD, PUT", handle: () => new Response(200, "", { source }) }) },
	});
}

const halfHead = `GET / HTTP/1.1\r\nA: ${"x".repeat(3000)}`;
const halfBody = `PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2000\r\n\r\n${"x".repeat(1900)}`;

for (const [what, sent, fit] of [
	["heads", halfHead, 5],
	["bodies", halfBody, 3],
	["answers that nobody reads", GET, 8],
] as const)
	test(`of ${what}, those that fit together stay; for one more, that without progress for longest ends`, () => {
		const device = holding(16_384);
		const open = () => peers.filter(peer => peer.closed === "no" && !peer.received.includes(" 503 ")).length;
		const peers: Peer[] = [];
		for (let count = 0; count < 12; count++) {
			const peer = device.network.connect();
			peer.reading = sent !== GET;
			peers.push(peer);
			peer.send(sent);
			equal(open(), Math.min(count + 1, fit), `${count}`);
			device.clock.advance(100);
			equal(peer.closed, "no");
		}
		equal(device.server.counters.connectionsEvicted, 12 - fit);
		equal(peers.slice(0, 12 - fit).filter(peer => peer.closed === "no" && !peer.received.includes(" 503 ")).length, 0);
	});

test("who makes progress outlasts who makes none, and what has ended is held no longer", () => {
	const device = holding(16_384);
	const read = device.network.connect();
	read.reading = false;
	read.send(GET);
	for (let turn = 0; turn < 40; turn++) {
		device.clock.advance(50);
		read.read(500);
		const still = device.network.connect();
		still.reading = false;
		still.send(GET);
	}
	equal(read.closed, "no");
	for (let turn = 0; turn < 100; turn++) {
		const peer = device.network.connect();
		peer.send(halfHead);
		peer.close();
	}
	equal(read.closed, "no");
});

test("who is ended in mid-request is told to return", () => {
	const device = holding(8192);
	const [first] = opened(device, 3, halfHead) as [Peer];
	match(first.received, /^HTTP\/1\.1 503 [\s\S]*Retry-After: 2\r\n[\s\S]*Connection: close\r\n/);
	equal(first.closed, "no");
	advance(device, 1500);
	equal(first.closed, "fin");
});

test("files hold nothing, however slowly they are read", () => {
	const device = new FakeDevice({ maxHeld: 1 });
	const readers = Array.from({ length: 10 }, () => {
		const peer = device.network.connect();
		peer.reading = false;
		peer.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
		return peer;
	});
	equal(readers.filter(peer => peer.closed === "no").length, 10);
});

test("a thousand connections in turn leave nothing behind", () => {
	const device = new FakeDevice();
	for (let at = 0; at < 1000; at++) {
		const peer = device.network.connect();
		peer.send(at % 3 === 0 ? STREAM : GET);
		peer.close();
		equal(device.server.connections, 0);
	}
	equal(device.network.open.size, 0);
	equal(device.broadcaster.streams, 0);
	equal(device.server.counters.accepted, 1000);
});

for (const [state, sent, reading] of [
	["before a byte", "", true],
	["in the request line", "GET /", true],
	["in the header", "GET / HTTP/1.1\r\nHost:", true],
	["in the body", "PUT /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhal", true],
	["in a chunk", "PUT /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhal", true],
	["in the answer", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", false],
	["between answers", `${GET}`, true],
	["while it is refused", "GET\r\n\r\nmore", true],
	["while its stream opens", STREAM, false],
	["on its stream", STREAM, true],
] as const)
	test(`a client killed ${state} is forgotten at once`, () => {
		const device = new FakeDevice({}, { sendBuffer: reading ? 5744 : 100 });
		const peer = device.network.connect();
		peer.reading = reading;
		peer.send(sent);
		equal(device.server.connections, 1);
		peer.close();
		equal(device.server.connections, 0);
		equal(device.broadcaster.streams, 0);
		equal(device.network.open.size, 0);
		deepEqual(device.errors, []);
	});

test("close ends everything, twice", () => {
	const device = new FakeDevice();
	const peers = [...opened(device, 2), ...opened(device, 2, GET), ...opened(device, 2, STREAM)];
	for (let time = 0; time < 2; time++) {
		device.server.close();
		device.broadcaster.close();
	}
	equal(peers.filter(peer => peer.closed === "no").length, 0);
	equal(device.clock.pending, 0);
	throws(() => device.network.connect(), /refused/);
});

test("options out of range are refused, and nothing is left open", () => {
	const clock = new FakeClock();
	const network = new FakeNetwork();
	const routes = new Map();
	for (const bad of [
		{ maxConnections: 0 },
		{ maxConnections: 1.5 },
		{ headerMs: 0 },
		{ maxBody: -1 },
		{ idleMs: Number.NaN },
	])
		throws(() => new Server({ Listener: network.Listener, clock, text, routes, ...bad }), RangeError);
	equal(clock.pending, 0);
	new Server({ Listener: network.Listener, clock, text, routes });
	throws(() => new Server({ Listener: network.Listener, clock, text, routes }), /in use/);
	equal(clock.pending, 1);
});
