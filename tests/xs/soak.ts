// A week of a device on a fake clock: sensors that fail now and then, pages that come, stay and go. Run on XS by tools/soak.mjs.

import { boot } from "../../modules/app.js";
import { simulatedCapture } from "../../modules/platform/simulated/capture.js";
import { simulatedSensors } from "../../modules/platform/simulated/room.js";
import type { Host } from "../../modules/platform/types.js";
import { FakeClock } from "../fakes/clock.js";
import { FakeNetwork, type Peer } from "../fakes/sockets.js";
import { latin1, text } from "../fakes/text.js";
import { numbers } from "../sensor/bench.js";

declare const gc: () => void;
declare const bytes: () => number;
declare const tell: (heap: number) => void;

const MINUTE = 60_000;
const limits = { maxConnections: 16, sendBuffer: 5744, storage: 0 };
const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: 192.168.1.50\r\n\r\n`;
const paths = ["/", "/nope", "/api/readings", "/api/device", "/api/history?span=24h", "/metrics"];

const clock = new FakeClock();
const network = new FakeNetwork();
const random = numbers(7);
const app = boot(
	{
		limits,
		createHost(sensors): Host {
			return {
				name: "soak",
				defaultPort: 80,
				clock,
				text,
				assets: { get: name => (name === "index.html" ? latin1("<!doctype html><title>Gauges</title>") : undefined) },
				address: "192.168.1.50",
				Listener: network.Listener,
				PulseCapture: simulatedCapture({
					clock,
					sensors: simulatedSensors(sensors, random, { "no-answer": 0.02, checksum: 0.02 }),
				}),
				random,
				log() {},
				heapFree: () => undefined,
				storage: undefined,
			};
		},
	},
	{
		intervalMs: 10_000,
		sensors: [
			{ name: "Room", model: "DHT22", pin: 4 },
			{ name: "Attic", model: "DHT11", pin: 5 },
		],
	},
);

let peers: Peer[] = [];

/** Ten minutes: a page comes, asks for something and opens its stream; every other one stays for a while. */
function pass(turn: number): void {
	const page = network.connect();
	page.send(get(paths[turn % paths.length]!));
	page.close();
	const stream = network.connect();
	stream.send(get("/sensor-data-events"));
	if (turn % 5 === 0) stream.reading = false;
	peers.push(stream);
	if (peers.length > 6) peers.shift()?.close();
	for (let minute = 0; minute < 10; minute++) {
		clock.advance(MINUTE);
		network.settle();
		for (const peer of peers) peer.take();
	}
}

/** Lives through a day, and tells what the heap keeps at its end, when all pages have gone. */
export function day(): void {
	for (let turn = 0; turn < 144; turn++) pass(turn);
	for (const peer of peers) peer.close();
	peers = [];
	clock.advance(MINUTE);
	network.settle();
	gc();
	tell(bytes());
}

export function close(): void {
	app.close();
}
