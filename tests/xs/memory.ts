// What a device of the largest settings takes at most for one row of the hostile table, and for what many clients do at once. Run on
// XS with next to no free memory, so that all that is in use at once is seen as growth.

import { latin1 } from "../fakes/text.js";
import { guest, HostileDevice, type Kind, neighbour } from "../hostile/device.js";
import type { Row } from "../hostile/rows.js";
import type { WindowTCP } from "../hostile/sockets.js";
import { rows } from "../hostile/table.js";

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
	/** Of the answer; 0 without one. */
	status: number;
}

const MB = 1024 * 1024;
const STACK = 768;
let device: HostileDevice;
let streams: WindowTCP[] = [];

/** Nothing is free but steps of these: 16 slots, 256 bytes. */
function rest(): void {
	gc();
	seal(0, 0, STACK, 16, 256, MB);
}

function measure(run: () => number): Measured {
	gc();
	const before = bytes();
	const known = keys();
	rest();
	const status = run();
	const peak = taken();
	gc();
	return { peak, kept: bytes() - before, keys: keys() - known, status };
}

/** Makes the device, with as many streams as there may be. */
export function begin(kind: Kind): void {
	device = new HostileDevice(kind);
	if (kind === "open") streams = Array.from({ length: 8 }, () => device.stream());
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

export function row(name: string): void {
	const found = rows.find(one => one.name === name)!;
	const run = found.request ? ask(found) : say(found);
	tell(measure(run));
}
