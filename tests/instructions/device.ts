// The app over the chip's sockets, for the program of tools/instructions: nothing in it is left to chance. All modules are evaluated, and put
// aside as what is preloaded is, before `start` is called.

import Listener from "embedded:io/socket/listener";
import TCP from "embedded:io/socket/tcp";
import cutHead from "head";
import resolve from "resolve";
import { App } from "../../modules/app/app.js";
import { Configuration } from "../../modules/config/configuration.js";
import type { PulseCapture, PulseCaptureOptions, PulseTrain } from "../../modules/dht/pulse-capture.js";
import type { ListenerOptions, Listener as ListenerType } from "../../modules/platform/io.js";
import type { Text } from "../../modules/platform/text.js";
import { trainOf, withChecksum } from "../dht/trains.js";
import { fakeHost } from "../fakes/host.js";
import { AlarmClock } from "../lwip/clock.js";
import { operations } from "./household.js";

declare const settings: { sensors: number; config: object };

/** As the SDK's ArrayBuffer.fromString and String.fromArrayBuffer. */
const coder = host as unknown as { encode(string: string): ArrayBuffer; decode(buffer: ArrayBufferLike): string };

/** As modules/platform/xs/text.ts. */
const text: Text = {
	encode: string => new Uint8Array(coder.encode(string)),
	decode(bytes) {
		const { buffer, byteOffset, byteLength } = bytes;
		if (!(buffer instanceof ArrayBuffer)) return coder.decode(bytes.slice().buffer);
		return coder.decode(byteLength === buffer.byteLength ? buffer : buffer.slice(byteOffset, byteOffset + byteLength));
	},
};

/** Fri, 27 Nov 2026. */
const startTime = 1_795_737_600_000;

class BenchClock extends AlarmClock {
	override get time(): number {
		return startTime + this.ticks;
	}
}

const trains: readonly Uint16Array[] = [
	Uint16Array.from(trainOf(withChecksum(0x01, 0xd0, 0x00, 0xf4))),
	Uint16Array.from(trainOf(withChecksum(0x01, 0xcf, 0x00, 0xf5))),
	Uint16Array.from(trainOf(withChecksum(0x01, 0xd3, 0x00, 0xf1))),
];

/** From a start to the end of a frame. */
const FRAME_MS = 25;

/** The sensor replies with one frame after the other. */
class BenchCapture implements PulseCapture {
	static readonly settled = true;
	target: unknown;
	#options: PulseCaptureOptions;
	#turn = 0;

	constructor(options: PulseCaptureOptions) {
		this.target = options.target;
		this.#options = options;
	}

	start(): void {
		clockOf(host).set(() => this.#options.onReadable?.call(this), FRAME_MS);
	}

	read(): PulseTrain {
		const pulses = trains[this.#turn++ % trains.length]!;
		return { pulses, level: 1, ticks: host.ticks() };
	}

	close(): void {}
}

/** The program keeps `host`: the modules' own variables are out of the collector's sight. */
const clockOf = (kept: object) => (kept as { clock: BenchClock }).clock;

const policy =
	"default-src 'none'; script-src 'self' 'sha256-1wo2oOqFCJcZDKsDIvhSTYdBBL5vkHkyTUr4CLYLVlk='; " +
	"style-src 'sha256-9Zx0dQYAUhXmvS2iKTeb3C5pwdUBKLhGZG4hqXq1eXk='; connect-src 'self'; img-src 'self' data:; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'\n";

/** As long as the page is. */
const files: Readonly<Record<string, Uint8Array>> = {
	"index.html": new Uint8Array(24_000).fill(120),
	"index.html.gz": Uint8Array.from({ length: 8948 }, (_, at) => (at * 31) & 0xff),
	"index.csp": text.encode(policy),
};
const assets = { get: (name: string) => files[name] };

const rooms = ["Living room", "Bedroom", "Bath", "Kitchen", "Cellar", "Attic", "Garage", "Garden"];

/** Prints what each part keeps. To an earlier one belongs what several lead to. */
function census(app: App, clock: object): void {
	const { sensors, service, broadcaster } = app;
	const server = service.server!;
	const parts: [string, object][] = [
		["of the bench: clock, timers, host", clock],
		["", app.host],
	];
	for (const { readings, minutes, quarters } of sensors.history.sensors)
		parts.push(
			["history: readings of 15 minutes", readings],
			["history: minutes of a day", minutes],
			["history: quarters of an hour of a week", quarters],
		);
	for (const state of sensors.states)
		parts.push(["a sensor: driver, plausibility, health, newest reading and fault", state]);
	parts.push(
		["settings", app.configuration],
		["log", app.log],
		["record of starts", app.boot],
		["the newest 32 events", broadcaster.log],
		["alerts", app.alerts],
		["MQTT, switched off", app.mqtt],
		["access", app.access],
		["network", app.network],
		["server: paths, heads of pages", server.responseHead],
		["server: limits, counters, slots", server],
		["", service],
		["stream", broadcaster],
		["sampler, history saver", sensors],
		["what joins them", app],
		["", app.report],
		["", app.changer],
		["", app.logEvents],
		["", app.readings],
	);
	host.census(
		parts.map(([, part]) => part),
		parts.map(([name]) => name),
	);
}

/** Tells when the device listens. */
class BenchListener extends (Listener as new (options: ListenerOptions) => ListenerType) {
	constructor(options: ListenerOptions) {
		super(options);
		host.lap(operations.listener);
	}
}

function start(): void {
	const clock = new BenchClock();
	Object.assign(host, { clock });
	const config = {
		sensors: rooms.slice(0, settings.sensors).map((name, at) => ({ name, model: "DHT22", pin: 4 + at })),
		...settings.config,
	};
	const device = fakeHost({
		name: "esp32",
		clock,
		text,
		cutHead,
		assets,
		address: "192.168.1.50",
		Listener: BenchListener,
		TCP,
		resolve,
		PulseCapture: BenchCapture,
		random: () => host.random() >>> 0,
		log: line => host.print(line),
		heapFree: () => 155_000,
		heapLeast: () => 97_000,
		heapLargestBlock: () => 90_000,
	});
	const limits = { maxConnections: 16, sendBuffer: 5744, storage: 0 };
	const configuration = new Configuration({ config, limits, storage: undefined, text, log: line => host.print(line) });
	host.lap(operations.settings);
	const app = new App({ host: device, configuration });
	host.lap(operations.started);
	let turn = 0;
	host.onCommand = line => {
		turn++;
		if (line === "census") census(app, clock);
		if (line === "publish")
			app.broadcaster.publish("sensor-data", "Living room", {
				temperature: 24 + (turn % 10) / 10,
				humidity: 46.4,
				sensor: "Living room",
				uptimeMs: clock.ticks,
				dewPoint: 12.1,
				heatIndex: 24.2,
				absoluteHumidity: 10.2,
			});
	};
}

Object.assign(globalThis, { start });
