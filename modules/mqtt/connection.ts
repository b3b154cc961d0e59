/** One connection to a broker, from the first packet to the end. */

import type { Clock, Timer } from "../platform/clock.js";
import type { TCP, TCPClientConstructor } from "../platform/io.js";
import type { Text } from "../platform/text.js";
import type { LongPayload, Outbox } from "./message.js";
import { type ConnectFields, connectPacket, PacketType, pingPacket, publishPacket, subscribePacket } from "./packet.js";
import { type PacketHandler, PacketReader } from "./packet-reader.js";

/** Why there is no connection. `refused` is the network's word, `rejected` and `wrong-password` are the broker's. */
export type ConnectionFailure = "refused" | "timeout" | "wrong-password" | "rejected" | "malformed" | "closed";

export interface Timing {
	/** From a ping to the next, ms. The broker takes the device for gone after three times that. */
	readonly pingMs: number;
	/** Whatever is awaited has failed after so long without progress, ms. */
	readonly responseMs: number;
}

/** What the connections to one broker have in common. */
export interface ConnectionOptions extends Omit<ConnectFields, "keepAlive">, Timing {
	clock: Clock;
	text: Text;
	TCP: TCPClientConstructor;
	/** 1 to 65535. */
	port: number;
	/** The topic to subscribe to; `undefined` for none. */
	topic: string | undefined;
	outbox: Outbox;
}

export interface ConnectionOwner {
	/** The broker has accepted the connection. */
	onConnected(): void;
	/** A ping was responded to: the connection works. */
	onAlive(): void;
	/** A message has left. */
	onSent(): void;
	/** The connection is closed. */
	onEnd(failure: ConnectionFailure): void;
}

/** What is awaited from the broker, a bit each. */
const Awaited = Object.freeze({ CONNACK: 1, SUBACK: 2, PUBACK: 4, PINGRESP: 8 }, true);

/** Of CONNACK, section 3.2.2.3: bad user name or password, and not authorized, which Mosquitto says of both. */
const badCredentials = 4;
const notAuthorized = 5;

/** The packet identifier of SUBSCRIBE; those of PUBLISH follow. */
const subscriptionId = 1;

export class BrokerConnection implements PacketHandler {
	#options: ConnectionOptions;
	#owner: ConnectionOwner;
	/** `undefined` once it is closed. */
	#socket: TCP | undefined;
	#reader = new PacketReader();
	/** Bytes that the socket takes now. */
	#writable = 0;
	/** What of a packet is still to be written, and the rest of its payload. */
	#bytes: Uint8Array | undefined;
	#payload: LongPayload | undefined;
	#isPublishing = false;
	/** Whether TCP's connection is up, and whether the broker has accepted. */
	#isOpen = false;
	#isUp = false;
	#subscribes: boolean;
	#pings = false;
	#awaited: number = Awaited.CONNACK;
	/** Of the newest PUBLISH of QoS 1. */
	#id = subscriptionId;
	#deadline: Timer | undefined;
	#pinger: Timer | undefined;

	/** @throws {Error} As of `TCPClientConstructor`. */
	constructor(options: ConnectionOptions, owner: ConnectionOwner, address: string) {
		const { text, TCP, port, pingMs, topic } = options;
		this.#options = options;
		this.#owner = owner;
		this.#subscribes = topic !== undefined;
		this.#bytes = connectPacket(text, { ...options, keepAlive: Math.ceil((2 * pingMs) / 1000) });
		this.#socket = new TCP({ address, port, target: this, onReadable, onWritable, onError });
		this.#watch();
	}

	/** Sends what is due, as far as the socket takes it. */
	send(): void {
		try {
			this.#pump();
		} catch {
			// The peer has gone.
			this.fail();
		}
		this.#watch();
	}

	/** For the socket's callback. */
	resume(writable: number): void {
		// What the network takes shows nothing of the broker, but that a long payload goes on.
		if (!this.#isOpen || this.#payload) this.#progress();
		this.#isOpen = true;
		this.#writable = writable;
		this.send();
	}

	/** For the socket's callback. */
	receive(): void {
		const awaited = this.#awaited;
		let allowed = true;
		try {
			const buffer = this.#socket?.read();
			if (buffer) allowed = this.#reader.push(new Uint8Array(buffer), this);
		} catch {
			this.fail();
		}
		if (!allowed) this.#end("malformed");
		// What nothing awaits, or half a packet, is no progress: otherwise single bytes would hold the connection for ever.
		if ((awaited & ~this.#awaited) !== 0) this.#progress();
		this.send();
	}

	/** For the socket's callback. */
	fail(): void {
		this.#end(this.#isOpen ? "closed" : "refused");
	}

	onPacket(type: number, flags: number, body: Uint8Array): boolean {
		if (!this.#take(type, flags, body)) this.#end("malformed");
		return this.#socket !== undefined;
	}

	/** Ends at once, so that the broker sends the will. May be called twice; no callback follows. */
	close(): void {
		const { clock } = this.#options;
		clock.clear(this.#deadline);
		clock.clear(this.#pinger);
		this.#socket?.close();
		this.#socket = undefined;
	}

	#end(failure: ConnectionFailure): void {
		if (!this.#socket) return;
		this.close();
		this.#owner.onEnd(failure);
	}

	/** @returns Whether the packet is one that may come now. */
	#take(type: number, flags: number, body: Uint8Array): boolean {
		if (type === PacketType.CONNACK) return this.#accept(body);
		if (!this.#isUp) return false;
		const { byteLength } = body;
		switch (type) {
			case PacketType.PUBLISH:
				return this.#takeMessage(flags, body);
			case PacketType.SUBACK:
				this.#awaited &= ~Awaited.SUBACK;
				return byteLength === 3;
			case PacketType.PINGRESP:
				this.#awaited &= ~Awaited.PINGRESP;
				this.#owner.onAlive();
				return byteLength === 0;
			default:
				return byteLength === 2 && this.#acknowledge((body[0]! << 8) | body[1]!);
		}
	}

	/** @returns Whether a CONNACK may come, and be so. */
	#accept(body: Uint8Array): boolean {
		const code = body[1];
		if (this.#isUp || body.byteLength !== 2) return false;
		if (code === badCredentials || code === notAuthorized) this.#end("wrong-password");
		else if (code !== 0) this.#end("rejected");
		else {
			const { clock, pingMs, outbox } = this.#options;
			this.#isUp = true;
			this.#awaited = 0;
			this.#pinger = clock.repeat(() => this.#ping(), pingMs);
			outbox.onConnected();
			this.#owner.onConnected();
		}
		return true;
	}

	#acknowledge(id: number): boolean {
		if (!(this.#awaited & Awaited.PUBACK) || id !== this.#id) return false;
		this.#awaited &= ~Awaited.PUBACK;
		this.#options.outbox.onAcknowledged();
		return true;
	}

	/** A message of another topic than that subscribed to is ignored. */
	#takeMessage(flags: number, body: Uint8Array): boolean {
		const { text, topic, outbox } = this.#options;
		const begin = 2 + ((body[0]! << 8) | body[1]!);
		if (body.byteLength < 2 || begin > body.byteLength) return false;
		const expected = text.encode(topic ?? "");
		if (expected.byteLength !== begin - 2 || expected.some((byte, at) => byte !== body[2 + at])) return true;
		outbox.onMessage(body.subarray(begin), (flags & 1) === 1);
		return true;
	}

	#ping(): void {
		this.#pings = true;
		this.send();
	}

	#pump(): void {
		while (this.#socket && this.#writable > 0) {
			this.#bytes ??= this.#next();
			if (!this.#bytes) return;
			const bytes = this.#bytes;
			const taken = Math.min(bytes.byteLength, this.#writable);
			const writable = this.#socket.write(bytes.subarray(0, taken));
			// `undefined`: the error is on its way.
			this.#writable = writable ?? 0;
			if (writable === undefined) return;
			this.#bytes = taken < bytes.byteLength ? bytes.subarray(taken) : undefined;
		}
	}

	/** @returns The next bytes to be written: the rest of a message first. */
	#next(): Uint8Array | undefined {
		const piece = this.#payload?.next();
		if (piece) return piece;
		this.#payload = undefined;
		if (this.#isPublishing) this.#owner.onSent();
		this.#isPublishing = false;
		if (!this.#isUp) return undefined;
		const { text, topic } = this.#options;
		if (this.#subscribes) {
			this.#subscribes = false;
			this.#awaited |= Awaited.SUBACK;
			return subscribePacket(text, subscriptionId, topic!);
		}
		if (this.#pings) {
			this.#pings = false;
			this.#awaited |= Awaited.PINGRESP;
			return pingPacket();
		}
		return this.#awaited & Awaited.PUBACK ? undefined : this.#publish();
	}

	#publish(): Uint8Array | undefined {
		const { text, outbox } = this.#options;
		const message = outbox.next();
		if (!message) return undefined;
		const { payload } = message;
		this.#isPublishing = true;
		if (message.qos === 1) {
			this.#id = this.#id < 0xffff ? this.#id + 1 : subscriptionId + 1;
			this.#awaited |= Awaited.PUBACK;
		}
		const fields = { ...message, id: this.#id };
		if (payload instanceof Uint8Array) return publishPacket(text, fields, payload);
		this.#payload = payload;
		return publishPacket(text, fields, payload.byteLength);
	}

	/** Something moved: the time limit begins anew. */
	#progress(): void {
		this.#options.clock.clear(this.#deadline);
		this.#deadline = undefined;
	}

	/** Keeps a time limit exactly while something is awaited from the broker. */
	#watch(): void {
		const { clock, responseMs } = this.#options;
		const isAwaiting = this.#awaited !== 0 || this.#bytes !== undefined || this.#pings;
		if (!this.#socket || !isAwaiting) this.#progress();
		else this.#deadline ??= clock.set(() => this.#end("timeout"), responseMs);
	}
}

function onReadable(this: TCP): void {
	(this.target as BrokerConnection).receive();
}

function onWritable(this: TCP, writable: number): void {
	(this.target as BrokerConnection).resume(writable);
}

function onError(this: TCP): void {
	(this.target as BrokerConnection).fail();
}
