// A device without a password: who is its owner, and who is not.

import assert from "node:assert/strict";
import { test } from "node:test";
import { GuardedDevice } from "../fakes/guarded.js";
import { type Asked, request, signed } from "../fakes/signing.js";

const change: Asked = { body: '{"name":"attic"}' };
const password: Asked = { body: '{"adminPassword":"a new secret"}' };

/** A device without a password; with `isLoopback` one that only its own computer reaches. */
function unset({ isLoopback = false } = {}): GuardedDevice {
	const device = new GuardedDevice(7, isLoopback);
	device.password = undefined;
	return device;
}

const session = (device: GuardedDevice, asked: Asked = {}) =>
	JSON.parse(
		device.ask(request({ method: "GET", target: "/api/session", host: "localhost", ...asked })).split("\r\n\r\n")[1]!,
	);

test("without a hand on the button a stranger in the network changes nothing", () => {
	const device = unset();
	for (const host of ["dht", "dht.local", "192.0.2.7", "localhost", "127.0.0.1"])
		assert.equal(device.status(request({ ...change, host })), 403, host);
	assert.deepEqual(device.changes, []);
	assert.deepEqual([session(device).unsigned, session(device).setupMs], [false, 0]);
});

test("while set-up is open anybody in the network changes the settings unsigned, for three minutes", () => {
	const device = unset();
	device.access.beginSetup();
	assert.deepEqual([session(device).unsigned, session(device).setupMs], [true, 180_000]);
	device.clock.advance(179_999);
	assert.equal(device.status(request(password)), 200);
	assert.deepEqual(device.changes, [{ adminPassword: "a new secret" }]);
	device.clock.advance(1);
	assert.equal(device.status(request(change)), 403);
});

test("while set-up is open other sites' pages and names of theirs are refused as ever", () => {
	const device = unset({ isLoopback: true });
	device.access.beginSetup();
	const from = (origin: string) => device.status(request({ ...change, fields: `Origin: ${origin}\r\n` }));
	assert.equal(from("http://evil.example"), 403);
	assert.equal(from("null"), 403);
	assert.equal(device.status(request({ ...change, host: "evil.example" })), 421);
	assert.deepEqual(device.changes, []);
});

test("a password that is set ends it at once", () => {
	const device = unset();
	device.access.beginSetup();
	device.password = "a new secret";
	assert.equal(device.status(request(change)), 401);
	assert.deepEqual([session(device).unsigned, session(device).setupMs], [false, 0]);
});

test("a device with a password has no window: the button does not open one", () => {
	const device = new GuardedDevice();
	device.access.beginSetup();
	assert.equal(device.status(request(change)), 401);
	device.password = undefined;
	assert.equal(device.status(request(change)), 403);
});

test("a private device that lost its password opens to a guest of the access point alone", () => {
	const device = unset({ isLoopback: true });
	device.private = true;
	device.access.beginSetup();
	const read: Asked = { method: "GET", target: "/api/readings", host: "localhost" };
	assert.equal(device.status(request({ ...change, host: "localhost" })), 403);
	assert.equal(device.status(request(read)), 403);
	assert.deepEqual([session(device).unsigned, session(device).reader], [false, false]);
	device.guest = true;
	assert.equal(device.status(request({ ...change, host: "localhost" })), 200);
	assert.deepEqual([session(device).unsigned, session(device).reader], [true, true]);
});

test("what needs credentials is refused to every owner without a password", () => {
	const device = unset({ isLoopback: true });
	device.guest = true;
	device.access.beginSetup();
	const asked: Asked = { body: "{}", target: "/api/guarded", host: "localhost" };
	assert.equal(device.status(request(asked)), 403);
	device.password = "correct horse";
	assert.equal(device.status(request(asked)), 401);
	assert.equal(device.status(signed("correct horse", device.nonce(), asked)), 200);
});

/** Requests by the person at the computer that the device runs on, and what looks like one. */
const rows: [name: string, status: number, bytes: string][] = [
	...["localhost", "LOCALHOST", "localhost:8081", "127.0.0.1", "127.0.0.1:80", "[::1]", "[::1]:8081"].map(
		(host): (typeof rows)[number] => [`Host ${host}`, 200, request({ ...change, host })],
	),
	...["http://localhost:8081", "http://[::1]:8081", "http://127.0.0.1:8081"].map((origin): (typeof rows)[number] => [
		`its own page at ${origin}`,
		200,
		request({ ...change, host: origin.slice(7), fields: `Origin: ${origin}\r\n` }),
	]),
	...[
		"dht",
		"dht.local",
		"192.168.1.50",
		"127.0.0.2",
		"127.1",
		"2130706433",
		"[::]",
		"[::ffff:127.0.0.1]",
		"localhost.",
	].map((host): (typeof rows)[number] => [`Host ${host}`, 403, request({ ...change, host })]),
	...["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil.localhost"].map(
		(host): (typeof rows)[number] => [`Host ${host}`, 421, request({ ...change, host })],
	),
	...["localhost:", "localhost:80:80", "localhost:x", "[::1]x", "[::1", "user@localhost"].map(
		(host): (typeof rows)[number] => [`Host ${host}`, host === "localhost:" ? 403 : 400, request({ ...change, host })],
	),
	...[
		"null",
		"http://evil.example",
		"http://localhost",
		"http://localhost:8082",
		"https://localhost:8081",
		"http://127.0.0.1:8081",
		"file://",
		"",
	].map((origin): (typeof rows)[number] => [
		`Origin ${origin}`,
		403,
		request({ ...change, host: "localhost:8081", fields: `Origin: ${origin}\r\n` }),
	]),
	[
		"an origin that the settings allow",
		403,
		request({ ...change, host: "localhost", fields: "Origin: https://example.org\r\n" }),
	],
	["HTTP/1.1 without Host", 400, request(change).replace("Host: dht\r\n", "")],
	["HTTP/1.0 without Host", 403, request(change).replace("1.1\r\nHost: dht\r\n", "1.0\r\n")],
	["HTTP/1.0 with Host", 200, request({ ...change, host: "localhost" }).replace("HTTP/1.1", "HTTP/1.0")],
	["two Host fields", 400, request({ ...change, host: "localhost", fields: "Host: localhost\r\n" })],
	["an absolute target", 403, request({ ...change, target: "http://dht/api/settings", host: "localhost" })],
	["a form", 415, request({ ...change, host: "localhost" }).replace("application/json", "text/plain")],
];

for (const [name, status, bytes] of rows)
	test(`the computer's own user: ${name}: ${status}`, () => {
		const device = unset({ isLoopback: true });
		assert.equal(device.status(bytes), status);
		assert.equal(device.changes.length, status === 200 ? 1 : 0);
		assert.equal(unset().status(bytes), status === 200 ? 403 : status, "where other computers reach the host");
	});

test("a password that is set stands for the computer's own user, too", () => {
	const device = new GuardedDevice(7, true);
	assert.equal(device.status(request({ ...change, host: "localhost" })), 401);
	assert.equal(session(device).unsigned, false);
});

test("the session says whether this client may change the device without a password", () => {
	const device = unset({ isLoopback: true });
	assert.deepEqual([session(device).unsigned, session(device).setupMs], [true, 0]);
	assert.equal(session(device, { host: "dht.local" }).unsigned, false);
	assert.equal(session(device, { fields: "Origin: http://evil.example\r\n" }).unsigned, false);
});
