// Clients that leave at every point of a request and of a response, and readers who reload: the device goes on as it was.

import { equal, ok } from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { anyDevice } from "./device.js";

const get = (path: string, host: string) => `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`;

/** What a client does before it leaves. */
const leavings: readonly ((socket: Socket, host: string) => Promise<unknown> | void)[] = [
	() => {},
	(socket, host) => void socket.write(get("/", host).slice(0, 20)),
	(socket, host) => void socket.write(get("/", host)),
	(socket, host) => void socket.write(get("/", host).repeat(3)),
	(socket, host) => void socket.write(get("/sensor-data-events", host)),
	async (socket, host) => {
		socket.write(get("/", host));
		await once(socket, "data");
	},
	async (socket, host) => {
		socket.write(get("/sensor-data-events", host));
		await once(socket, "data");
	},
	async (socket, host) => {
		socket.write(get("/api/history?sensor=Room&span=7d", host));
		socket.end();
		await once(socket, "data");
	},
];

/** One client, which resets its connection unless it is told to end it; a device that has no slot closes it first. */
async function leave(url: URL, kind: number, resets: boolean): Promise<void> {
	const socket = connect({ port: Number(url.port), host: url.hostname });
	socket.on("error", () => {});
	const closed = new Promise(resolve => socket.once("close", resolve));
	socket.resume();
	await Promise.race([once(socket, "connect"), closed]);
	await Promise.race([leavings[kind]!(socket, url.host), closed, sleep(2000)]).catch(() => {});
	if (resets) socket.resetAndDestroy();
	else socket.destroy();
	await closed;
}

const state = async (url: string) => {
	const response = await fetch(`${url}/api/device`, { headers: { connection: "close" } });
	return (await response.json()) as { boot: string; counters: { connectionsOpen: number } };
};

/** Waits until the asking connection is the only one. */
async function quiet(url: string): Promise<void> {
	for (let waited = 0; waited < 150 && (await state(url)).counters.connectionsOpen > 1; waited++) await sleep(100);
	equal((await state(url)).counters.connectionsOpen, 1);
}

test("a client connects again from the port of a connection that the device has ended", async t => {
	const device = await anyDevice();
	t.after(() => device.stop());
	const { hostname, port, host } = new URL(device.url);
	// Below those that the system gives to other connections meanwhile.
	const localPort = 20_000 + (process.pid % 10_000);
	for (let round = 0; round < 2; round++) {
		const socket = connect({ port: Number(port), host: hostname, localPort });
		await once(socket, "connect");
		socket.resume();
		socket.write(get("/api/readings", host).replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
		await once(socket, "close");
		// The computer's own end of the connection is to be gone.
		await sleep(500);
	}
});

test("1,000 clients that leave in the middle: the device goes on, and nothing stays open", {
	timeout: 120_000,
}, async t => {
	const device = await anyDevice();
	t.after(() => device.stop());
	const { boot } = await state(device.url);
	const url = new URL(device.url);
	let left = 0;
	const client = async () => {
		for (let which = left++; which < 1000; which = left++)
			await leave(url, which % leavings.length, Math.floor(which / leavings.length) % 2 === 0);
	};
	await Promise.all(Array.from({ length: 8 }, client));
	await quiet(device.url);
	equal((await state(device.url)).boot, boot);
});

test("100 reloads, each before the page and the stream are there", { timeout: 120_000 }, async t => {
	const device = await anyDevice();
	t.after(() => device.stop());
	const { boot } = await state(device.url);
	const paths = ["/", "/sensor-data-events", "/api/readings", "/api/history?sensor=Room&span=24h"];
	let arrived = 0;
	for (let load = 0; load < 100; load++) {
		const abort = new AbortController();
		const responses = paths.map(async path => {
			const response = await fetch(`${device.url}${path}`, { signal: abort.signal });
			arrived++;
			if (path !== "/sensor-data-events") await response.arrayBuffer();
		});
		const settled = Promise.allSettled(responses);
		await Promise.race([settled, sleep((load % 10) * 10)]);
		abort.abort();
		// Node's fetch now and then never settles where it is aborted as a compressed body begins.
		await Promise.race([settled, sleep(1000)]);
	}
	ok(arrived > 0, "no load came far enough for a response");
	await quiet(device.url);
	equal((await state(device.url)).boot, boot);
});
