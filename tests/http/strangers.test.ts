import { equal, match } from "node:assert/strict";
import { test } from "node:test";
import { FakeDevice } from "../fakes/device.js";

const GET = "GET / HTTP/1.1\r\nHost: dht.local\r\n\r\n";
const HEAD = "PUT /echo HTTP/1.1\r\nHost: dht.local\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n";

test("strangers that take a byte of their answers every 900 ms do not keep the owner out", () => {
	const device = new FakeDevice();
	const slow = Array.from({ length: 14 }, () => {
		const peer = device.network.connect();
		peer.reading = false;
		peer.send(GET);
		return peer;
	});
	for (let seconds = 0; seconds < 60; seconds += 0.9) {
		device.clock.advance(900);
		for (const peer of slow) peer.read(1);
	}
	equal(slow.filter(peer => peer.closed === "no").length < 14, true, "all fourteen are still held after a minute");
	match(device.ask(GET), /^HTTP\/1\.1 200 /);
});

test("streams and slow answers together do not keep the owner out", () => {
	const device = new FakeDevice();
	for (let at = 0; at < 8; at++)
		device.network.connect().send("GET /sensor-data-events HTTP/1.1\r\nHost: dht.local\r\n\r\n");
	const slow = Array.from({ length: 6 }, () => {
		const peer = device.network.connect();
		peer.reading = false;
		peer.send(GET);
		return peer;
	});
	let admitted = 0;
	// An answer is protected while it has only begun.
	device.clock.advance(100);
	for (let turn = 0; turn < 10; turn++) {
		device.clock.advance(900);
		for (const peer of slow) peer.read(1);
		if (device.ask(GET).startsWith("HTTP/1.1 200 ")) admitted++;
	}
	equal(admitted, 10);
});

for (const addresses of [1, 3])
	test(`three strangers' half requests of ${addresses} addresses do not end the owner's between its head and its body`, () => {
		const device = new FakeDevice();
		const owner = device.network.connect();
		owner.send(HEAD);
		device.clock.advance(20);
		for (let at = 0; at < 3; at++)
			device.network.connect(80, `192.0.2.${at % addresses}`).send(`GET / HTTP/1.1\r\nX: ${"x".repeat(4000)}`);
		device.clock.advance(20);
		owner.send("{}");
		match(owner.take(), /^HTTP\/1\.1 200 /);
	});

test("fourteen strangers that only connect do not end the owner's request between its head and its body", () => {
	const device = new FakeDevice();
	const owner = device.network.connect();
	owner.send(HEAD);
	device.clock.advance(20);
	for (let at = 0; at < 14; at++) device.network.connect();
	device.network.settle();
	device.clock.advance(20);
	owner.send("{}");
	match(owner.take(), /^HTTP\/1\.1 200 /);
});
