// Good and hostile requests and datagrams, changed by chance, to a device with the chip's memory. Run on XS by tools/xs/fuzz.mjs.

import { choices } from "../fakes/random.js";
import { latin1 } from "../fakes/text.js";
import { guest, HostileDevice, type Kind, neighbour } from "../hostile/device.js";
import type { Row } from "../hostile/rows.js";
import type { WindowTCP } from "../hostile/sockets.js";
import { rows } from "../hostile/table.js";

declare const gc: () => void;
declare const bytes: () => number;
declare const keys: () => number;
declare const tell: (result: unknown) => void;
/** Of tools/xs/prelude.js: what is sent next, for who is told that the engine has ended. */
declare const ask: (message: Uint8Array) => Uint8Array;

export interface Fuzzed {
	/** Answers by status; 0 where there was none. */
	statuses: Record<string, number>;
	/** Bytes that the heap keeps, and names that the engine knows. */
	heap: number;
	keys: number;
}

/** As many as are sent between two good requests. */
const ROUND = 20;
/** Clients that stay at once. */
const MOST_LEFT = 3;
/** The longest that is changed, bytes: clients share the engine's memory, and what they send longer is not the device's to hold. */
const LONGEST = 8192;
const good = ["/", "/api/readings", "/api/device", "/api/history?span=24h", "/metrics", "/api/settings", "/setup"];

let device: HostileDevice;
let below: (limit: number) => number;
let own: readonly { row: Row; sent: Uint8Array }[];
/** Clients that have not gone yet: what they hold of memory is not the device's. */
let left: WindowTCP[] = [];

export function begin(kind: Kind, seed: number): void {
	device = new HostileDevice(kind);
	below = choices(seed);
	const requests = good.map(
		(target): Row => ({ name: target, of: "good", device: kind, most: 0, request: one => one.get(target) }),
	);
	own = [...requests, ...rows.filter(row => row.device === kind)]
		.map(row => ({ row, sent: row.request ? latin1(row.request(device)) : row.datagram!.bytes() }))
		.filter(({ sent }) => sent.byteLength <= LONGEST);
	tell(own.length);
}

/** @returns `sent` with a few bytes changed, left out, doubled or moved. */
function mutated(sent: Uint8Array): Uint8Array {
	let bytes = sent.slice();
	for (let count = 1 + below(4); count > 0 && bytes.byteLength > 0; count--) {
		const at = below(bytes.byteLength);
		const length = Math.min(1 + below(below(8) === 0 ? 600 : 8), bytes.byteLength - at);
		const kind = below(5);
		if (kind === 0) bytes[at] = below(256);
		else if (kind === 1) bytes.copyWithin(at, at + length);
		else if (kind === 2) bytes.copyWithin(below(bytes.byteLength), at, at + length);
		else if (kind === 3) bytes.fill(bytes[at]!, at, at + length);
		else bytes = bytes.slice(0, at + 1);
	}
	return bytes;
}

function say({ datagram }: Row, sent: Uint8Array): number {
	device.datagrams.arrive(datagram!.port, sent, device.kind === "setup" ? guest : neighbour, 5353);
	device.datagrams.take();
	return 0;
}

/** Often in two pieces; mostly the client leaves at once, and else when its time is over. */
function send(sent: Uint8Array): number {
	const tcp = device.connect();
	tcp.reading = below(4) > 0;
	const cut = below(2) === 0 ? below(sent.byteLength + 1) : sent.byteLength;
	tcp.send(sent.subarray(0, cut));
	if (cut < sent.byteLength) tcp.send(sent.subarray(cut));
	const { status } = tcp;
	if (below(4) > 0) tcp.leave();
	else left.push(tcp);
	if (left.length > MOST_LEFT) left.shift()?.leave();
	return status;
}

/** @throws {Error} A good request is not answered. */
function check(): void {
	const target = good[below(good.length)]!;
	const tcp = device.connect();
	tcp.send(latin1(device.get(target)));
	const expected = device.kind === "private" && target !== "/setup" ? [302, 401] : [200];
	if (!expected.includes(tcp.status)) throw new Error(`${target}: ${tcp.status}`);
	tcp.leave();
}

/** Sends `count` of them. */
export function run(count: number): void {
	const statuses: Record<string, number> = {};
	for (let at = 0; at < count; at++) {
		const { row, sent } = own[below(own.length)]!;
		const changed = mutated(sent);
		ask(changed);
		const status = row.request ? send(changed) : say(row, changed);
		statuses[status] = (statuses[status] ?? 0) + 1;
		if (at % ROUND === 0) {
			device.pass(500);
			check();
		}
	}
	for (const tcp of left) tcp.leave();
	left = [];
	for (let second = 0; second < 12; second++) device.pass(1000);
	gc();
	tell({ statuses, heap: bytes(), keys: keys() } satisfies Fuzzed);
}
