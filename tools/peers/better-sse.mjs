// The peer: node:http, and better-sse for the stream. Contents and fields are those of own.mjs.

import { once } from "node:events";
import { createServer } from "node:http";
import { createChannel, createSession } from "better-sse";
import { Device, files, module, text } from "./device.mjs";

const etag = '"58649ee438540000-gz"';
const common = { "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer" };
const cached = {
	...common,
	ETag: etag,
	"Cache-Control": "no-cache",
	Vary: "Accept-Encoding",
	"Content-Security-Policy": text.decode(files.get("index.csp") ?? new Uint8Array()).trim(),
	Link: "</api/readings>; rel=preload; as=fetch; crossorigin",
};

/** @returns {Promise<{ port: number, publish(reading: import("./device.mjs").Reading): void }>} */
export async function start() {
	const { Metrics } = await module("api/metrics");
	const device = new Device();
	const metrics = new Metrics({ text, source: device });
	const page = files.get("index.html.gz") ?? new Uint8Array();
	const pageFields = {
		...cached,
		"Content-Type": "text/html;charset=utf-8",
		"Content-Length": page.byteLength,
		"Content-Encoding": "gzip",
	};
	const channel = createChannel();
	/** @type {[data: import("./device.mjs").Reading, name: string, id: string] | undefined} */
	let newest;
	let count = 0;

	/** @type {Record<string, (request: import("node:http").IncomingMessage, response: import("node:http").ServerResponse) => void>} */
	const routes = {
		"/"(request, response) {
			if (request.headers["if-none-match"] === etag) response.writeHead(304, cached).end();
			else response.writeHead(200, pageFields).end(page);
		},
		"/api/readings"(_, response) {
			const { head, item } = device.readings();
			const body = JSON.stringify({ ...head(), readings: [item()] });
			const fields = { "Content-Type": "application/json", "Cache-Control": "no-store", Vary: "Accept" };
			response.writeHead(200, { ...common, ...fields }).end(body);
		},
		"/metrics"(_, response) {
			const { source } = metrics.handle();
			const fields = { "Content-Type": "text/plain;version=0.0.4;charset=utf-8", "Cache-Control": "no-store" };
			response.writeHead(200, { ...common, ...fields });
			for (let piece = source.next(); piece; piece = source.next()) response.write(piece);
			response.end();
		},
		async "/sensor-data-events"(request, response) {
			const session = await createSession(request, response, { keepAlive: 5000, retry: 1000 });
			session.push(device.hello(), "hello");
			if (newest) session.push(...newest);
			channel.register(session);
		},
	};
	const server = createServer((request, response) => routes[request.url ?? ""]?.(request, response));
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	return {
		port: /** @type {import("node:net").AddressInfo} */ (server.address()).port,
		publish(reading) {
			device.newest = reading;
			newest = [reading, "sensor-data", `${device.boot}-${++count}`];
			channel.broadcast(reading, "sensor-data", { eventId: newest[2] });
		},
	};
}
