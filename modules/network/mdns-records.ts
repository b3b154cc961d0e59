/** The device's mDNS records: its address by name, and its web page as a service (RFC 6763). */

import { IN, isName, type Message, type Name, TOP_BIT, Type, Writer } from "./dns-message.js";
import { parseIPv4 } from "./ipv4.js";

const service = "_http._tcp.local";
const enumeration = "_services._dns-sd._udp.local";

/** Time to live of records with an address or host name, and of others, s (RFC 6762, 10). */
const addressTtl = 120;
const otherTtl = 4500;

/** Time to live for resolvers without mDNS, s (RFC 6762, 6.7). */
const legacyTtl = 10;

export interface OwnRecord {
	readonly name: Name;
	readonly type: number;
	readonly ttl: number;
	/** Whether the device alone may have records of this name. */
	readonly unique: boolean;
	readonly data: Uint8Array;
	/** Offset of the name at the end of the data, which others may compress; -1 without one. */
	readonly target: number;
}

export interface Identity {
	/** Without `.local`; also the service's name. */
	name: string;
	/** IPv4. */
	address: string;
	/** Of the HTTP server. */
	port: number;
	/** Entries of the service's text, `key=value`. */
	texts: readonly string[];
}

function wire(name: string): Name {
	return new Writer(name.length + 2).name(name).finish();
}

/** @returns All seven records of the device. It claims its names by the first and the third. */
export function ownRecords({ name, address, port, texts }: Identity): OwnRecord[] {
	const host = wire(`${name}.local`);
	const instance = wire(`${name}.${service}`);
	const web = wire(service);
	const reverse = wire(`${address.split(".").reverse().join(".")}.in-addr.arpa`);
	const text = new Writer(64);
	for (const entry of texts) text.text(entry);
	/** Only addresses of type A exist: a bitmap of one byte with the bit of type 1 (RFC 6762, 6.1). */
	const kinds = new Writer(host.length + 3).bytes(host).u8(0).u8(1).u8(0x40).finish();
	const location = new Writer(host.length + 6).u32(0).u16(port).bytes(host).finish();
	const ip = new Writer(4).u32(parseIPv4(address)).finish();
	const pointer = { type: Type.PTR, ttl: otherTtl, unique: false, target: 0 };
	return [
		{ name: host, type: Type.A, ttl: addressTtl, unique: true, data: ip, target: -1 },
		{ name: host, type: Type.NSEC, ttl: addressTtl, unique: true, data: kinds, target: -1 },
		{ name: instance, type: Type.SRV, ttl: addressTtl, unique: true, data: location, target: 6 },
		{ name: instance, type: Type.TXT, ttl: otherTtl, unique: true, data: text.finish(), target: -1 },
		{ ...pointer, name: web, data: instance },
		{ ...pointer, name: wire(enumeration), data: web },
		{ ...pointer, name: reverse, data: host, unique: true },
	];
}

/** Whether the device claims a name by this record. */
export function isClaim({ type }: OwnRecord): boolean {
	return type === Type.A || type === Type.SRV;
}

/**
 * Whether the question that `message` is at asks for `own`. A question for an IPv6 address gets the record that denies it.
 */
export function isAsked(own: OwnRecord, { bytes, name, type, class: code }: Message): boolean {
	if (code !== IN && code !== 255) return false;
	const fits = type === own.type || type === Type.ANY || (type === Type.AAAA && own.type === Type.NSEC);
	return fits && isName(bytes, name, own.name);
}

/** Whether the record that `message` is at has the name and type of `own`. */
export function isRival(own: OwnRecord, { bytes, name, type, class: code }: Message): boolean {
	return type === own.type && code === IN && isName(bytes, name, own.name);
}

/** Whether the record that `message` is at, of the same type, has the data of `own`. */
export function hasSameData(own: OwnRecord, message: Message): boolean {
	const { bytes, data, length } = message;
	if (own.target < 0) return compareData(own, message) === 0;
	if (length <= own.target) return false;
	for (let at = 0; at < own.target; at++) if (bytes[data + at] !== own.data[at]) return false;
	return isName(bytes, data + own.target, own.data, own.target);
}

/** @returns Below 0, 0 or above 0 as the data of `own` sort before, with or after those of the record that `message` is at (8.2). */
export function compareData({ data: own }: OwnRecord, { bytes, data, length }: Message): number {
	const common = Math.min(own.length, length);
	for (let at = 0; at < common; at++) if (own[at] !== bytes[data + at]) return own[at]! - bytes[data + at]!;
	return own.length - length;
}

/** @param kind `legacy`: for resolvers without mDNS; `claim`: in a probe; `farewell`: the record is withdrawn. */
export function writeRecord(writer: Writer, own: OwnRecord, kind: "multicast" | "legacy" | "claim" | "farewell"): void {
	const flush = own.unique && (kind === "multicast" || kind === "farewell");
	const ttl = kind === "farewell" ? 0 : kind === "legacy" ? Math.min(own.ttl, legacyTtl) : own.ttl;
	writer
		.bytes(own.name)
		.u16(own.type)
		.u16(flush ? IN | TOP_BIT : IN)
		.u32(ttl)
		.u16(own.data.length)
		.bytes(own.data);
}
