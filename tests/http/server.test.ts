import { deepEqual, equal, match } from "node:assert/strict";
import { test } from "node:test";
import { FakeDevice } from "../fakes/device.js";

test("the page, its headers alone, what is not there, and what is not allowed", () => {
	const device = new FakeDevice();
	match(
		device.ask("GET / HTTP/1.1\r\nHost: dht.local\r\n\r\n"),
		/^HTTP\/1\.1 200 OK\r\n[\s\S]*text\/html[\s\S]*<!doctype html>/,
	);
	match(
		device.ask("HEAD / HTTP/1.1\r\nHost: dht.local\r\n\r\n"),
		/^HTTP\/1\.1 200 OK\r\n[\s\S]*Content-Length: 9036\r\n[\s\S]*\r\n\r\n$/,
	);
	match(device.ask("GET /nope HTTP/1.1\r\nHost: dht.local\r\n\r\n"), /^HTTP\/1\.1 404 /);
	match(device.ask("POST / HTTP/1.1\r\nHost: dht.local\r\n\r\n"), /^HTTP\/1\.1 405 [\s\S]*Allow: GET, HEAD\r\n/);
	deepEqual(device.errors, []);
});

test("a stream: hello at once, events with ids, heartbeats", () => {
	const device = new FakeDevice();
	const peer = device.network.connect();
	peer.send("GET /sensor-data-events HTTP/1.1\r\nHost: 192.168.4.1\r\n\r\n");
	match(
		peer.take(),
		/^HTTP\/1\.1 200 OK\r\n[\s\S]*text\/event-stream[\s\S]*\r\n\r\nretry: 1000\n\nevent: hello\ndata: \{.*\}\n\n$/,
	);
	device.broadcaster.publish("sensor-data", "Room", device.reading("Room"));
	device.network.settle();
	match(peer.take(), /^id: 5f3a-1\nevent: sensor-data\ndata: \{"temperature":24\.4,"humidity":46\.4,.*\}\n\n$/);
	device.clock.advance(5000);
	device.network.settle();
	equal(peer.take(), 'event: heartbeat\ndata: {"uptimeMs":5000}\n\n');
	peer.close();
	equal(device.broadcaster.streams, 0);
	equal(device.server.connections, 0);
});

test("whatever the origins are, and whatever a client says is its own, no line of its making comes back", () => {
	const planted = "https://a\r\nX-Planted: yes";
	const device = new FakeDevice({ origins: [planted, "https://example.org"] });
	const ask = (origin: string) => device.ask(`GET /nope HTTP/1.1\r\nHost: localhost\r\nOrigin: ${origin}\r\n\r\n`);
	match(ask("https://example.org"), /\r\nAccess-Control-Allow-Origin: https:\/\/example\.org\r\n/);
	for (const origin of [
		planted,
		"https://a",
		"https://example.org\r",
		"https://example.org\x0b",
		"https://EXAMPLE.org",
	]) {
		const answer = ask(origin);
		match(answer, /^HTTP\/1\.1 40[04] /);
		equal(/Access-Control|Planted/.test(answer), false, answer);
	}
});
