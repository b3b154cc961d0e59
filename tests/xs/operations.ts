// The operations that have a budget in budgets.json: run on XS by tools/xs/costs.mjs.

import { App } from "../../modules/app/app.js";
import { site } from "../../modules/app/routes.js";
import { sensorData } from "../../modules/app/sensor-report.js";
import { Access } from "../../modules/auth/access.js";
import { Configuration } from "../../modules/config/configuration.js";
import { decodeFrame, type Frame } from "../../modules/dht/decode.js";
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
import { chromium, curl, fetched, get, homeAssistant, prometheus, reload, stream } from "../fakes/clients.js";
import { fakeHost } from "../fakes/host.js";
import { text } from "../fakes/text.js";
import { type Cost, cost, inSlots, kept } from "./costs.js";
import { datagrams } from "./datagrams.js";
import { BenchClock, BenchListener, BenchTCP, connect, window } from "./sockets.js";

declare const tell: (costs: Record<string, Cost>) => void;

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
			routes: site(text, assets, new Map([["/sensor-data-events", this.broadcaster]])),
		});
	}

	publish(): void {
		this.broadcaster.publish("sensor-data", { ...data, sensor: "Room" } as never);
	}
}

/** Bytes that arrive at once. */
const SEGMENT = 1460;

const bytesOf = (request: string) => text.encode(request).buffer as ArrayBuffer;

/** Sends a request. */
function ask(tcp: BenchTCP, request: ArrayBuffer): void {
	tcp.receive(request);
	while (tcp.room < window) tcp.acknowledge();
}

/** Sends a request on a connection of its own. */
function askAlone(request: ArrayBuffer): void {
	const tcp = connect();
	tcp.receive(request);
	while (tcp.room < window) tcp.acknowledge();
	tcp.leave();
}

/** @throws {Error} The response to `request` has another status. */
function expect(status: number, request: string): void {
	const tcp = connect();
	let head = "";
	const { write } = tcp;
	tcp.write = bytes => {
		head ||= text.decode(bytes.subarray(0, 12));
		return write.call(tcp, bytes);
	};
	ask(tcp, bytesOf(request));
	tcp.leave();
	if (head !== `HTTP/1.1 ${status}`) throw new Error(`${request}${head}`);
}

/** The same request over and over, on a connection of its own each time. */
function asking(request: string, status = 200): Cost {
	new Bench();
	expect(status, request);
	const arrived = bytesOf(request);
	return cost(() => askAlone(arrived));
}

/** As `asking`, from another version of the browser each time. */
function askingAnew(request: string): Cost {
	new Bench();
	let version = 1000;
	let arrived = bytesOf(request);
	return cost(
		() => askAlone(arrived),
		() => {
			arrived = bytesOf(request.replace("140.0.0.0", `140.0.${version++}.0`));
		},
	);
}

/** As `asking`, with a request that arrives in two segments. */
function askingInTwo(request: string): Cost {
	new Bench();
	const pieces = [bytesOf(request.slice(0, 300)), bytesOf(request.slice(300))];
	return cost(() => {
		const tcp = connect();
		for (let at = 0; at < pieces.length; at++) ask(tcp, pieces[at]!);
		tcp.leave();
	});
}

/** A request line of 100 KB that never ends, as it arrives. */
function endless(): ArrayBuffer[] {
	const pieces = [bytesOf("GET /")];
	for (let left = 100 * 1024; left > 0; left -= SEGMENT) pieces.push(bytesOf("x".repeat(Math.min(left, SEGMENT))));
	return pieces;
}

function openStream(request = stream()): BenchTCP {
	const tcp = connect();
	tcp.receive(bytesOf(request));
	tcp.acknowledge();
	return tcp;
}

/** A stream opened again after `missed` events. */
function returning(missed: number): Cost {
	const bench = new Bench();
	for (let event = 0; event < missed + 1; event++) bench.publish();
	const arrived = bytesOf(stream("Last-Event-ID: 5f3a-1\r\n"));
	return cost(() => askAlone(arrived));
}

function publishing(streams: number): Cost {
	const bench = new Bench();
	const sockets: BenchTCP[] = [];
	for (let count = 0; count < streams; count++) sockets.push(openStream());
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

const host = (clock: BenchClock): Host =>
	fakeHost({
		clock,
		assets,
		address: "192.168.1.50",
		Listener: BenchListener,
		PulseCapture: BenchCapture,
		random: () => 0x5f3a,
	});

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
			const app = new App({ host: host(clock), configuration });
			// As often as fills the ring of events that clients may have missed.
			for (let turn = 0; turn < 5; turn++)
				for (const capture of BenchCapture.all) {
					clock.ticks += 1000;
					clock.due?.();
					capture.answer({ pulses, level: 1, ticks: clock.ticks });
				}
			return [app, Array.from({ length: streams }, () => openStream())];
		},
		1,
		size,
	);
}

/** A device with one sensor, read once. @returns Lets the sensor be read again, its values by turns. */
function runningApp(): () => void {
	BenchCapture.all.length = 0;
	const clock = new BenchClock();
	new App({ host: host(clock), configuration: configurationFor(1) });
	let warmer = false;
	const read = () => {
		clock.ticks += 2000;
		clock.due?.();
		warmer = !warmer;
		BenchCapture.all[0]?.answer({ pulses: warmer ? warmerPulses : pulses, level: 1, ticks: clock.ticks });
	};
	read();
	return read;
}

/** A request on a connection that stays, after a new reading each time. */
function polling(request: string): Cost {
	const read = runningApp();
	expect(200, request);
	const tcp = connect();
	const arrived = bytesOf(request);
	return cost(() => ask(tcp, arrived), read);
}

/** Connections and requests of a browser that comes for the first time. */
function visiting(): Cost {
	const read = runningApp();
	const requests = [chromium, fetched("/api/readings"), fetched("/api/history?sensor=Room%200&span=15m"), stream()];
	for (const request of requests) expect(200, request);
	const arrived = requests.map(bytesOf);
	const events = arrived.pop()!;
	return cost(() => {
		const tcp = connect();
		for (let at = 0; at < arrived.length; at++) ask(tcp, arrived[at]!);
		tcp.leave();
		askAlone(events);
	}, read);
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
	const guard = new PlausibilityFilter(model.resolution);
	let ticks = 0;
	let isFirst = false;
	let verdict = "held" as Verdict;
	const total = cost(() => {
		ticks += 2000;
		isFirst = !isFirst;
		const frame = decodeFrame(isFirst ? first : second, model) as Frame;
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
	return cost(() => askAlone(arrived));
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
	"decode a frame": () => cost(() => decodeFrame(pulses, model)),
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
	"GET /, in Chromium's words, all new": () => askingAnew(chromium),
	"GET /, in Chromium's words, again": () => asking(chromium),
	"GET /, in Chromium's words, in two segments": () => askingInTwo(chromium),
	"GET /, reloaded by Chromium, 304": () => asking(reload('"7878787878787878-gz"'), 304),
	"GET /, in curl's words": () => asking(curl),
	"GET /nope, 404": () => asking(get("/nope"), 404),
	"a first visit: page, readings, history and stream": visiting,
	"GET /api/readings, polled by Home Assistant": () => polling(homeAssistant),
	"GET /metrics, polled by Prometheus": () => polling(prometheus),
	"a stream that returns after 4 events": () => returning(4),
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
		return kept(() => openStream());
	},
	"the app at rest, 1 sensor": () => atRest(1, 0),
	"the app at rest, 1 sensor, in slots": () => atRest(1, 0, inSlots),
	"the app at rest, 8 sensors and 8 streams": () => atRest(8, 8),
	"the app at rest, 8 sensors and 8 streams, in slots": () => atRest(8, 8, inSlots),
};

const costs: Record<string, Cost> = {};
for (const [name, measure] of Object.entries(operations)) costs[name] = measure();
tell(costs);
