// A device for the page's tests: it speaks the protocol of docs/http.md, and every failure of a device can be caused.

import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { gunzipSync } from "node:zlib";
import type { Alert } from "../../modules/alerts/alert.js";
import type {
	AlertEvent,
	NeighbourList,
	Readings,
	SensorData,
	SensorFault,
	SensorStatus,
	Span,
	Track,
} from "../../modules/api/schema.js";
import { defaultWarn } from "../../modules/config/settings.js";
import { History } from "../../modules/history/history.js";

export interface FakeDeviceOptions {
	sensors?: string[];
	intervalMs?: number;
	heartbeatMs?: number;
	/** Streams granted at a time. */
	streams?: number;
	/** Events kept for clients that return. */
	ring?: number;
	/** Of the first boot, at its beginning. */
	uptimeMs?: number;
	/** Of the settings. */
	language?: Readings["language"];
	units?: "C" | "F";
}

const types: Record<string, string> = {
	html: "text/html; charset=utf-8",
	js: "text/javascript; charset=utf-8",
	json: "application/json",
	svg: "image/svg+xml",
	png: "image/png",
	webmanifest: "application/manifest+json",
};

export class FakeDevice {
	/** Every request's path and query, in order. */
	readonly requests: string[] = [];
	/** Connections that were open at a time, at most. */
	mostSockets = 0;
	streams: number;
	/** Delay of every response. */
	delayMs = 0;
	/** Requests of paths that match get no response. */
	hold: RegExp | undefined;
	/** Requests of paths that match get status 500. */
	broken: RegExp | undefined;
	/** Of the readings. */
	notice: Readings["notice"];
	/** Those that stand. */
	alerts: Alert[] = [];
	/** What else the settings have of a sensor. */
	about: Partial<Pick<SensorStatus, "scale" | "comfort" | "warn" | "range">> = {};
	/** Whether it lets no page of another origin read. */
	isPrivate = false;
	/** Whether it is of a version that shares nothing with other origins. */
	isOlder = false;
	/** The content of `/api/neighbours`; absent on an older version. */
	neighbours: NeighbourList | undefined;
	/** In the network. */
	name = "Greenhouse";
	/** Prepended to every script. */
	scriptPrefix = "";
	#options: Required<FakeDeviceOptions>;
	#server: Server | undefined;
	#sockets = new Set<Socket>();
	#open = new Set<ServerResponse>();
	#history: History | undefined;
	#newest = new Map<string, SensorData>();
	#faults = new Map<string, SensorFault>();
	#ring: { id: string; frame: string }[] = [];
	#boot = 0;
	#bootAt = 0;
	#count = 0;
	#port = 0;
	#silent = false;
	#heartbeat: NodeJS.Timeout | undefined;

	constructor(options: FakeDeviceOptions = {}) {
		this.#options = {
			...{ sensors: ["Room"], intervalMs: 300, heartbeatMs: 500, streams: 8, ring: 64, uptimeMs: 0 },
			...{ language: "auto", units: "C" },
			...options,
		};
		this.streams = this.#options.streams;
	}

	get address(): string {
		return `http://127.0.0.1:${this.#port}`;
	}

	get openStreams(): number {
		return this.#open.size;
	}

	get uptimeMs(): number {
		return Math.round(performance.now() - this.#bootAt);
	}

	/** Boots. */
	async start(): Promise<void> {
		const { intervalMs } = this.#options;
		this.#boot++;
		this.#bootAt = performance.now() - this.#options.uptimeMs;
		this.#history = new History({ sensors: this.#options.sensors.map(name => ({ name, intervalMs })) });
		this.#count = 0;
		this.#ring = [];
		this.#newest.clear();
		this.#faults.clear();
		// No handle keeps the process of a failed test alive.
		const server = createServer((request, response) => this.#receive(request, response));
		this.#server = server.unref();
		server.on("connection", socket => {
			this.#sockets.add(socket);
			this.mostSockets = Math.max(this.mostSockets, this.#sockets.size);
			socket.unref();
			socket.on("close", () => this.#sockets.delete(socket));
		});
		await new Promise<void>(resolve => server.listen(this.#port, "127.0.0.1", resolve));
		this.#port = (server.address() as AddressInfo).port;
		this.#heartbeat = setInterval(
			() => this.#send(`event: heartbeat\ndata: {"uptimeMs":${this.uptimeMs}}\n\n`),
			this.#options.heartbeatMs,
		).unref();
	}

	/** Ends like a killed program: every connection is closed, new ones are refused. */
	async stop(): Promise<void> {
		clearInterval(this.#heartbeat);
		this.#open.clear();
		for (const socket of this.#sockets) socket.destroy();
		const server = this.#server;
		if (server) await new Promise(resolve => server.close(resolve));
		this.#server = undefined;
	}

	/** Falls silent without a FIN, as after a power cut or behind a dead Wi-Fi: connections stay open. */
	cut(): void {
		this.#silent = true;
	}

	/** Ends the silence of a device that kept running. */
	reconnect(): void {
		this.#silent = false;
		for (const socket of this.#sockets) socket.resetAndDestroy();
		this.#open.clear();
	}

	/** Boots after a power cut: old connections are reset. */
	async reboot(): Promise<void> {
		await this.stop();
		this.#silent = false;
		await this.start();
	}

	/** A zone was entered or left. */
	publishAlert(alert: Alert): void {
		this.#event("alert", { ...alert, uptimeMs: this.uptimeMs });
	}

	publish(temperature: number, humidity: number, sensor = this.#options.sensors[0]!): void {
		const data: SensorData = {
			temperature,
			humidity,
			sensor,
			uptimeMs: this.uptimeMs,
			dewPoint: temperature - 8,
			...(temperature < 8 && { frostPoint: temperature - 7 }),
			heatIndex: temperature + 1,
			absoluteHumidity: humidity / 4,
		};
		this.remember(data.uptimeMs, temperature, humidity, sensor);
		this.#newest.set(sensor, data);
		this.#faults.delete(sensor);
		this.#event("sensor-data", data);
	}

	/** Adds a reading of this boot to the history without sending it. */
	remember(uptimeMs: number, temperature: number, humidity: number, sensor = this.#options.sensors[0]!): void {
		this.#history?.push(sensor, uptimeMs, temperature, humidity);
	}

	/** A read is missed; the third in a row is a fault. @param failures In a row. */
	miss(
		error: SensorFault["error"],
		sensor = this.#options.sensors[0]!,
		failures = (this.#faults.get(sensor)?.failures ?? 0) + 1,
	): void {
		const fault: SensorFault = {
			sensor,
			error,
			message: `${error}: check power and wiring on pin 4`,
			failures,
			status: failures > 2 || !this.#newest.has(sensor) ? "fault" : "live",
			uptimeMs: this.uptimeMs,
		};
		this.#faults.set(sensor, fault);
		this.#event("sensor-fault", fault);
	}

	/** The third read in a row is missed. */
	fail(error: SensorFault["error"], sensor?: string): void {
		this.miss(error, sensor, 3);
	}

	#event(name: string, data: SensorData | SensorFault | AlertEvent): void {
		const id = `b${this.#boot}-${++this.#count}`;
		const frame = `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
		this.#ring.push({ id, frame });
		if (this.#ring.length > this.#options.ring) this.#ring.shift();
		this.#send(frame);
	}

	#send(frame: string): void {
		if (!this.#silent) for (const response of this.#open) response.write(frame);
	}

	#receive(request: IncomingMessage, response: ServerResponse): void {
		if (this.#silent) return;
		const { pathname, search, searchParams } = new URL(request.url!, this.address);
		this.requests.push(pathname + search);
		const { origin } = request.headers;
		if (origin !== undefined && this.isPrivate) {
			response.writeHead(401).end();
			return;
		}
		if (origin !== undefined && !this.isOlder) response.setHeader("Access-Control-Allow-Origin", origin);
		if (this.hold?.test(pathname)) return;
		// Counted as a request, it fails, though the device is mended before it responds.
		const fails = this.broken?.test(pathname);
		setTimeout(() => {
			if (fails) response.writeHead(500).end("The device failed.\n");
			else this.#respond(pathname, searchParams, response);
		}, this.delayMs).unref();
	}

	#respond(pathname: string, searchParams: URLSearchParams, response: ServerResponse): void {
		if (pathname === "/sensor-data-events") this.#stream(searchParams.get("lastEventId"), response);
		else if (pathname === "/api/readings") {
			response.writeHead(200, { "Content-Type": "application/json", "Cache-Control": "no-store" });
			response.end(JSON.stringify(this.#readings()));
		} else if (pathname === "/api/history") {
			response.writeHead(200, { "Content-Type": "application/json", "Cache-Control": "no-store" });
			response.end(JSON.stringify(this.#historyOf(searchParams.get("sensor")!, searchParams.get("span") as Span)));
		} else if (pathname === "/api/neighbours" && this.neighbours) {
			response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(this.neighbours));
		} else this.#file(pathname === "/" ? "index.html" : pathname.slice(1), response);
	}

	#file(name: string, response: ServerResponse): void {
		try {
			const bytes = gunzipSync(readFileSync(`build/www/${name}.gz`));
			const type = name.split(".").at(-1)!;
			response.writeHead(200, {
				"Content-Type": types[type] ?? "application/octet-stream",
				"Content-Security-Policy":
					name === "index.html"
						? readFileSync("build/www/index.csp", "utf8")
						: "default-src 'none'; connect-src 'self' http:",
			});
			if (type === "js") response.write(this.scriptPrefix);
			response.end(bytes);
		} catch {
			response.writeHead(404).end();
		}
	}

	#stream(lastEventId: string | null, response: ServerResponse): void {
		if (this.#open.size >= this.streams) {
			response.writeHead(503, { "Retry-After": "5" }).end();
			return;
		}
		response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
		response.write(`retry: 1000\n\nevent: hello\ndata: ${JSON.stringify(this.#hello())}\n\n`);
		const index = this.#ring.findIndex(({ id }) => id === lastEventId);
		const missed = this.#ring.slice(index + 1);
		for (const { frame } of index < 0 ? missed.slice(-2 * this.#options.sensors.length) : missed) response.write(frame);
		this.#open.add(response);
		response.on("close", () => this.#open.delete(response));
	}

	#hello() {
		return {
			boot: `b${this.#boot}`,
			uptimeMs: this.uptimeMs,
			intervalMs: this.#options.intervalMs,
			heartbeatMs: this.#options.heartbeatMs,
			version: "1.0.0",
			name: this.name,
		};
	}

	#readings(): Readings {
		return {
			...this.#hello(),
			lastEventId: this.#ring.at(-1)?.id ?? null,
			language: this.#options.language,
			units: this.#options.units,
			...(this.notice && { notice: this.notice }),
			readings: this.#options.sensors.map(sensor => this.#status(sensor)),
		};
	}

	#historyOf(sensor: string, span: Span) {
		const series = this.#history!.series(sensor, span, this.uptimeMs)!;
		const indices = Array.from({ length: series.length }, (_, index) => index);
		const track = (quantity: "temperature" | "humidity"): Track => ({
			mean: indices.map(index => series.value(index, quantity, "mean")),
			min: indices.map(index => series.value(index, quantity, "min")),
			max: indices.map(index => series.value(index, quantity, "max")),
		});
		return {
			...{ sensor, span, start: null, startUptimeMs: series.startTicks, stepMs: series.stepMs },
			newest: this.#newest.get(sensor) ?? null,
			temperature: track("temperature"),
			humidity: track("humidity"),
		};
	}

	#status(sensor: string): SensorStatus {
		const reading = this.#newest.get(sensor);
		const fault = this.#faults.get(sensor) ?? null;
		return {
			...{ temperature: null, humidity: null, dewPoint: null, heatIndex: null, absoluteHumidity: null, uptimeMs: null },
			...reading,
			sensor,
			model: "DHT22",
			status: fault?.status ?? (reading ? "live" : "waiting"),
			ageMs: reading ? this.uptimeMs - reading.uptimeMs : null,
			fault,
			warn: defaultWarn,
			range: [-40, 80],
			...this.about,
			alerts: this.alerts.filter(alert => alert.sensor === sensor),
		};
	}
}
