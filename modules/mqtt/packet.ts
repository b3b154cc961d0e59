/** Control packets of MQTT 3.1.1 (OASIS Standard, 29 October 2014) that a client sends. Numbers in comments are its sections. */

import type { Text } from "../platform/text.js";
import type { Message } from "./message.js";

/** Section 2.2.1. */
export const PacketType = Object.freeze(
	{ CONNECT: 1, CONNACK: 2, PUBLISH: 3, PUBACK: 4, SUBSCRIBE: 8, SUBACK: 9, PINGREQ: 12, PINGRESP: 13 },
	true,
);

/** Connect flags, section 3.1.2.3. */
const CLEAN_SESSION = 0x02;
const WILL = 0x04;
const WILL_QOS_1 = 0x08;
const WILL_RETAINED = 0x20;
const PASSWORD = 0x40;
const USER = 0x80;

/** Flags of PUBLISH, section 3.3.1. */
const RETAINED = 0x01;
const QOS_1 = 0x02;
const DUP = 0x08;

/** SUBSCRIBE has it always, section 3.8.1. */
const SUBSCRIBE_FLAGS = 0x02;

/** "MQTT" and the level of 3.1.1, sections 3.1.2.1 and 3.1.2.2. */
const protocol = Object.freeze([0, 4, 0x4d, 0x51, 0x54, 0x54, 4], true);

/** The will is kept by the broker, at QoS 1, and sent when the connection ends in whatever way but DISCONNECT. */
export interface ConnectFields {
	/** 1 to 24 characters. */
	readonly clientId: string;
	/** Time without a packet after which the broker ends the connection is half more, s; 1 to 65535. */
	readonly keepAlive: number;
	readonly will: { readonly topic: string; readonly payload: string };
	readonly credentials?: { readonly user: string; readonly password: string } | undefined;
}

export interface PublishFields extends Omit<Message, "payload"> {
	/** 1 to 65535; of QoS 1 alone. */
	readonly id: number;
}

/** One packet: its length is given, then its fields in order. */
class Writer {
	#bytes: Uint8Array;
	#at: number;

	/** @param remaining Bytes after the fixed header. @param later How many of them another buffer has. */
	constructor(header: number, remaining: number, later = 0) {
		const digits = remaining < 128 ? 1 : remaining < 16_384 ? 2 : remaining < 2_097_152 ? 3 : 4;
		this.#bytes = new Uint8Array(1 + digits + remaining - later);
		this.#bytes[0] = header;
		let left = remaining;
		for (let digit = 1; digit <= digits; digit++) {
			this.#bytes[digit] = (left & 0x7f) | (digit < digits ? 0x80 : 0);
			left >>= 7;
		}
		this.#at = 1 + digits;
	}

	u16(value: number): void {
		this.#bytes[this.#at++] = value >> 8;
		this.#bytes[this.#at++] = value & 0xff;
	}

	bytes(bytes: ArrayLike<number>): void {
		this.#bytes.set(bytes, this.#at);
		this.#at += bytes.length;
	}

	/** A string or data with its length, section 1.5.3. */
	field(bytes: Uint8Array): void {
		this.u16(bytes.byteLength);
		this.bytes(bytes);
	}

	finish(): Uint8Array {
		return this.#bytes;
	}
}

/** For a session that ends with the connection. */
export function connectPacket(text: Text, { clientId, keepAlive, will, credentials }: ConnectFields): Uint8Array {
	const strings = [clientId, will.topic, will.payload];
	if (credentials) strings.push(credentials.user, credentials.password);
	const encoded = strings.map(string => text.encode(string));
	const length = encoded.reduce((sum, { byteLength }) => sum + 2 + byteLength, protocol.length + 3);
	const writer = new Writer(PacketType.CONNECT << 4, length);
	writer.bytes(protocol);
	writer.bytes([CLEAN_SESSION | WILL | WILL_QOS_1 | WILL_RETAINED | (credentials ? USER | PASSWORD : 0)]);
	writer.u16(keepAlive);
	for (const bytes of encoded) writer.field(bytes);
	return writer.finish();
}

/** @param payload All of it; a number is the length of one whose bytes follow the packet. */
export function publishPacket(text: Text, fields: PublishFields, payload: Uint8Array | number): Uint8Array {
	const { qos, retained, dup, id } = fields;
	const topic = text.encode(fields.topic);
	const later = typeof payload === "number" ? payload : 0;
	const length = typeof payload === "number" ? payload : payload.byteLength;
	const flags = (retained ? RETAINED : 0) | (qos === 1 ? QOS_1 : 0) | (dup ? DUP : 0);
	const header = (PacketType.PUBLISH << 4) | flags;
	const writer = new Writer(header, 2 + topic.byteLength + 2 * qos + length, later);
	writer.field(topic);
	if (qos === 1) writer.u16(id);
	if (typeof payload !== "number") writer.bytes(payload);
	return writer.finish();
}

/** One topic, at QoS 0. */
export function subscribePacket(text: Text, id: number, topic: string): Uint8Array {
	const bytes = text.encode(topic);
	const writer = new Writer((PacketType.SUBSCRIBE << 4) | SUBSCRIBE_FLAGS, 2 + 2 + bytes.byteLength + 1);
	writer.u16(id);
	writer.field(bytes);
	writer.bytes([0]);
	return writer.finish();
}

export function pingPacket(): Uint8Array {
	return new Writer(PacketType.PINGREQ << 4, 0).finish();
}
