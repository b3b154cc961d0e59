// HTTP over real sockets: the conformance table, and clients that others wrote.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { EventSource } from "eventsource";
import { type Row, rows } from "../http/conformance.js";
import { anyDevice, type Device } from "./device.js";

const run = promisify(execFile);

let device: Device;
before(async () => {
	device = await anyDevice();
});
after(() => device.stop());

async function dial(): Promise<Socket> {
	const { hostname, port } = new URL(device.url);
	const socket = connect(Number(port), hostname).setEncoding("latin1").setNoDelay(true);
	socket.on("error", () => {});
	await once(socket, "connect");
	return socket;
}

/** Sends a row's bytes and waits for its answer, for 3 s at most. */
async function verify({ send, answer, closes, interim }: Row, bytewise: boolean): Promise<void> {
	const socket = await dial();
	let raw = "";
	let ended = false;
	socket.on("data", text => {
		raw += text;
	});
	socket.on("close", () => {
		ended = true;
	});
	// A request has ten seconds to arrive. So of a row of kilobytes every second write is a byte, and those between are more.
	const most = bytewise ? 2 * Math.ceil(send.length / 500) - 1 : send.length;
	for (let at = 0, turn = 0; at < send.length && !ended; turn++) {
		const length = bytewise && turn % 2 === 0 ? 1 : most;
		socket.write(send.slice(at, at + length), "latin1");
		at += length;
		if (bytewise) await new Promise(setImmediate);
	}
	const received = () => {
		const text = raw.replaceAll(/\r\nDate: [^\r]+/g, "");
		return interim ? text.replace("HTTP/1.1 100 Continue\r\n\r\n", "") : text;
	};
	const arrived = () => (typeof answer === "string" ? received().length >= answer.length : answer.test(received()));
	for (let waited = 0; waited < 3000 && !arrived(); waited += 5) await sleep(5);
	if (!closes) assert.equal(ended, false, "the connection stays");
	socket.end();
	for (let waited = 0; waited < 3000 && !ended; waited += 5) await sleep(5);
	if (typeof answer === "string") assert.equal(received(), answer);
	else assert.match(received(), answer);
	assert.ok(ended, "the device ends the connection");
}

for (const bytewise of [false, true])
	test(`the table of requests and answers, sent ${bytewise ? "byte by byte" : "whole"}`, async () => {
		const waiting = rows.filter(row => !row.own);
		const work = async () => {
			for (let row = waiting.shift(); row; row = waiting.shift())
				await verify(row, bytewise).catch((error: Error) => {
					error.message = `${row?.name}: ${error.message}`;
					throw error;
				});
		};
		// No more at once than all connections together may hold of the heap.
		await Promise.all([work(), work()]);
	});

const curl = async (...args: string[]) => (await run("curl", ["-s", "--max-time", "10", ...args])).stdout;

test("curl: HTTP/1.0, HTTP/1.1, compressed, several addresses over one connection", async () => {
	const page = await curl(`${device.url}/`);
	assert.match(page, /<!doctype html>/i);
	assert.equal(await curl("--http1.0", `${device.url}/`), page);
	assert.equal(await curl("--compressed", `${device.url}/`), page);
	assert.match(await curl("-I", `${device.url}/`), /^HTTP\/1\.1 200 OK\r\n/);
	assert.match(await curl("-i", "-X", "POST", `${device.url}/`), /^HTTP\/1\.1 405 [\s\S]*\r\nAllow: GET, HEAD\r\n/);
	assert.match(
		await curl("-H", "Expect: 100-continue", "-i", "-X", "PUT", "-d", "{}", `${device.url}/`),
		/^HTTP\/1\.1 405 /,
	);
	const addresses = Array(4).fill(`${device.url}/api/readings`);
	const connects = await curl("-w", "\n%{num_connects}\n", ...addresses);
	assert.deepEqual(connects.match(/^\d$/gm), ["1", "0", "0", "0"]);
});

test("curl: what has not changed is not sent again", async () => {
	const tag = /\r\nETag: ("[^"]+")/.exec(await curl("-I", `${device.url}/`))?.[1];
	assert.ok(tag);
	assert.match(
		await curl("-i", "-H", `If-None-Match: ${tag}`, `${device.url}/`),
		/^HTTP\/1\.1 304 Not Modified\r\n(?:[^\r]+\r\n)*\r\n$/,
	);
});

test("fetch: a hundred requests, five at a time", async () => {
	for (let round = 0; round < 20; round++) {
		const responses = await Promise.all(Array.from({ length: 5 }, () => fetch(`${device.url}/api/readings`)));
		for (const response of responses) {
			assert.equal(response.status, 200);
			assert.equal(typeof (await response.json()).boot, "string");
		}
	}
});

test("npm's eventsource: hello, readings with ids, heartbeats", async t => {
	const source = new EventSource(`${device.url}/sensor-data-events`);
	t.after(() => source.close());
	const message = async (name: string) => (await once(source, name))[0] as MessageEvent;
	const [hello, reading, heartbeat] = await Promise.all(["hello", "sensor-data", "heartbeat"].map(message));
	assert.equal(typeof JSON.parse(hello!.data).boot, "string");
	assert.equal(typeof JSON.parse(reading!.data).temperature, "number");
	assert.equal(reading!.lastEventId.split("-")[0], JSON.parse(hello!.data).boot);
	assert.equal(typeof JSON.parse(heartbeat!.data).uptimeMs, "number");
});
