// What every host does over its own sockets: run on the desktop host, with its app on XS, too, and by `npm run test:sdk` on the
// simulator.

import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { History, SensorData } from "../../modules/api/schema.js";
import { anyDevice, type Device } from "./device.js";
import { EventStream } from "./stream.js";

let device: Device;
before(async () => {
	device = await anyDevice();
});
after(() => device.stop());

/** Sends `request` on a connection of its own. @returns All that comes back until the device closes it. */
async function exchange(request: string): Promise<string> {
	const { hostname, port } = new URL(device.url);
	const socket = connect(Number(port), hostname).setEncoding("latin1");
	let response = "";
	socket.on("data", text => {
		response += text;
	});
	socket.write(request);
	await once(socket, "close");
	return response;
}

/** The device's counters, asked for on a connection that is closed again. */
async function counters(): Promise<Record<string, number>> {
	// A response by HTTP/1.0 has no chunks.
	const response = await exchange("GET /api/device HTTP/1.0\r\nHost: localhost\r\n\r\n");
	return JSON.parse(response.slice(response.indexOf("\r\n\r\n"))).counters;
}

const streamsOpen = async () => (await counters()).streamsOpen;

test("the device tells what its host is", async () => {
	const { host } = (await (await fetch(`${device.url}/api/device`)).json()) as { host: string };
	assert.equal(host, process.env.DEVICE_HOST ?? "desktop");
});

test("GET / is the page, as the client accepts it", async () => {
	for (const coding of ["gzip", "identity"]) {
		const response = await exchange(
			`GET / HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: ${coding}\r\nConnection: close\r\n\r\n`,
		);
		const [head = "", body = ""] = response.split("\r\n\r\n", 2);
		assert.match(head, /^HTTP\/1\.1 200 OK\r\n/);
		assert.match(head, /\r\nContent-Type: text\/html;\s?charset=utf-8(\r\n|$)/);
		assert.equal(Number(/\r\nContent-Length: (\d+)/.exec(head)?.[1]), response.length - head.length - 4);
		assert.equal(/\r\nContent-Encoding: gzip/.test(head), coding === "gzip");
		assert.equal(body.startsWith("\x1f\x8b"), coding === "gzip");
	}
});

test("HEAD / has the head of GET and no body", async () => {
	const ask = (method: string) => exchange(`${method} / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
	const [head, get] = await Promise.all([ask("HEAD"), ask("GET")]);
	const fields = (response: string) => response.slice(0, response.indexOf("\r\n\r\n")).replace(/\r\nDate: .*/, "");
	assert.equal(fields(head), fields(get));
	assert.ok(head.endsWith("\r\n\r\n"));
	assert.ok(get.length > head.length + 200);
});

test("an unknown path is 404, a method that is not allowed 405 with Allow", async () => {
	const missing = await fetch(`${device.url}/nope`);
	assert.equal(missing.status, 404);
	const posted = await fetch(`${device.url}/`, {
		method: "POST",
		body: "{}",
		headers: { "content-type": "application/json" },
	});
	assert.equal(posted.status, 405);
	assert.equal(posted.headers.get("allow"), "GET, HEAD");
});

test("a stream says hello at once, then a reading: one taken before, or within two and a half seconds of the start", async t => {
	const stream = await EventStream.open(`${device.url}/sensor-data-events`);
	t.after(() => stream.close());
	assert.equal(stream.response.status, 200);
	assert.equal(stream.response.headers.get("content-type"), "text/event-stream");
	const hello = await stream.next();
	assert.equal(hello.event, "hello");
	assert.equal(hello.data.intervalMs, 2000);
	const reading = await stream.next();
	assert.equal(reading.event, "sensor-data");
	const latest = Math.max(hello.data.uptimeMs, 2500);
	assert.ok(
		reading.data.uptimeMs <= latest,
		`taken at ${reading.data.uptimeMs} ms, hello at ${hello.data.uptimeMs} ms`,
	);
	assert.ok(reading.data.temperature > 10 && reading.data.temperature < 35);
	assert.ok(reading.data.humidity > 10 && reading.data.humidity < 90);
});

test("two clients see the same readings with the same ids", async t => {
	const streams = await Promise.all([1, 2].map(() => EventStream.open(`${device.url}/sensor-data-events`)));
	t.after(() => {
		for (const stream of streams) stream.close();
	});
	const seen = await Promise.all(
		streams.map(async stream => [await stream.nextOf("sensor-data"), await stream.nextOf("sensor-data")]),
	);
	assert.deepEqual(seen[0], seen[1]);
	assert.notEqual(seen[0]?.[0]?.id, seen[0]?.[1]?.id);
});

test("a client that returns gets what it missed", async t => {
	const first = await EventStream.open(`${device.url}/sensor-data-events`);
	const { id } = await first.nextOf("sensor-data");
	first.close();
	await sleep(4500);
	const again = await EventStream.open(`${device.url}/sensor-data-events`, { "last-event-id": id ?? "" });
	t.after(() => again.close());
	const [boot, number] = (id ?? "").split("-");
	for (const missed of [1, 2])
		assert.equal((await again.nextOf("sensor-data")).id, `${boot}-${Number(number) + missed}`);
});

test("a client that leaves is forgotten within a second", async () => {
	const before = (await streamsOpen()) ?? 0;
	const streams = await Promise.all([1, 2, 3].map(() => EventStream.open(`${device.url}/sensor-data-events`)));
	assert.equal(await streamsOpen(), before + 3);
	for (const stream of streams) stream.close();
	await sleep(1000);
	assert.equal(await streamsOpen(), before);
});

test("a thousand connections in turn leave nothing behind", async () => {
	const { hostname, port } = new URL(device.url);
	const before = await counters();
	for (let count = 0; count < 1000; count++) {
		const socket = connect(Number(port), hostname);
		socket.on("error", () => {});
		await once(socket, "connect");
		if (count % 3 === 0) socket.write("GET /sensor-data-events HTTP/1.1\r\nHost: localhost\r\n\r\n");
		else if (count % 3 === 1) socket.write("GET / HTT");
		socket.destroy();
	}
	await sleep(1000);
	const after = await counters();
	assert.equal(after.streamsOpen, before.streamsOpen);
	assert.ok(
		after.connectionsOpen! <= before.connectionsOpen!,
		`${before.connectionsOpen} before, ${after.connectionsOpen} after`,
	);
	assert.equal((await fetch(`${device.url}/`)).status, 200);
});

test("what the stream tells is in the history, in order, and the newest in the metrics", async t => {
	const stream = await EventStream.open(`${device.url}/sensor-data-events`);
	t.after(() => stream.close());
	await stream.nextOf("sensor-data");
	const seen: SensorData[] = [];
	for (let count = 0; count < 3; count++) seen.push((await stream.nextOf("sensor-data")).data);
	const response = await fetch(`${device.url}/api/history?span=15m`);
	const { temperature, humidity, startUptimeMs, stepMs, newest } = (await response.json()) as History;
	const metrics = await (await fetch(`${device.url}/metrics`)).text();
	assert.deepEqual(
		temperature.mean.slice(-3),
		seen.map(data => data.temperature),
	);
	assert.deepEqual(
		humidity.mean.slice(-3),
		seen.map(data => data.humidity),
	);
	assert.deepEqual(newest, seen[2]);
	assert.equal(startUptimeMs + (humidity.mean.length - 1) * stepMs, newest?.uptimeMs);
	assert.match(
		metrics,
		new RegExp(`^dht_temperature_celsius\\{sensor="${newest?.sensor}"\\} ${newest?.temperature}$`, "m"),
	);
});
