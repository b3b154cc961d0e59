import type { SensorReport } from "../../modules/api/device.js";
import { DeviceHandler } from "../../modules/api/device.js";
import type { Listing } from "../../modules/api/listing.js";
import { ReadingsHandler } from "../../modules/api/readings.js";
import type { DeviceHead, Hello, ReadingsHead, SensorData, SensorStatus } from "../../modules/api/schema.js";
import { requestOptions } from "../../modules/app/http-service.js";
import { site } from "../../modules/app/routes.js";
import { streamOptions } from "../../modules/app/stream.js";
import type { Handler } from "../../modules/http/handler.js";
import { Response } from "../../modules/http/response.js";
import { Server, type ServerOptions } from "../../modules/http/server.js";
import { Broadcaster, type BroadcasterOptions } from "../../modules/sse/broadcaster.js";
import { FakeClock } from "./clock.js";
import { FakeNetwork } from "./sockets.js";
import { latin1, text } from "./text.js";

/** A gzip file's last eight bytes are a checksum and a length; nothing here reads the rest. */
const files = new Map([
	["index.html", latin1(`<!doctype html><title>Gauges</title>${"x".repeat(9000)}`)],
	["index.html.gz", latin1(`${"z".repeat(3000)}\x01\x02\x03\x04\x05\x06\x07\x08`)],
	["index.csp", latin1("default-src 'none'; connect-src 'self'\n")],
	["chart-1a2b3c4d.js", latin1("draw()")],
	["icon.svg", latin1("<svg/>")],
	["home-1a2b3c4d.js.gz", latin1("packed\x01\x02\x03\x04\x05\x06\x07\x08")],
]);

/** Resources that the device itself does not have: what takes a body, what fails, what is made as it is sent. */
const more = new Map<string, Handler>([
	[
		"/echo",
		{
			allow: "GET, HEAD, PUT, POST",
			handle: ({ body }) => new Response(200, `Content-Length: ${body?.byteLength ?? 0}\r\n`, { bytes: body }),
		},
	],
	[
		"/fail",
		{
			allow: "GET, HEAD",
			handle() {
				throw new Error("planted");
			},
		},
	],
	["/pieces", { allow: "GET, HEAD", handle: () => new Pieces(["one", "two", "three"]).answer() }],
]);

export class Pieces {
	#left: string[];
	closed = 0;

	constructor(pieces: string[]) {
		this.#left = pieces.slice();
	}

	next(): Uint8Array | undefined {
		const piece = this.#left.shift();
		return piece === undefined ? undefined : latin1(piece);
	}

	close(): void {
		this.closed++;
	}

	answer(): Response {
		return new Response(200, "", { source: this });
	}
}

/** Of no sensors. */
const none = { length: 0, item: () => undefined as never };

/** A server with a page, a stream and readings, on a fake network. */
export class FakeDevice {
	readonly clock = new FakeClock();
	readonly network: FakeNetwork;
	readonly broadcaster: Broadcaster;
	readonly server: Server;
	readonly errors: unknown[] = [];

	constructor(
		options: Partial<ServerOptions> = {},
		{ sendBuffer = 5744, ...streams }: Partial<BroadcasterOptions> & { sendBuffer?: number } = {},
	) {
		const { clock } = this;
		this.network = new FakeNetwork({ sendBuffer });
		this.broadcaster = new Broadcaster({
			clock,
			text,
			boot: "5f3a",
			hello: () => this.hello(),
			heartbeat: () => ({ uptimeMs: clock.ticks }),
			...streamOptions,
			...streams,
		});
		this.server = new Server({
			Listener: this.network.Listener,
			clock,
			text,
			name: "dht",
			...requestOptions,
			onError: error => this.errors.push(error),
			routes: site(
				text,
				files,
				new Map<string, Handler>([
					...more,
					["/sensor-data-events", this.broadcaster],
					["/api/readings", new ReadingsHandler({ text, source: this })],
					["/api/device", new DeviceHandler({ text, source: this })],
				]),
			),
			...options,
		});
	}

	hello(): Hello {
		return {
			boot: "5f3a",
			uptimeMs: this.clock.ticks,
			intervalMs: 2000,
			heartbeatMs: 5000,
			version: "1.0.0",
			name: "DHT",
		};
	}

	readings(): Listing<ReadingsHead, SensorStatus> {
		const head = () => ({
			...this.hello(),
			lastEventId: this.broadcaster.lastEventId,
			language: "auto" as const,
			units: "C" as const,
		});
		return { head, ...none };
	}

	device(): Listing<DeviceHead, SensorReport> {
		const head = () => ({
			name: "DHT",
			version: "1.0.0",
			host: "test",
			chip: null,
			boot: "5f3a",
			mode: "normal" as const,
			modeReason: null,
			rolledBack: null,
			leftOut: [],
			uptimeMs: this.clock.ticks,
			time: null,
			clock: null,
			heapFree: null,
			heapLeast: null,
			heapLargestBlock: null,
			signalDbm: null,
			network: null,
			mqtt: null,
			start: null,
			counters: {},
		});
		return { head, ...none };
	}

	/** @returns All that is answered to `bytes` on a connection of its own. */
	ask(bytes: string): string {
		const peer = this.network.connect();
		peer.send(bytes);
		return peer.received;
	}

	reading(sensor: string, temperature = 24.4): SensorData {
		return {
			temperature,
			humidity: 46.4,
			sensor,
			uptimeMs: this.clock.ticks,
			dewPoint: null,
			heatIndex: null,
			absoluteHumidity: null,
		};
	}
}
