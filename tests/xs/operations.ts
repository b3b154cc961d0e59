// The operations that have a budget in budgets.json: run on XS by tools/xs/costs.mjs.

import { start } from "../../modules/app/app.js";
import { sensorData } from "../../modules/app/report.js";
import { site } from "../../modules/app/routes.js";
import { Access } from "../../modules/auth/access.js";
import { Configuration } from "../../modules/config/configuration.js";
import { decodeFrame, type Frame, Workspace } from "../../modules/dht/decode.js";
import { findModel } from "../../modules/dht/models.js";
import { History } from "../../modules/history/history.js";
import type { Request } from "../../modules/http/request.js";
import { parseRequest } from "../../modules/http/request-parser.js";
import { HTTPError, Response } from "../../modules/http/response.js";
import { Server } from "../../modules/http/server.js";
import type { Host } from "../../modules/platform/host.js";
import type { PulseCapture, PulseCaptureOptions, PulseTrain, TCP } from "../../modules/platform/io.js";
import { PlausibilityFilter, type Verdict } from "../../modules/sampling/plausibility.js";
import { Sampler } from "../../modules/sampling/sampler.js";
import { Broadcaster } from "../../modules/sse/broadcaster.js";
import { trainOf, withChecksum } from "../dht/trains.js";
import { text } from "../fakes/text.js";
import { type Cost, cost, inSlots, kept } from "./costs.js";
import { datagrams } from "./datagrams.js";
import { BenchClock, BenchListener, BenchTCP, connect, window } from "./sockets.js";

declare const tell: (costs: Record<string, Cost>) => void;

/** What Chromium sends with a navigation. */
const chromium = `GET / HTTP/1.1\r
Host: 192.168.1.50\r
Connection: keep-alive\r
Upgrade-Insecure-Requests: 1\r
User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36\r
Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7\r
Accept-Encoding: gzip, deflate\r
Accept-Language: en-US,en;q=0.9\r
\r
`;
const curl = "GET / HTTP/1.1\r\nHost: 192.168.1.50\r\nUser-Agent: curl/8.5.0\r\nAccept: */*\r\n\r\n";
const get = (path: string, more = "") => `GET ${path} HTTP/1.1\r\nHost: 192.168.1.50\r\n${more}\r\n`;
const openStream = get("/sensor-data-events", "Accept: text/event-stream\r\n");

const policy = text.encode("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'\n");
const files: Record<string, Uint8Array> = {
	"index.html": new Uint8Array(9216).fill(120),
	"index.html.gz": new Uint8Array(9216).fill(120),
	"index.csp": policy,
};
const assets = { get: (name: string) => files[name] };
const data = { temperature: 24.4, humidity: 46.4 };

/** One sensor's line, whose answers are the same train over and over. */
class BenchCapture implements PulseCapture {
	static readonly settled = true;
	static readonly all: BenchCapture[] = [];
	target: unknown;
	options: PulseCaptureOptions;
	train: PulseTrain | undefined;

	constructor(options: PulseCaptureOptions) {
		this.options = options;
		BenchCapture.all.push(this);
	}

	start(): void {}

	read(): PulseTrain | undefined {
		return this.train;
	}

	close(): void {}

	answer(train: PulseTrain): void {
		this.train = train;
		this.options.onReadable?.call(this);
	}
}

const pulses = Uint16Array.from(trainOf(withChecksum(0x01, 0xd0, 0x00, 0xf4)));
const warmerPulses = Uint16Array.from(trainOf(withChecksum(0x01, 0xcf, 0x00, 0xf5)));

class Bench {
	readonly clock = new BenchClock();
	readonly broadcaster: Broadcaster;
	readonly server: Server;

	constructor() {
		const { clock } = this;
		const hello = () => ({
			boot: "5f3a",
			uptimeMs: clock.ticks,
			intervalMs: 2000,
			heartbeatMs: 5000,
			version: "1.0.0",
			name: "dht",
		});
		this.broadcaster = new Broadcaster({ clock, text, boot: "5f3a", hello });
		this.server = new Server({
			Listener: BenchListener,
			clock,
			text,
			routes: site({
				text,
				assets,
				broadcaster: this.broadcaster,
				readings: () => {
					throw new Error("not measured");
				},
				device: () => {
					throw new Error("not measured");
				},
			}),
		});
	}

	publish(): void {
		this.broadcaster.publish("sensor-data", { ...data, sensor: "Room" } as never);
	}
}

/** One request on a connection of its own, to the end of its answer. */
function ask(request: ArrayBuffer): void {
	const tcp = connect();
	tcp.receive(request);
	while (tcp.room < window) tcp.acknowledge();
	tcp.leave();
}

/** Bytes that arrive at once. */
const SEGMENT = 1460;

const bytesOf = (request: string) => text.encode(request).buffer as ArrayBuffer;

function asking(request: string): Cost {
	new Bench();
	const arrived = bytesOf(request);
	return cost(() => ask(arrived));
}

/** As `asking`, with a request that arrives in two pieces. */
function askingInTwo(request: string): Cost {
	new Bench();
	const pieces = [bytesOf(request.slice(0, 300)), bytesOf(request.slice(300))];
	return cost(() => {
		const tcp = connect();
		for (let at = 0; at < pieces.length; at++) tcp.receive(pieces[at]!);
		while (tcp.room < window) tcp.acknowledge();
		tcp.leave();
	});
}

/** As `asking`, a second after the request before. */
function askingLater(request: string): Cost {
	const { clock } = new Bench();
	const arrived = bytesOf(request);
	clock.time = Date.UTC(2026, 10, 22, 12);
	return cost(() => {
		clock.time! += 1000;
		ask(arrived);
	});
}

/** A request line of 100 KB that never ends, as it arrives. */
function endless(): ArrayBuffer[] {
	const pieces = [bytesOf("GET /")];
	for (let left = 100 * 1024; left > 0; left -= SEGMENT) pieces.push(bytesOf("x".repeat(Math.min(left, SEGMENT))));
	return pieces;
}

function stream(): BenchTCP {
	const tcp = connect();
	tcp.receive(bytesOf(openStream));
	tcp.acknowledge();
	return tcp;
}

function publishing(streams: number): Cost {
	const bench = new Bench();
	const sockets: BenchTCP[] = [];
	for (let count = 0; count < streams; count++) sockets.push(stream());
	return cost(() => {
		for (const socket of sockets) socket.room = window;
		bench.publish();
	});
}

/** A whole turn of a sensor, and whatever `onReading` does. */
function reading(onReading: ConstructorParameters<typeof Sampler>[0]["onReading"]): Cost {
	const clock = new BenchClock();
	BenchCapture.all.length = 0;
	new Sampler({
		clock,
		io: BenchCapture,
		sensors: [{ name: "Room", model: "DHT22", pin: 4 }],
		intervalMs: 2000,
		onReading,
		onFault(fault) {
			throw new Error(fault.message);
		},
	});
	const train: PulseTrain = { pulses, level: 1, ticks: 0 };
	const [capture] = BenchCapture.all;
	return cost(() => {
		clock.ticks += 2000;
		clock.due?.();
		capture?.answer(train);
	});
}

function host(clock: BenchClock): Host {
	return {
		name: "bench",
		defaultPort: 80,
		clock,
		text,
		assets,
		address: "192.168.1.50",
		Listener: BenchListener,
		PulseCapture: BenchCapture,
		random: () => 0x5f3a,
		log() {},
		heapFree: () => undefined,
		storage: undefined,
	};
}

const configurationFor = (sensors: number) =>
	new Configuration({
		config: {
			sensors: Array.from({ length: sensors }, (_, at) => ({
				name: sensors < 8 ? `Room ${at}` : `${at}${"n".repeat(63)}`,
				model: "DHT22",
				pin: 4 + at,
			})),
		},
		limits: { maxConnections: 16, sendBuffer: window, storage: 0 },
		storage: undefined,
		text,
		log() {},
	});

/** The app after its start, each sensor read once, with open streams. */
function atRest(sensors: number, streams: number, size?: () => number): Cost {
	const configuration = configurationFor(sensors);
	return kept(
		() => {
			BenchCapture.all.length = 0;
			const clock = new BenchClock();
			const app = start(host(clock), configuration);
			// As often as fills the ring of events that clients may have missed.
			for (let turn = 0; turn < 5; turn++)
				for (const capture of BenchCapture.all) {
					clock.ticks += 1000;
					clock.due?.();
					capture.answer({ pulses, level: 1, ticks: clock.ticks });
				}
			return [app, Array.from({ length: streams }, stream)];
		},
		1,
		size,
	);
}

function appAsked(request: string): Cost {
	BenchCapture.all.length = 0;
	const clock = new BenchClock();
	start(host(clock), configurationFor(1));
	clock.ticks += 2000;
	clock.due?.();
	BenchCapture.all[0]?.answer({ pulses, level: 1, ticks: clock.ticks });
	const arrived = bytesOf(request);
	return cost(() => ask(arrived));
}

/** An event written to sockets without a server: what the sockets themselves cost. */
function barePublishing(streams: number): Cost {
	new Bench();
	const sockets: BenchTCP[] = [];
	for (let count = 0; count < streams; count++) sockets.push(connect());
	const event = text.encode(`event: sensor-data\ndata: ${JSON.stringify(data)}\n\n`);
	return cost(() => {
		for (const socket of sockets) socket.room = window;
		for (let at = 0; at < sockets.length; at++) sockets[at]!.write(event);
	});
}

/** Two frames by turns, of a sensor that is believed. */
function checking(first: ArrayLike<number>, second: ArrayLike<number>): Cost {
	const workspace = new Workspace(40);
	const guard = new PlausibilityFilter(model.resolution);
	let ticks = 0;
	let isFirst = false;
	let verdict = "held" as Verdict;
	const total = cost(() => {
		ticks += 2000;
		isFirst = !isFirst;
		const frame = decodeFrame(isFirst ? first : second, model, 1, undefined, workspace) as Frame;
		verdict = guard.judge(frame.temperature, frame.humidity, ticks);
	});
	if (verdict !== "believed") throw new Error(verdict);
	return total;
}

/** A server that only accepts, reads, writes a page and closes: what the sockets themselves cost. */
function bare(): Cost {
	const page = files["index.html"]!;
	new BenchListener({
		port: 80,
		onReadable() {
			const from = this.read()!;
			new BenchTCP({ from, target: page, onReadable: answerBare, onWritable: goOnBare, onError: leaveBare });
		},
	});
	const arrived = bytesOf(curl);
	return cost(() => ask(arrived));
}

/** Whether the request has come and the rest of the page is to be sent. */
let asked = false;

function answerBare(this: TCP): void {
	asked = true;
	this.read();
	this.write((this.target as Uint8Array).subarray(0, window));
}

function goOnBare(this: TCP): void {
	if (asked) this.write((this.target as Uint8Array).subarray(window));
	asked = false;
}

function leaveBare(this: TCP): void {
	this.close();
}

/** A stranger's guess, with a challenge of its own: what the device spends on one. */
function guessing(): Cost {
	const access = new Access({
		clock: new BenchClock(),
		text,
		random: () => 7,
		password: () => "correct horse",
		private: () => false,
		isGuest: () => false,
	});
	const body = '{"name":"attic"}';
	const start = `PUT /api/settings HTTP/1.1\r\nHost: 192.168.1.50\r\nContent-Length: ${body.length}\r\n`;
	const handler = { allow: "", handle: () => new Response(200, "") };
	let address = 0;
	return cost(() => {
		const [, nonce] = / nonce="([^"]+)"/.exec(access.check(parsed(`${start}\r\n`), handler)!.fields)!;
		const request = parsed(`${start}Authorization: HMAC-SHA-256 nonce="${nonce}", answer="${"0".repeat(64)}"\r\n\r\n`);
		request.body = text.encode(body);
		request.remoteAddress = `192.0.2.${address++}`;
		if (access.check(request, handler)?.message !== "The password is wrong.") throw new Error("no guess");
	});
}

function parsed(head: string): Request {
	const request = parseRequest(head);
	if (request instanceof HTTPError) throw new Error(request.message);
	return request;
}

const model = findModel("DHT22")!;
const operations: Record<string, () => Cost> = {
	"accept, read, write a page, close, without a server": bare,
	"write ready bytes to 8 sockets, without a server": () => barePublishing(8),
	"decode a frame": () => {
		const workspace = new Workspace(40);
		return cost(() => decodeFrame(pulses, model, 1, undefined, workspace));
	},
	"a frame, from 84 pulses to a checked reading": () => checking(pulses, pulses),
	"a frame, as above, whose values are others than before": () => checking(pulses, warmerPulses),
	"a sensor's turn: started, read, checked, the next one set": () => reading(() => {}),
	"a sensor's turn, and its event": () => {
		const { broadcaster } = new Bench();
		return reading(checked => broadcaster.publish("sensor-data", sensorData(checked)));
	},
	"an event to 1 stream": () => publishing(1),
	"an event to 4 streams": () => publishing(4),
	"an event to 8 streams": () => publishing(8),
	"parse curl's request": () => cost(() => parseRequest(curl)),
	"parse Chromium's request": () => cost(() => parseRequest(chromium)),
	"GET /, Chromium's request, cut in two": () => askingInTwo(chromium),
	"GET /, Chromium's request": () => asking(chromium),
	"GET /, curl's request": () => asking(curl),
	"GET /, curl's request, a second after the one before": () => askingLater(curl),
	"GET /, 304": () => asking(get("/", 'Accept-Encoding: gzip, deflate\r\nIf-None-Match: "7878787878787878-gz"\r\n')),
	"GET /nope, 404": () => asking(get("/nope")),
	"GET /api/readings": () => appAsked(get("/api/readings")),
	"GET /metrics": () => appAsked(get("/metrics")),
	...datagrams,
	"a wrong password, its challenge included": guessing,
	"a day of history, one sensor": () => kept(() => new History({ sensors: [{ name: "Room", intervalMs: 2000 }] }), 1),
	"a request line of 100 KB": () => {
		new Bench();
		const pieces = endless();
		return cost(() => {
			const tcp = connect();
			for (let at = 0; at < pieces.length; at++) tcp.receive(pieces[at]!);
			tcp.leave();
		});
	},
	"kept by a connection whose request line is at its bound": () => {
		new Bench();
		return kept(() => {
			const tcp = connect();
			tcp.receive(bytesOf(`GET /${"x".repeat(1019)}`));
			return tcp;
		});
	},
	"kept by a connection that was refused and still sends": () => {
		new Bench();
		const pieces = endless().slice(0, 20);
		return kept(() => {
			const tcp = connect();
			for (let at = 0; at < pieces.length; at++) tcp.receive(pieces[at]!);
			return tcp;
		});
	},
	"kept by an idle connection": () => {
		new Bench();
		return kept(connect);
	},
	"kept by a connection in mid-header": () => {
		new Bench();
		return kept(() => {
			const tcp = connect();
			tcp.receive(bytesOf(chromium.slice(0, 300)));
			return tcp;
		});
	},
	"kept by a connection in mid-header, at the bound": () => {
		new Bench();
		const head = get(`/${"x".repeat(1000)}`, `Cookie: ${"x".repeat(4000)}\r\n`).slice(0, -2);
		return kept(() => {
			const tcp = connect();
			tcp.receive(bytesOf(head));
			return tcp;
		});
	},
	"kept by an open stream": () => {
		new Bench();
		return kept(stream);
	},
	"the app at rest, 1 sensor": () => atRest(1, 0),
	"the app at rest, 1 sensor, in slots": () => atRest(1, 0, inSlots),
	"the app at rest, 8 sensors and 8 streams": () => atRest(8, 8),
	"the app at rest, 8 sensors and 8 streams, in slots": () => atRest(8, 8, inSlots),
};

const costs: Record<string, Cost> = {};
for (const [name, measure] of Object.entries(operations)) costs[name] = measure();
tell(costs);
