// Alerts over real sockets: what receivers are sent, and that bad ones disturb nobody.

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { start, temporaryFolder } from "./steps.js";
import { EventStream } from "./stream.js";

const token = "s3cret-token";

/** A receiver. @returns Its URL, what it was sent, and its connections. */
async function receiver(t: TestContext, respond: (socket: Socket) => void) {
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
	}).listen(0, "127.0.0.1");
	t.after(() => {
		server.close();
		for (const socket of sockets) socket.destroy();
	});
	await once(server, "listening");
	const { port } = server.address() as { port: number };
	return { url: `http://127.0.0.1:${port}/${token}`, requests, sockets };
}

/** A device whose only sensor is in a zone from its first reading on. */
async function startWarm(t: TestContext, webhooks: object[]) {
	const config = join(await temporaryFolder(t), "config.json");
	const warn = { temperature: { above: 0 }, delayMs: 0 };
	const sensors = [{ name: "Room", model: "DHT22", pin: 4, warn }];
	await writeFile(config, JSON.stringify({ config: { sensors, webhooks } }));
	return start(t, "--config", config);
}

async function until(holds: () => boolean, ms = 10_000): Promise<void> {
	for (let waited = 0; waited < ms && !holds(); waited += 50) await sleep(50);
	ok(holds());
}

test("an alert is an event, in the readings, and sent as JSON and as text to a name and to an address", async t => {
	const json = await receiver(t, socket => socket.end("HTTP/1.1 200 OK\r\n\r\n"));
	const line = await receiver(t, socket => socket.end("HTTP/1.1 204 No Content\r\n\r\n"));
	const named = json.url.replace("127.0.0.1", "localhost");
	const device = await startWarm(t, [{ url: named }, { url: line.url, format: "text" }]);
	const stream = await EventStream.open(`${device.url}/sensor-data-events`);
	t.after(() => stream.close());
	const { data } = await stream.nextOf("alert");
	deepEqual([data.sensor, data.quantity, data.state, data.limit], ["Room", "temperature", "above", 0]);
	const { readings } = await (await fetch(`${device.url}/api/readings`)).json();
	deepEqual(readings[0].alerts.length, 1);
	await until(() => json.requests.length === 1 && line.requests.length === 1);
	const [head = "", body = ""] = json.requests[0]!.split("\r\n\r\n");
	match(head, new RegExp(`^POST /${token} HTTP/1\\.1\r\nHost: localhost:\\d+\r\n`));
	const sent = JSON.parse(body);
	deepEqual([sent.device, sent.sensor, sent.state, sent.sinceUptimeMs], ["dht", "Room", "above", data.sinceUptimeMs]);
	equal(new Date(sent.since).toISOString(), sent.since);
	match(line.requests[0]!, /\r\n\r\ndht: Room: temperature [\d.]+ °C, above 0 °C for \d s$/);
});

test("receivers that are dead, silent, fail or never end: rhythm and stream go on, and nobody is told a URL", async t => {
	const silent = await receiver(t, () => {});
	const endless = await receiver(t, socket => {
		socket.write("HTTP/1.1 100 Go on\r\n");
		const drip = setInterval(() => socket.write("x"), 100);
		socket.on("close", () => clearInterval(drip));
	});
	const flood = await receiver(t, socket => void socket.write(`HTTP/1.1 500 Oh\r\n\r\n${"x".repeat(10_000_000)}`));
	const device = await startWarm(t, [
		{ url: `http://127.0.0.1:1/${token}` },
		{ url: flood.url },
		{ url: endless.url },
		{ url: silent.url },
	]);
	const stream = await EventStream.open(`${device.url}/sensor-data-events`);
	t.after(() => stream.close());
	const times: number[] = [];
	while (times.length < 12) times.push((await stream.nextOf("sensor-data")).data.uptimeMs);
	for (const [at, time] of times.slice(1).entries()) {
		const interval = time - times[at]!;
		ok(interval > 1800 && interval < 2300, `${interval} ms after reading ${at}`);
	}
	await until(() => silent.requests.length === 1);
	deepEqual([flood.requests.length, endless.requests.length], [1, 1]);
	await until(() => endless.sockets[0]!.destroyed && flood.sockets[0]!.destroyed);
	const output = device.output();
	match(output, /127\.0\.0\.1: no connection; next attempt in 30 s/);
	match(output, /127\.0\.0\.1: responds 500; /);
	const responses = await Promise.all(
		["/api/settings", "/api/device", "/api/readings", "/metrics"].map(async path =>
			(await fetch(device.url + path)).text(),
		),
	);
	ok(![output, ...responses].join().includes(token));
	match(responses[0]!, /http:\/\/127\.0\.0\.1:1\/\*\*\*"/);
});
