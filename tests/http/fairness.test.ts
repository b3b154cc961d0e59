// Which connection gives way, where clients of several addresses want more than there are.

import { deepEqual, equal, match } from "node:assert/strict";
import { test } from "node:test";
import { FakeDevice } from "../fakes/device.js";

const GET = "GET /nope HTTP/1.1\r\nHost: localhost\r\n\r\n";
const attackers = Array.from({ length: 17 }, (_, at) => `192.0.2.${at + 100}`);

test("1,000 connections of one address leave another's request alone", () => {
	const device = new FakeDevice();
	const owner = device.network.connect(80, "192.0.2.1");
	owner.send(GET.slice(0, 9));
	device.clock.advance(200);
	for (let at = 0; at < 1000; at++) device.network.connect(80, "192.0.2.2").send(at % 2 ? GET : "G");
	owner.send(GET.slice(9));
	match(owner.received, /^HTTP\/1\.1 404 /);
	equal(device.server.connections, 14);
});

test("answers that an address does not read leave another's request alone", () => {
	const device = new FakeDevice({}, { sendBuffer: 100 });
	const owner = device.network.connect(80, "192.0.2.1");
	owner.send(GET.slice(0, 9));
	for (let at = 0; at < 100; at++) {
		const peer = device.network.connect(80, "192.0.2.2");
		peer.reading = false;
		peer.send(GET);
	}
	owner.send(GET.slice(9));
	match(owner.received, /^HTTP\/1\.1 404 /);
});

test("who has no connection gets one, of the address that has most", () => {
	const device = new FakeDevice({ maxConnections: 4 });
	const one = device.network.connect(80, "192.0.2.1");
	const three = [0, 1, 2].map(() => device.network.connect(80, "192.0.2.2"));
	device.network.connect(80, "192.0.2.3").send(GET);
	deepEqual([one.closed, ...three.map(peer => peer.closed)], ["no", "fin", "no", "no"]);
});

test("17 addresses that ask on 50 connections between any two turns keep the owner's requests out of none", () => {
	const device = new FakeDevice();
	let next = 0;
	const flood = () => {
		for (let at = 0; at < 50; at++) device.network.connect(80, attackers[next++ % 17]!).send(GET);
	};
	for (let round = 0; round < 10; round++) {
		const owner = device.network.connect(80, "192.0.2.1");
		for (const piece of [GET.slice(0, 5), GET.slice(5, 20), GET.slice(20)]) {
			flood();
			owner.send(piece);
		}
		match(owner.received, /^HTTP\/1\.1 404 /, `${round}`);
	}
});
