// A broker in memory for tests of time: it takes the packets apart by itself, as the standard has them.

import { equal, ok } from "node:assert/strict";
import { FakeClock } from "../fakes/clock.js";
import { numbers } from "../fakes/random.js";
import { FakeNetwork, type Peer } from "../fakes/sockets.js";
import { latin1, text } from "../fakes/text.js";

export interface Packet {
	readonly type: number;
	readonly flags: number;
	/** A character a byte. */
	readonly body: string;
}

export interface Published {
	readonly topic: string;
	readonly payload: string;
	readonly qos: number;
	readonly retained: boolean;
	readonly dup: boolean;
	readonly id: number;
}

const u16 = (bytes: string, at: number) => (bytes.charCodeAt(at) << 8) | bytes.charCodeAt(at + 1);
const decoded = (bytes: string) => text.decode(latin1(bytes));

/** @returns The whole packets at the beginning of `bytes`, and what is left. */
export function packetsOf(bytes: string): { packets: Packet[]; rest: string } {
	const packets: Packet[] = [];
	let rest = bytes;
	for (;;) {
		let length = 0;
		let at = 1;
		for (let scale = 1; ; scale *= 128) {
			if (at >= rest.length) return { packets, rest };
			const digit = rest.charCodeAt(at++);
			length += (digit & 0x7f) * scale;
			if (digit < 0x80) break;
		}
		if (rest.length < at + length) return { packets, rest };
		const header = rest.charCodeAt(0);
		packets.push({ type: header >> 4, flags: header & 0x0f, body: rest.slice(at, at + length) });
		rest = rest.slice(at + length);
	}
}

export function publishedOf({ type, flags, body }: Packet): Published {
	equal(type, 3);
	const topicEnd = 2 + u16(body, 0);
	const qos = (flags >> 1) & 3;
	ok(qos < 2);
	return {
		topic: decoded(body.slice(2, topicEnd)),
		payload: decoded(body.slice(topicEnd + 2 * qos)),
		qos,
		retained: (flags & 1) === 1,
		dup: (flags & 8) === 8,
		id: qos === 0 ? 0 : u16(body, topicEnd),
	};
}

/** How the broker behaves; a test changes it as it goes. */
export type Mood = "well" | "refuses" | "no response" | "accepts, then silent" | "no acknowledgement";

export class FakeBroker {
	readonly clock = new FakeClock();
	readonly network: FakeNetwork;
	readonly random = numbers(1);
	/** Looks all names up but `nowhere`. */
	readonly resolve = (name: string, onResolved: (address: string | undefined) => void) => {
		this.lookups.push(name);
		this.clock.set(() => onResolved(name === "nowhere" ? undefined : "192.0.2.7"), 1);
	};
	readonly lookups: string[] = [];
	readonly lines: string[] = [];
	mood: Mood = "well";
	/** The code of CONNACK. */
	code = 0;
	/** What is sent in place of CONNACK. */
	connack: readonly number[] | undefined;
	/** All messages, in order. */
	readonly messages: Published[] = [];
	/** What is kept, by topic. */
	readonly kept = new Map<string, string>();
	readonly connects: string[] = [];
	readonly subscriptions: string[] = [];
	pings = 0;
	peer: Peer | undefined;
	#rest = "";
	#will: readonly [topic: string, payload: string] | undefined;

	constructor({ sendBuffer = 5744 } = {}) {
		this.network = new FakeNetwork({ sendBuffer });
		this.network.onDial = peer => {
			this.peer = peer;
			this.#rest = "";
			this.#will = undefined;
			if (this.mood === "refuses") return false;
			return this.mood === "no response" ? undefined : true;
		};
	}

	/** Options of a client at this broker. */
	get options() {
		const { clock, network, resolve, random, lines } = this;
		return {
			clock,
			text,
			TCP: network.TCP,
			resolve,
			random,
			log: (line: string) => void lines.push(line),
			host: "broker.local",
			port: 1883,
			pingMs: 15_000,
			responseMs: 10_000,
		};
	}

	/** Moves time, in steps in which both sides respond. */
	advance(ms: number, stepMs = 100): void {
		for (let left = ms; left > 0; left -= stepMs) {
			this.clock.advance(Math.min(stepMs, left));
			this.settle();
		}
	}

	/** Lets both sides work until nothing moves. */
	settle(): void {
		for (;;) {
			this.network.settle();
			const received = this.peer?.take() ?? "";
			if (received === "") return;
			const { packets, rest } = packetsOf(this.#rest + received);
			this.#rest = rest;
			for (const packet of packets) this.#take(packet);
		}
	}

	/** Ends the connection as a broker that stops does. */
	drop(): void {
		const { peer } = this;
		this.peer = undefined;
		this.#leave();
		peer?.close();
	}

	/** Notices that the device has closed the connection. */
	get hasEnded(): boolean {
		const ended = this.peer !== undefined && this.peer.closed !== "no";
		if (ended) this.#leave();
		return ended;
	}

	send(bytes: readonly number[] | Uint8Array): void {
		this.peer?.send(Uint8Array.from(bytes));
		this.settle();
	}

	/** Sends a message of the subscription. */
	publish(topic: string, payload: string, flags = 0): void {
		const bytes = text.encode(topic);
		const body = [0, bytes.byteLength, ...bytes, ...text.encode(payload)];
		ok(body.length < 128);
		this.send([0x30 | flags, body.length, ...body]);
	}

	#leave(): void {
		if (this.#will) this.kept.set(...this.#will);
		this.#will = undefined;
	}

	#take(packet: Packet): void {
		const { type, body } = packet;
		if (type === 1) this.#connect(body);
		else if (type === 3) this.#publish(publishedOf(packet));
		else if (type === 8) {
			this.subscriptions.push(decoded(body.slice(4, -1)));
			if (this.mood !== "accepts, then silent") this.peer?.send(new Uint8Array([0x90, 3, 0, u16(body, 0), 0]));
		} else {
			equal(type, 12);
			this.pings++;
			if (this.mood !== "accepts, then silent") this.peer?.send(new Uint8Array([0xd0, 0]));
		}
	}

	#connect(body: string): void {
		this.connects.push(body);
		const fields: string[] = [];
		for (let at = 10; at < body.length; ) {
			const length = u16(body, at);
			fields.push(decoded(body.slice(at + 2, at + 2 + length)));
			at += 2 + length;
		}
		this.#will = [fields[1]!, fields[2]!];
		this.peer?.send(Uint8Array.from(this.connack ?? [0x20, 2, 0, this.code]));
	}

	#publish(message: Published): void {
		this.messages.push(message);
		if (message.retained && message.payload === "") this.kept.delete(message.topic);
		else if (message.retained) this.kept.set(message.topic, message.payload);
		const acknowledges = message.qos === 1 && (this.mood === "well" || this.mood === "refuses");
		if (acknowledges) this.peer?.send(new Uint8Array([0x40, 2, message.id >> 8, message.id & 0xff]));
	}
}

/** @returns The topics of the messages since the last call. */
export function topicsOf(broker: FakeBroker): string[] {
	return broker.messages.splice(0).map(({ topic }) => topic);
}
