// The peer: node:http, and better-sse for the stream. The page's bytes and fields, and the events, are those of own.mjs.

import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createChannel, createSession } from "better-sse";

/** @returns {Promise<{ port: number, publish(reading: import("./own.mjs").Reading): void }>} */
export async function start() {
	const file = (/** @type {string} */ name) => readFileSync(new URL(`../../build/www/${name}`, import.meta.url));
	const page = file("index.html.gz");
	const fields = {
		"X-Content-Type-Options": "nosniff",
		"Referrer-Policy": "no-referrer",
		"Content-Type": "text/html;charset=utf-8",
		"Content-Length": page.byteLength,
		"Content-Encoding": "gzip",
		ETag: '"58649ee438540000-gz"',
		"Cache-Control": "no-cache",
		Vary: "Accept-Encoding",
		"Content-Security-Policy": file("index.csp").toString(),
	};
	const channel = createChannel();
	/** @type {[data: import("./own.mjs").Reading, name: string, id: string] | undefined} */
	let newest;
	let count = 0;
	const server = createServer(async (request, response) => {
		if (request.url === "/") {
			response.writeHead(200, fields).end(page);
			return;
		}
		const session = await createSession(request, response, { keepAlive: 5000, retry: 1000 });
		const hello = { boot: "5f3a", uptimeMs: 0, intervalMs: 2000, heartbeatMs: 5000, version: "1.0.0", name: "dht" };
		session.push(hello, "hello");
		if (newest) session.push(...newest);
		channel.register(session);
	}).listen(0, "127.0.0.1");
	await once(server, "listening");
	return {
		port: /** @type {import("node:net").AddressInfo} */ (server.address()).port,
		publish(reading) {
			newest = [reading, "sensor-data", `5f3a-${++count}`];
			channel.broadcast(reading, "sensor-data", { eventId: newest[2] });
		},
	};
}
