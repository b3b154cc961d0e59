/** What the device tells about itself by multicast: its address by name, and its web page as a service (RFC 6763). */

import { IN, isName, type Message, type Name, TOP_BIT, Type, Writer } from "./dns-message.js";
import { parseIPv4 } from "./ipv4.js";

const service = "_http._tcp.local";
const enumeration = "_services._dns-sd._udp.local";

/** Seconds that others may remember a record: those with an address in them, and the rest (RFC 6762, 10). */
const addressTtl = 120;
const otherTtl = 4500;

/** Of answers to those who know nothing of mDNS (RFC 6762, 6.7). */
const legacyTtl = 10;

export interface OwnRecord {
	readonly name: Name;
	readonly type: number;
	readonly ttl: number;
	/** Whether nobody else may have a record of this name. */
	readonly unique: boolean;
	readonly data: Uint8Array;
	/** Where the data have a name, at their end, which others may compress; -1 where they have none. */
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

/** @returns All of the device's records, seven; those for which it claims its names are the first and the third. */
export function ownRecords({ name, address, port, texts }: Identity): OwnRecord[] {
	const host = wire(`${name}.local`);
	const instance = wire(`${name}.${service}`);
	const web = wire(service);
	const reverse = wire(`${address.split(".").reverse().join(".")}.in-addr.arpa`);
	const text = new Writer(64);
	for (const entry of texts) text.text(entry);
	/** That there is no other kind of address: a bitmap of one byte with the bit of type 1 (RFC 6762, 6.1). */
	const kinds = new Writer(host.length + 3).bytes(host).u8(0).u8(1).u8(0x40).finish();
	const place = new Writer(host.length + 6).u32(0).u16(port).bytes(host).finish();
	const ip = new Writer(4).u32(parseIPv4(address)).finish();
	const pointer = { type: Type.PTR, ttl: otherTtl, unique: false, target: 0 };
	return [
		{ name: host, type: Type.A, ttl: addressTtl, unique: true, data: ip, target: -1 },
		{ name: host, type: Type.NSEC, ttl: addressTtl, unique: true, data: kinds, target: -1 },
		{ name: instance, type: Type.SRV, ttl: addressTtl, unique: true, data: place, target: 6 },
		{ name: instance, type: Type.TXT, ttl: otherTtl, unique: true, data: text.finish(), target: -1 },
		{ ...pointer, name: web, data: instance },
		{ ...pointer, name: wire(enumeration), data: web },
		{ ...pointer, name: reverse, data: host, unique: true },
	];
}

/** Whether the device's names are its own by this record. */
export function isClaim({ type }: OwnRecord): boolean {
	return type === Type.A || type === Type.SRV;
}

/**
 * Whether `own` answers the question that `message` is at: the record that says which types there are answers for all others
 * of addresses.
 */
export function isAsked(own: OwnRecord, { bytes, name, type, class: code }: Message): boolean {
	if (code !== IN && code !== 255) return false;
	const fits = type === own.type || type === Type.ANY || (type === Type.AAAA && own.type === Type.NSEC);
	return fits && isName(bytes, name, own.name);
}

/** Whether the record that `message` is at is of the name and type of `own`. */
export function isRival(own: OwnRecord, { bytes, name, type, class: code }: Message): boolean {
	return type === own.type && code === IN && isName(bytes, name, own.name);
}

/** Whether the record that `message` is at, of the same type, holds the same as `own`. */
export function hasSameData(own: OwnRecord, message: Message): boolean {
	const { bytes, data, length } = message;
	if (own.target < 0) return compareData(own, message) === 0;
	if (length <= own.target) return false;
	for (let at = 0; at < own.target; at++) if (bytes[data + at] !== own.data[at]) return false;
	return isName(bytes, data + own.target, own.data, own.target);
}

/** @returns Below 0, 0 or above: whether the data of `own` come before those of the record that `message` is at. */
export function compareData({ data: own }: OwnRecord, { bytes, data, length }: Message): number {
	const common = Math.min(own.length, length);
	for (let at = 0; at < common; at++) if (own[at] !== bytes[data + at]) return own[at]! - bytes[data + at]!;
	return own.length - length;
}

/** @param kind How it is meant: for those who know mDNS, for those who do not, as a claim, or as a farewell. */
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
