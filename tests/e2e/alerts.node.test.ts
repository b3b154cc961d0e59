// Alerts over real sockets: what receivers are sent, and that bad ones disturb nobody.

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { type TestContext, test } from "node:test";
import { change, startOwned } from "./broker.js";
import { until } from "./steps.js";
import { EventStream } from "./stream.js";

const token = "s3cret-token";

/** A receiver at `address`. @returns Its URL, what it was sent, and its connections. */
async function receiver(t: TestContext, address: string, respond: (socket: Socket) => void) {
	const requests: string[] = [];
	const sockets: Socket[] = [];
	const server = createServer(socket => {
		sockets.push(socket);
		socket.on("error", () => {});
		let request = "";
		socket.setEncoding("utf8").on("data", piece => {
			request += piece;
			const [head = "", body] = request.split("\r\n\r\n");
			const length = Number(/Content-Length: (\d+)/.exec(head)?.[1]);
			if (body === undefined || Buffer.byteLength(body) < length) return;
			requests.push(request);
			respond(socket);
		});
	}).listen(0, address);
	t.after(() => {
		server.close();
		for (const socket of sockets) socket.destroy();
	});
	await once(server, "listening");
	const { port } = server.address() as { port: number };
	return { url: `http://${address}:${port}/${token}`, requests, sockets };
}

/** A device with a password, whose only sensor is in a zone from its first reading on. */
const startWarm = (t: TestContext) =>
	startOwned(t, {
		sensors: [{ name: "Room", model: "DHT22", pin: 4, warn: { temperature: { above: 0 }, delayMs: 0 } }],
	});

test("an alert is an event, in the readings, and sent as JSON and as text to a name and to an address", async t => {
	const { device, address } = await startWarm(t);
	const json = await receiver(t, address, socket => socket.end("HTTP/1.1 200 OK\r\n\r\n"));
	const line = await receiver(t, address, socket => socket.end("HTTP/1.1 204 No Content\r\n\r\n"));
	const named = json.url.replace("127.0.0.1", "localhost");
	await change(device.url, { webhooks: [{ url: named }, { url: line.url, format: "text" }] });
	const stream = await EventStream.open(`${device.url}/sensor-data-events`);
	t.after(() => stream.close());
	const { data } = await stream.nextOf("alert");
	deepEqual([data.sensor, data.quantity, data.state, data.limit], ["Room", "temperature", "above", 0]);
	const { readings } = await (await fetch(`${device.url}/api/readings`)).json();
	deepEqual(readings[0].alerts.length, 1);
	await until(() => json.requests.length === 1 && line.requests.length === 1, "both are told");
	const [head = "", body = ""] = json.requests[0]!.split("\r\n\r\n");
	match(head, new RegExp(`^POST /${token} HTTP/1\\.1\r\nHost: ${new URL(named).hostname}:\\d+\r\n`));
	const sent = JSON.parse(body);
	deepEqual([sent.device, sent.sensor, sent.state, sent.sinceUptimeMs], ["dht", "Room", "above", data.sinceUptimeMs]);
	equal(new Date(sent.since).toISOString(), sent.since);
	match(line.requests[0]!, /\r\n\r\ndht: Room: temperature [\d.]+ °C, above 0 °C for \d+ s$/);
});

test("receivers that are dead, silent, fail or never end: rhythm and stream go on, and nobody is told a URL", async t => {
	const { device, address } = await startWarm(t);
	const silent = await receiver(t, address, () => {});
	const endless = await receiver(t, address, socket => {
		socket.write("HTTP/1.1 100 Go on\r\n");
		const drip = setInterval(() => socket.write("x"), 100);
		socket.on("close", () => clearInterval(drip));
	});
	const flood = await receiver(
		t,
		address,
		socket => void socket.write(`HTTP/1.1 500 Oh\r\n\r\n${"x".repeat(10_000_000)}`),
	);
	const webhooks = [`http://${address}:1/${token}`, flood.url, endless.url, silent.url].map(url => ({ url }));
	await change(device.url, { webhooks });
	const stream = await EventStream.open(`${device.url}/sensor-data-events`);
	t.after(() => stream.close());
	const times: number[] = [];
	while (times.length < 12) times.push((await stream.nextOf("sensor-data")).data.uptimeMs);
	// A computer that is held up for two seconds misses a turn.
	const missed = Math.round((times.at(-1)! - times[0]!) / 2000) - (times.length - 1);
	ok(missed <= 1, `${missed} turns were missed: ${times}`);
	await until(() => silent.requests.length === 1, "the last is told");
	deepEqual([flood.requests.length, endless.requests.length], [1, 1]);
	await until(() => endless.sockets[0]!.destroyed && flood.sockets[0]!.destroyed, "both are left");
	const output = device.output();
	ok(output.includes(`${address}: no connection; next attempt in 30 s`), output);
	ok(output.includes(`${address}: responds 500; `), output);
	const responses = await Promise.all(
		["/api/settings", "/api/device", "/api/readings", "/metrics"].map(async path =>
			(await fetch(device.url + path)).text(),
		),
	);
	ok(![output, ...responses].join().includes(token));
	ok(responses[0]!.includes(`"http://${address}:1/***"`));
});

test("a device that is to be its own receiver says why not, and no loop comes about", async t => {
	const { device } = await startWarm(t);
	await change(device.url, { webhooks: [{ url: `${device.url}/${token}` }, { url: `${device.url}/api/settings` }] });
	const responses = () => device.output().match(/responds 4\d\d/g)?.length ?? 0;
	await until(() => responses() >= 2, "both respond", 30_000);
	const stream = await EventStream.open(`${device.url}/sensor-data-events`);
	t.after(() => stream.close());
	for (let count = 0; count < 5; count++) await stream.nextOf("sensor-data");
	const { readings } = await (await fetch(`${device.url}/api/readings`)).json();
	equal(readings[0].alerts.length, 1);
	equal(responses(), 2, device.output());
});
