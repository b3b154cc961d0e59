// The peer: node:http, and better-sse for the stream. Contents and fields are those of own.ts.

import { once } from "node:events";
import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createChannel, createSession } from "better-sse";
import { HistoryHandler } from "../../modules/api/history.js";
import type { Listing } from "../../modules/api/listing.js";
import { Metrics } from "../../modules/api/metrics.js";
import type { SensorData } from "../../modules/api/schema.js";
import type { Request } from "../../modules/http/request.js";
import { HTTPError, type Response } from "../../modules/http/response.js";
import { NodeClock } from "../../modules/platform/node/clock.js";
import { type Device, text } from "./device.js";
import { type Options, type Started, serve } from "./server.js";

type Route = (response: ServerResponse, request: IncomingMessage, query: string) => void;

const common = { "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer" };
const fresh = { ...common, "Cache-Control": "no-store" };
const json = { ...fresh, "Content-Type": "application/json" };

/** For a handler of the project that makes the content. */
const asked: Omit<Request, "query"> = {
	method: "GET",
	path: "",
	minorVersion: 1,
	authority: "",
	isToAddress: true,
	fields: {},
	cookie: undefined,
	contentLength: 0,
	keepAlive: true,
	remoteAddress: undefined,
	body: undefined,
};

/** Sends what a handler has made, piece by piece. */
function sendMade(response: ServerResponse, fields: OutgoingHttpHeaders, made: Response | HTTPError): void {
	if (made instanceof HTTPError) return void response.writeHead(made.status, common).end();
	const { bytes, source } = made;
	if (bytes) return void response.writeHead(200, { ...fields, "Content-Length": bytes.byteLength }).end(bytes);
	response.writeHead(200, fields);
	for (let piece = source?.next(); piece; piece = source?.next()) response.write(piece);
	response.end();
}

function sendJSON(response: ServerResponse, vary: string, value: object): void {
	const body = JSON.stringify(value);
	response.writeHead(200, { ...json, Vary: vary, "Content-Length": Buffer.byteLength(body) }).end(body);
}

const itemOf = <Item>({ item }: Listing<object, Item>) => item(0);

function pageRoute(files: ReadonlyMap<string, Uint8Array>): Route {
	const page = files.get("index.html.gz") ?? new Uint8Array();
	const etag = `"${Buffer.from(page.subarray(-8)).toString("hex")}-gz"`;
	const cached = {
		...common,
		ETag: etag,
		"Cache-Control": "no-cache",
		Vary: "Accept-Encoding",
		"Content-Security-Policy": text.decode(files.get("index.csp") ?? new Uint8Array()).trim(),
		Link: "</api/readings>; rel=preload; as=fetch; crossorigin",
	};
	const fields = {
		...cached,
		"Content-Type": "text/html;charset=utf-8",
		"Content-Length": page.byteLength,
		"Content-Encoding": "gzip",
	};
	return (response, request) => {
		if (request.headers["if-none-match"] === etag) response.writeHead(304, cached).end();
		else response.writeHead(200, fields).end(page);
	};
}

function routesOf(device: Device): Record<string, Route> {
	const metrics = new Metrics({ text, source: device });
	const history = new HistoryHandler({ text, clock: new NodeClock(), source: device });
	const metricsFields = { ...fresh, "Content-Type": "text/plain;version=0.0.4;charset=utf-8" };
	const historyFields = { ...json, Vary: "Accept, Origin" };
	return {
		"/metrics": response => sendMade(response, metricsFields, metrics.handle()),
		"/api/history": (response, _, query) => sendMade(response, historyFields, history.handle({ ...asked, query })),
		"/api/readings"(response) {
			const listing = device.readings();
			sendJSON(response, "Accept, Origin", { ...listing.head(), readings: [itemOf(listing)] });
		},
		"/api/device"(response) {
			const listing = device.device();
			const { health, badTrain } = itemOf(listing);
			sendJSON(response, "Accept", { ...listing.head(), sensors: [{ ...health, badTrain }] });
		},
	};
}

async function start({ device, files }: Options): Promise<Started> {
	const channel = createChannel();
	let newest: [data: SensorData, name: string, id: string] | undefined;
	let count = 0;
	const statuses = new Map<number, number>();
	device.statuses = statuses;
	const routes: Record<string, Route> = {
		...routesOf(device),
		"/": pageRoute(files),
		async "/sensor-data-events"(response, request) {
			const session = await createSession(request, response, { keepAlive: 5000, retry: 1000 });
			session.push(device.hello(), "hello");
			if (newest) session.push(...newest);
			channel.register(session);
		},
	};
	const server = createServer((request, response) => {
		const { url = "" } = request;
		const at = url.indexOf("?");
		const route = routes[at < 0 ? url : url.slice(0, at)];
		if (route) route(response, request, at < 0 ? "" : url.slice(at + 1));
		else response.writeHead(404, common).end();
		statuses.set(response.statusCode, (statuses.get(response.statusCode) ?? 0) + 1);
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	return {
		port: (server.address() as AddressInfo).port,
		publish(reading) {
			newest = [reading, "sensor-data", `${device.boot}-${++count}`];
			channel.broadcast(reading, "sensor-data", { eventId: newest[2] });
		},
	};
}

await serve(start);
