// A device's days on a fake clock: sensors that fail now and then, pages that come, stay and go, settings that are changed and
// changed back. Run on XS by tools/xs/soak.mjs.

import { boot } from "../../modules/app/boot.js";
import { FakeClock } from "../fakes/clock.js";
import { fakeHost, simulatedPins } from "../fakes/host.js";
import { numbers } from "../fakes/random.js";
import { request, signed } from "../fakes/signing.js";
import { FakeNetwork, type Peer } from "../fakes/sockets.js";
import { FakeStorage } from "../fakes/storage.js";
import { latin1 } from "../fakes/text.js";
import type { HostileDevice } from "../hostile/device.js";
import { rows } from "../hostile/table.js";

declare const gc: () => void;
declare const bytes: () => number;
declare const keys: () => number;
declare const stack: () => number;
declare const tell: (span: { heap: number; stack: number; keys: number }) => void;

const MINUTE = 60_000;
const limits = { maxConnections: 16, sendBuffer: 5744, storage: 0 };
const password = "correct horse";
const host = "192.168.1.50";
const paths = ["/", "/nope", "/api/readings", "/api/device", "/api/history?span=24h", "/metrics", "/api/settings"];

const livingRoom = { name: "Room", model: "DHT22", pin: 4 };
const attic = { name: "Attic", model: "DHT11", pin: 5 };

/** Changes of the settings, each with the status of its response; at the end all is as it was. */
const changes: [status: number, change: object][] = [
	[200, { language: "pt", units: "F", hosts: ["router.lan"], origins: ["https://example.org"] }],
	[200, { sensors: [{ ...livingRoom, calibration: { temperature: { offset: -0.5 } }, median: true }, attic] }],
	[200, { sensors: [{ ...attic, name: "Cellar", pin: 6 }] }],
	[422, { intervalMs: 1 }],
	[200, { name: "soaked", sensors: null, language: null, units: null, hosts: null, origins: null }],
	[200, { name: null }],
];

const clock = new FakeClock();
clock.time = Date.UTC(2026, 0, 1);
const network = new FakeNetwork();
const storage = new FakeStorage(21);
const random = numbers(7);
const pins = simulatedPins({ clock, random, faults: { "no-answer": 0.02, checksum: 0.02 } });
boot(
	{
		limits,
		createHost(attached) {
			pins.attach(attached);
			return fakeHost({
				...pins,
				clock,
				assets: { get: name => (name === "index.html" ? latin1("<!doctype html><title>Gauges</title>") : undefined) },
				address: host,
				Listener: network.Listener,
				random,
				storage,
			});
		},
	},
	{ intervalMs: 10_000, sensors: [livingRoom, attic], adminPassword: password },
);

/** What a row asks of the device that it is made for. */
const owner = {
	get: (target: string, fields = "", method = "GET") => request({ method, target, host, fields }),
} as HostileDevice;

let peers: Peer[] = [];

/** @returns All that is answered to `bytes`. */
function exchange(bytes: string): string {
	const peer = network.connect();
	peer.send(bytes);
	peer.close();
	return peer.received;
}

/** @throws {Error} The response has another status. */
function change(status: number, what: object): void {
	const session = exchange(request({ method: "GET", target: "/api/session", host }));
	const { nonce } = JSON.parse(session.slice(session.indexOf("\r\n\r\n")));
	const response = exchange(signed(password, nonce, { host, body: JSON.stringify(what) }));
	if (!response.startsWith(`HTTP/1.1 ${status} `)) throw new Error(`${JSON.stringify(what)}: ${response}`);
}

/** What strangers send, row after row, in names never sent before; the owner's settings stand against them. */
const hostile = rows.filter(row => row.device !== "setup" && row.request);
let next = 0;
let strangers: Peer[] = [];

/** Some of them leave at once, some stay until their time is over. */
function stranger(): void {
	// Few addresses: those that failed are kept, up to a bound, and would be taken for a leak on their way there.
	const peer = network.connect(80, `192.168.1.${100 + (next % 8)}`);
	peer.reading = next % 3 > 0;
	peer.send(hostile[next % hostile.length]!.request!(owner));
	strangers.push(peer);
	if (next++ % 2 === 0 || strangers.length > 3) strangers.shift()?.close();
}

/** Ten minutes: a page comes, asks for something and opens its stream; every other one stays for a while. */
function pass(round: number): void {
	exchange(request({ method: "GET", target: paths[round % paths.length]!, host }));
	const stream = network.connect();
	stream.send(request({ method: "GET", target: "/sensor-data-events", host }));
	if (round % 5 === 0) stream.reading = false;
	peers.push(stream);
	if (peers.length > 6) peers.shift()?.close();
	for (let minute = 0; minute < 10; minute++) {
		if (minute % 5 === 0) stranger();
		clock.advance(MINUTE);
		network.settle();
		for (const peer of peers) peer.take();
	}
}

/** @returns Bytes that the heap keeps, the minimum of several looks: a save that is under way at one is over at another. */
function settled(): number {
	let min = Number.POSITIVE_INFINITY;
	for (let look = 0; look < 12; look++) {
		clock.advance(17 * MINUTE);
		// The engine holds on to what the last client was sent until there is another.
		exchange(request({ method: "GET", target: "/nope", host }));
		network.settle();
		gc();
		min = Math.min(min, bytes());
	}
	return min;
}

/**
 * Lives through `hours`, and tells what the heap keeps at their end, in bytes, when all pages have gone and the settings are as
 * before; how many slots of the stack were in use at most, the clients' own functions among them; and how many names the engine knows.
 */
export function live(hours: number): void {
	stack();
	const rounds = hours * 6;
	const every = Math.floor(rounds / changes.length);
	for (let round = 0; round < rounds; round++) {
		if (round % every === 0) change(...changes[(round / every) % changes.length]!);
		pass(round);
	}
	for (const peer of [...peers, ...strangers]) peer.close();
	peers = [];
	strangers = [];
	clock.advance(MINUTE);
	network.settle();
	const deepest = stack();
	tell({ heap: settled(), stack: deepest, keys: keys() });
}
