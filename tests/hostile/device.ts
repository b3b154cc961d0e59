// The largest device that there may be, and what a client needs to reach it.

import { App } from "../../modules/app/app.js";
import { Configuration } from "../../modules/config/configuration.js";
import type { PulseCapture, PulseCaptureOptions, PulseTrain } from "../../modules/dht/pulse-capture.js";
import type { Request } from "../../modules/http/request.js";
import { SimulatedRadio } from "../../modules/platform/simulated/radio.js";
import { trainOf, withChecksum } from "../dht/trains.js";
import { FakeClock } from "../fakes/clock.js";
import { FakeDatagrams } from "../fakes/datagrams.js";
import { FakeFirmware } from "../fakes/firmware.js";
import { fakeHost } from "../fakes/host.js";
import { numbers } from "../fakes/random.js";
import { authorization } from "../fakes/signing.js";
import { FakeStorage } from "../fakes/storage.js";
import { latin1, text } from "../fakes/text.js";
import { WindowListener, type WindowTCP, window } from "./sockets.js";

/**
 * `open` to everybody's reading, `private`, or with its access point open for the set-up, without a password. `own` has no password
 * either, and no other computer reaches it.
 */
export type Kind = "open" | "private" | "setup" | "own";

export const address = "192.168.1.50";
export const accessPointAddress = "192.168.4.1";
export const password = "correct horse battery staple";
/** A guest of the access point, and who is in the network. */
export const guest = "192.168.4.9";
export const neighbour = "192.168.1.9";

/** As long as a name may be, of letters that take most bytes. */
const longName = (at: number) => `${at}${"湿".repeat(63)}`;

const sensors = Array.from({ length: 8 }, (_, at) => ({
	name: longName(at),
	model: "DHT22",
	pin: 4 + at,
	powerPin: 20 + at,
	calibration: { temperature: { points: [[0, 0.5] as const, [30, 29.5] as const] }, humidity: { offset: -1.5 } },
	median: true,
	warn: {
		temperature: { below: -40, above: 120, hysteresis: 0.5 },
		humidity: { below: 5, above: 95, hysteresis: 2 },
		delayMs: 60_000,
	},
}));

const good = Uint16Array.from(trainOf(withChecksum(0x01, 0xd0, 0x00, 0xf4)));
const bad = Uint16Array.from(trainOf([0x01, 0xd0, 0x00, 0xf4, 0x00]));

class Capture implements PulseCapture {
	static readonly settled = true;
	static all: Capture[] = [];
	target: unknown;
	#options: PulseCaptureOptions;
	#train: PulseTrain | undefined;
	started = false;

	constructor(options: PulseCaptureOptions) {
		this.target = options.target;
		this.#options = options;
		Capture.all.push(this);
	}

	start(): void {
		this.started = true;
	}

	read(): PulseTrain | undefined {
		const train = this.#train;
		this.#train = undefined;
		return train;
	}

	close(): void {
		Capture.all = Capture.all.filter(one => one !== this);
	}

	answer(pulses: Uint16Array, ticks: number): void {
		this.started = false;
		this.#train = { pulses, level: 1, ticks };
		this.#options.onReadable?.call(this);
	}
}

class Digital {
	write(): void {}
	close(): void {}
}

const page = new Uint8Array(22_000).fill(120);
const files: Record<string, Uint8Array> = {
	"index.html": page,
	"index.html.gz": page.subarray(0, 9000),
	"settings.html": page,
	"setup.html": page,
	"chart-1a2b3c4d.js": page,
};

export class HostileDevice {
	readonly clock = new FakeClock();
	readonly datagrams = new FakeDatagrams();
	readonly kind: Kind;
	readonly app: App;
	#host: string;
	#address: string;
	#listener: WindowListener;

	constructor(kind: Kind) {
		this.kind = kind;
		this.#host = kind === "setup" ? accessPointAddress : address;
		this.#address = kind === "setup" ? guest : neighbour;
		const { clock } = this;
		clock.time = Date.UTC(2026, 0, 1);
		Capture.all = [];
		const storage = new FakeStorage(21);
		const host = fakeHost({
			name: "esp32",
			clock,
			assets: { get: name => files[name] },
			address,
			isLoopback: kind === "own",
			UDP: this.datagrams.UDP,
			Listener: WindowListener,
			PulseCapture: Capture,
			Digital,
			storage,
			update: new FakeFirmware(),
			random: numbers(7),
			heapFree: () => 65_536,
			...(kind === "setup" && {
				radio: new SimulatedRadio({ clock, networks: [], address, accessPointAddress }),
			}),
		});
		const config = {
			sensors,
			...((kind === "open" || kind === "private") && { adminPassword: password }),
			private: kind === "private",
			hosts: Array.from({ length: 8 }, (_, at) => `${at}${"h".repeat(20)}.lan`),
		};
		const limits = { maxConnections: 16, sendBuffer: window, storage: storage.byteLength };
		this.app = new App({ host, configuration: new Configuration({ config, limits, storage, text, log() {} }) });
		this.pass(20_000);
		this.#listener = WindowListener.newest!;
		this.pass(20_000, bad);
		this.datagrams.take();
	}

	/** Lets `ms` pass, in which each sensor answers what it is asked. */
	pass(ms: number, train = good): void {
		for (let left = ms; left > 0; left -= 50) {
			this.clock.advance(50);
			for (const capture of Capture.all) if (capture.started) capture.answer(train, this.clock.ticks);
		}
	}

	connect(remoteAddress = this.#address): WindowTCP {
		return this.#listener.connect(remoteAddress);
	}

	/** @param fields Header lines, each ended by CRLF. @returns The request, a character a byte. */
	get(target: string, fields = "", method = "GET"): string {
		return `${method} ${target} HTTP/1.1\r\nHost: ${this.#host}\r\n${fields}\r\n`;
	}

	/** @param length Bytes of the image. @param digest Its last 32 bytes, in digits. @returns The head of its upload, signed. */
	uploadHead(length: number, digest: string): string {
		const target = `/api/update?size=${length}&sha256=${digest}`;
		const asked = { method: "PUT", target, host: this.#host };
		const { nonce } = this.app.access.session({ fields: {}, authority: this.#host } as Request);
		const type = `Content-Type: application/octet-stream\r\nContent-Length: ${length}\r\n`;
		return this.get(target, type + authorization(password, nonce, asked), "PUT");
	}

	/** @returns The socket of a stream that is up to date. */
	stream(): WindowTCP {
		const tcp = this.connect();
		tcp.send(latin1(this.get("/sensor-data-events", "Accept: text/event-stream\r\n")));
		return tcp;
	}
}
