// A server, its clients and a sensor, for the operations of this folder.

import { requestOptions } from "../../../modules/app/http-service.js";
import { site } from "../../../modules/app/routes.js";
import { streamOptions } from "../../../modules/app/stream.js";
import type { PulseCapture, PulseCaptureOptions, PulseTrain } from "../../../modules/dht/pulse-capture.js";
import { Server } from "../../../modules/http/server.js";
import { Broadcaster } from "../../../modules/sse/broadcaster.js";
import { trainOf, withChecksum } from "../../dht/trains.js";
import { stream } from "../../fakes/clients.js";
import { text } from "../../fakes/text.js";
import { BenchClock, BenchListener, type BenchTCP, connect, window } from "../sockets.js";

const policy = text.encode("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'\n");
export const files: Record<string, Uint8Array> = {
	"index.html": new Uint8Array(9216).fill(120),
	"index.html.gz": new Uint8Array(9216).fill(120),
	"index.csp": policy,
};
export const assets = { get: (name: string) => files[name] };
export const data = { temperature: 24.4, humidity: 46.4 };

/** One sensor's data line. */
export class BenchCapture implements PulseCapture {
	static readonly settled = true;
	static readonly all: BenchCapture[] = [];
	target: unknown;
	options: PulseCaptureOptions;
	train: PulseTrain | undefined;

	constructor(options: PulseCaptureOptions) {
		this.target = options.target;
		this.options = options;
		BenchCapture.all.push(this);
	}

	start(): void {}

	read(): PulseTrain | undefined {
		return this.train;
	}

	close(): void {}

	respond(train: PulseTrain): void {
		this.train = train;
		this.options.onReadable?.call(this);
	}
}

export const pulses = Uint16Array.from(trainOf(withChecksum(0x01, 0xd0, 0x00, 0xf4)));
export const warmerPulses = Uint16Array.from(trainOf(withChecksum(0x01, 0xcf, 0x00, 0xf5)));

export class PageServer {
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
		const heartbeat = () => ({ uptimeMs: clock.ticks });
		this.broadcaster = new Broadcaster({ ...streamOptions, clock, text, boot: "5f3a", hello, heartbeat });
		this.server = new Server({
			Listener: BenchListener,
			clock,
			text,
			name: "dht",
			...requestOptions,
			routes: site(text, assets, new Map([["/sensor-data-events", this.broadcaster]])),
		});
	}

	publish(): void {
		this.broadcaster.publish("sensor-data", "Room", { ...data, sensor: "Room" });
	}
}

export const bytesOf = (request: string) => text.encode(request).buffer as ArrayBuffer;

/** Sends a request. */
export function ask(tcp: BenchTCP, request: ArrayBuffer): void {
	tcp.receive(request);
	while (tcp.free < window) tcp.acknowledge();
}

/** Sends a request on a connection of its own. */
export function askAlone(request: ArrayBuffer): void {
	const tcp = connect();
	tcp.receive(request);
	while (tcp.free < window) tcp.acknowledge();
	tcp.leave();
}

/** @throws {Error} The response to `request` has another status. */
export function expect(status: number, request: string): void {
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

export function openStream(request = stream()): BenchTCP {
	const tcp = connect();
	tcp.receive(bytesOf(request));
	tcp.acknowledge();
	return tcp;
}

/** Bytes that arrive at once. */
const SEGMENT = 1460;

/** A request line of 100 KB that never ends, as it arrives. */
export function endless(): ArrayBuffer[] {
	const pieces = [bytesOf("GET /")];
	for (let left = 100 * 1024; left > 0; left -= SEGMENT) pieces.push(bytesOf("x".repeat(Math.min(left, SEGMENT))));
	return pieces;
}
