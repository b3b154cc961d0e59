/** What the device tells about itself by multicast: its address by name, and its web page as a service (RFC 6763). */

import { addressBytes, IN, type Resource, TOP_BIT, Type, Writer } from "./dns.js";

const service = "_http._tcp.local";
const enumeration = "_services._dns-sd._udp.local";

/** Seconds that others may remember a record: those with an address in them, and the rest (RFC 6762, 10). */
const addressTtl = 120;
const otherTtl = 4500;

/** Of answers to those who know nothing of mDNS (RFC 6762, 6.7). */
const legacyTtl = 10;

export interface OwnRecord {
	readonly name: string;
	/** `name` as a `Reader` has it. */
	readonly key: string;
	readonly type: number;
	readonly ttl: number;
	/** Whether nobody else may have a record of this name. */
	readonly unique: boolean;
	readonly data: Uint8Array;
	/** Of a pointer record, the name it points to, in lower case. */
	readonly target: string | undefined;
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

function record(name: string, type: number, ttl: number, unique: boolean, data: Uint8Array): OwnRecord {
	return { name, key: name.toLowerCase(), type, ttl, unique, data, target: undefined };
}

function pointer(name: string, target: string, unique: boolean): OwnRecord {
	const data = new Writer().name(target).finish();
	return { ...record(name, Type.PTR, otherTtl, unique, data), target: target.toLowerCase() };
}

/** @returns All of the device's records. */
export function ownRecords({ name, address, port, texts }: Identity): OwnRecord[] {
	const host = `${name}.local`;
	const instance = `${name}.${service}`;
	const text = new Writer();
	for (const entry of texts) text.text(entry);
	const reverse = `${address.split(".").reverse().join(".")}.in-addr.arpa`;
	return [
		record(host, Type.A, addressTtl, true, new Writer().bytes(addressBytes(address)).finish()),
		// That there is no other kind of address: a bitmap of one byte with the bit of type 1 (RFC 6762, 6.1).
		record(host, Type.NSEC, addressTtl, true, new Writer().name(host).u8(0).u8(1).u8(0x40).finish()),
		record(instance, Type.SRV, addressTtl, true, new Writer().u16(0).u16(0).u16(port).name(host).finish()),
		record(instance, Type.TXT, otherTtl, true, text.finish()),
		pointer(service, instance, false),
		pointer(enumeration, service, false),
		pointer(reverse, host, true),
	];
}

/** Whether `own` answers a question for `type`: the record that says which types there are answers for all others of addresses. */
export function answers(own: OwnRecord, name: string, type: number): boolean {
	if (own.key !== name) return false;
	return own.type === type || type === Type.ANY || (own.type === Type.NSEC && type === Type.AAAA);
}

/** Whether two records hold the same. */
export function same(own: OwnRecord, other: Resource): boolean {
	if (own.type !== other.type || own.key !== other.name) return false;
	return own.target === undefined ? compare(own.data, other.data) === 0 : own.target === other.target;
}

/** @returns Below 0, 0 or above: which bytes come first. */
export function compare(one: Uint8Array, other: Uint8Array): number {
	const length = Math.min(one.length, other.length);
	for (let at = 0; at < length; at++) if (one[at] !== other[at]) return one[at]! - other[at]!;
	return one.length - other.length;
}

/** @param kind How it is meant: for those who know mDNS, for those who do not, as a claim, or as a farewell. */
export function writeRecord(writer: Writer, own: OwnRecord, kind: "multicast" | "legacy" | "claim" | "farewell"): void {
	const flush = own.unique && (kind === "multicast" || kind === "farewell");
	const ttl = kind === "farewell" ? 0 : kind === "legacy" ? Math.min(own.ttl, legacyTtl) : own.ttl;
	writer
		.name(own.name)
		.u16(own.type)
		.u16(flush ? IN | TOP_BIT : IN)
		.u32(ttl)
		.u16(own.data.length)
		.bytes(own.data);
}
