// What a device of the largest settings takes at most for one row of the hostile table, and for what many clients do at once. Run on
// XS with next to no free memory, so that all that is in use at once is seen as growth.

import { hex, sha256 } from "../../modules/auth/sha256.js";
import { largest } from "../fakes/largest-settings.js";
import { latin1 } from "../fakes/text.js";
import { guest, HostileDevice, type Kind, neighbour } from "../hostile/device.js";
import type { Row } from "../hostile/rows.js";
import { type WindowTCP, window } from "../hostile/sockets.js";
import { rows } from "../hostile/table.js";
import { makeImage } from "../update/image.js";

declare const gc: () => void;
declare const bytes: () => number;
declare const keys: () => number;
declare const seal: (
	slots: number,
	bytes: number,
	stack: number,
	moreSlots: number,
	moreBytes: number,
	limit: number,
) => void;
declare const taken: () => number;
declare const tell: (result: unknown) => void;

export interface Measured {
	/** The most bytes that were in use above rest: of the heap, and taken outside of it. */
	peak: number;
	/** Bytes that stay. */
	kept: number;
	/** Names that the engine did not know before. */
	keys: number;
	/** Of the response; 0 without one. */
	status: number;
}

const MB = 1024 * 1024;
/** Slots, as `creation` of the manifest has them. */
const STACK = 760;
let device: HostileDevice;
let streams: WindowTCP[] = [];

/** Nothing is free but steps of 32 slots and 512 bytes. */
function measure(run: () => number, limit = MB): Measured {
	gc();
	const before = bytes();
	const names = keys();
	seal(0, 0, STACK, 32, 512, limit);
	const status = run();
	const peak = taken();
	gc();
	return { peak, kept: bytes() - before, keys: keys() - names, status };
}

/** Makes the device, with so many streams. */
export function begin(kind: Kind, count: number): void {
	device = new HostileDevice(kind);
	streams = Array.from({ length: count }, () => device.stream());
	device.pass(5000);
	for (const stream of streams) stream.acknowledge();
	tell(rows.filter(row => row.device === kind).map(({ name }) => name));
}

function ask({ request }: Row): () => number {
	const sent = latin1(request!(device));
	return () => {
		const tcp = device.connect();
		tcp.send(sent);
		const { status } = tcp;
		tcp.leave();
		return status;
	};
}

function say({ datagram }: Row): () => number {
	const { port, bytes } = datagram!;
	const sent = bytes();
	return () => {
		device.datagrams.arrive(port, sent.slice(), device.kind === "setup" ? guest : neighbour, 5353);
		device.clock.advance(200);
		return device.datagrams.take().length;
	};
}

/** Once to warm up, then what it takes, in names never sent before. @param limit More ends the engine, bytes. */
export function row(name: string, limit = MB): void {
	const found = rows.find(one => one.name === name)!;
	const make = found.request ? ask : say;
	make(found)();
	tell(measure(make(found), limit));
}

/** What clients do at once. @returns How many of them are still connected. */
const loads: Record<string, () => number> = {
	"the worst that is legal": legal,
	"14 that read no device": () => unread("/api/device"),
	"14 that read no readings": () => unread("/api/readings"),
	"14 that read no metrics": () => unread("/metrics"),
	"14 that read no week as a table": () => unread("/api/history?span=7d&format=csv"),
	"14 that read no week": () => unread("/api/history?span=7d"),
	"14 that read no settings": () => unread("/api/settings"),
	"all settings in pieces": imported,
	"14 heads at their bound": () => crowd(() => head),
	"14 bodies at their bound": () => crowd(() => body.slice(0, -1)),
	"14 that ask on and on, and read nothing": () => crowd(() => device.get("/api/device").repeat(60), false),
	"14 that come again and again": () => {
		let open = 0;
		for (let round = 0; round < 5; round++) open = crowd(at => (at % 2 === 0 ? head : body.slice(0, -1)));
		return open;
	},
};

/** A header but for its end. */
const head = `GET / HTTP/1.1\r\nHost: localhost\r\nCookie: ${"x".repeat(4040)}\r\n`;
/** The largest change that there may be: all sensors anew. */
const change = JSON.stringify({
	sensors: Array.from({ length: 8 }, (_, at) => ({
		name: `${at}${"n".repeat(63)}`,
		model: "DHT22",
		pin: 4 + at,
		calibration: { temperature: { points: [[0, 1] as const, [30, 29] as const] } },
		warn: { humidity: { below: 5, above: 95 } },
	})),
});
const body = `PUT /api/settings HTTP/1.1\r\nHost: 192.168.4.1\r\nContent-Type: application/json\r\nContent-Length: ${change.length}\r\n\r\n${change}`;
const settings = JSON.stringify(largest).padEnd(8192);
const file = `PUT /api/settings?sha256=${hex(sha256(latin1(settings)))} HTTP/1.1\r\nHost: 192.168.4.1\r\nContent-Type: application/json\r\nContent-Length: 8192\r\n\r\n${settings}`;
const bytesOf = new Map<string, Uint8Array>();

function crowd(sent: (at: number) => string, reading = true): number {
	const peers = Array.from({ length: 14 }, (_, at) => {
		const tcp = device.connect();
		tcp.reading = reading;
		tcp.send(bytesFor(sent(at)));
		return tcp;
	});
	device.clock.advance(100);
	const open = peers.filter(peer => !peer.closed).length;
	for (const peer of peers) peer.leave();
	return open;
}

const unread = (target: string) => crowd(() => device.get(target).repeat(3), false);

/** One change of all that may change, filled up to its bound. */
function imported(): number {
	const owner = device.connect();
	const sent = bytesFor(file);
	for (let at = 0; at < sent.byteLength; at += 1400) {
		owner.send(sent.subarray(at, at + 1400));
		device.clock.advance(20);
	}
	if (owner.statuses !== "200 ") throw new Error(owner.statuses);
	owner.leave();
	return 1;
}

/** Eight streams, some of which stop reading, two that fetch a week, a change of all sensors, and readings all the while. */
function legal(): number {
	const tables = [0, 1].map(() => {
		const tcp = device.connect();
		tcp.reading = false;
		tcp.send(bytesFor(device.get("/api/history?span=7d&format=csv")));
		return tcp;
	});
	for (const stream of streams.slice(4)) stream.reading = false;
	const others = [0, 1, 2].map(() => {
		const tcp = device.connect();
		tcp.send(bytesFor(head.slice(0, 1000)));
		return tcp;
	});
	const owner = device.connect();
	owner.send(bytesFor(device.get("/api/settings")));
	device.pass(4000);
	owner.send(bytesFor(body));
	for (let round = 0; round < 20; round++) {
		for (const table of tables) table.take(1000);
		device.pass(200);
	}
	if (owner.statuses !== "200 200 ") throw new Error(owner.statuses);
	const open = [...tables, ...others, owner, ...streams].filter(peer => !peer.closed).length;
	for (const peer of [...tables, ...others, owner]) peer.leave();
	for (const stream of streams) stream.reading = true;
	for (const stream of streams) stream.acknowledge();
	return open;
}

/** What a client sends is made before it counts. */
function bytesFor(sent: string): Uint8Array {
	const found = bytesOf.get(sent) ?? latin1(sent);
	bytesOf.set(sent, found);
	return found;
}

/** Once to warm up, and so that all that clients send is made; then what it takes. */
export function load(name: string): void {
	loads[name]!();
	for (let round = 0; round < 30; round++) {
		device.pass(2000);
		for (const stream of streams) stream.acknowledge();
	}
	tell(measure(loads[name]!));
}

/** The front of an image of `length` bytes, which zeros fill. */
function front(length: number): Uint8Array {
	const image = makeImage({ segments: [256, 64] });
	const second = 24 + 8 + 256;
	new DataView(image.buffer).setUint32(second + 4, length - 33 - (second + 8), true);
	return image.subarray(0, second + 8);
}

/** Bytes in flight, of which the socket's window is full. */
const zeros = new Uint8Array(window);

/** An image of `length` bytes, a multiple of 16, beside streams and readings. @returns The status of the response. */
function install(tcp: WindowTCP, length: number, head: Uint8Array, begin: Uint8Array): number {
	tcp.send(head);
	tcp.send(begin);
	for (let left = length - begin.byteLength; left > 0; left -= window) {
		tcp.send(left < window ? zeros.subarray(0, left) : zeros);
		live(50);
		for (let waits = 0; tcp.isFull && waits < 100; waits++) live(50);
	}
	device.pass(1000);
	return tcp.status;
}

/** So long that each sensor is read, and each stream told of it, ms. */
function live(ms: number): void {
	for (let left = ms; left > 0; left -= 50) {
		device.pass(50);
		for (const stream of streams) stream.acknowledge();
	}
}

/** Twice to warm up; then what readings and streams take by themselves, and what they take with the upload on an open connection. */
export function upload(length: number): void {
	const begin = front(length);
	const make = () => {
		const tcp = device.connect();
		const head = latin1(device.uploadHead(length, "0".repeat(64)));
		return () => install(tcp, length, head, begin);
	};
	for (let turn = 0; turn < 2; turn++) make()();
	live(20_000);
	const alone = measure(() => {
		live(4000);
		return 0;
	});
	tell([alone, measure(make())]);
}

export function names(): void {
	tell(Object.keys(loads));
}
