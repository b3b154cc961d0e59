/** The device's mDNS records: its address by name, and its web page as a service of two types (RFC 6763). */

import { IN, isName, type Message, type Name, TOP_BIT, Type, Writer } from "./dns-message.js";
import { parseIPv4 } from "./ipv4.js";

const web = "_http._tcp.local";
/** What devices of this program are found by, and nothing else is. */
export const gauges = "_dht-gauges._tcp.local";
const enumeration = "_services._dns-sd._udp.local";

/** Time to live of records with an address or host name, and of others, s (RFC 6762, 10). */
const addressTtl = 120;
const otherTtl = 4500;

/** Time to live for resolvers without mDNS, s (RFC 6762, 6.7). */
const legacyTtl = 10;

/** What records have in common. */
interface Kind {
	readonly type: number;
	readonly ttl: number;
	/** Whether the device alone may have records of this name. */
	readonly unique: boolean;
	/** Offset of the name at the end of the data, which others may compress; -1 without one. */
	readonly target: number;
}

const kinds = Object.freeze(
	{
		address: { type: Type.A, ttl: addressTtl, unique: true, target: -1 },
		denial: { type: Type.NSEC, ttl: addressTtl, unique: true, target: -1 },
		location: { type: Type.SRV, ttl: addressTtl, unique: true, target: 6 },
		text: { type: Type.TXT, ttl: otherTtl, unique: true, target: -1 },
		shared: { type: Type.PTR, ttl: otherTtl, unique: false, target: 0 },
		reverse: { type: Type.PTR, ttl: otherTtl, unique: true, target: 0 },
	} as const satisfies Record<string, Kind>,
	true,
);

export interface OwnRecord {
	readonly kind: Kind;
	readonly name: Name;
	/** Where it is the name of another record, the same object. */
	readonly data: Uint8Array;
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

/** @param name Labels joined by dots, without the root's. */
export function wire(name: string): Name {
	return new Writer(name.length + 2).name(name).finish();
}

/** @returns All eleven records of the device: its address first, and last the pointer to the type of service that only devices of this program are. */
export function ownRecords({ name, address, port, texts }: Identity): OwnRecord[] {
	const host = wire(`${name}.local`);
	const reverse = wire(`${address.split(".").reverse().join(".")}.in-addr.arpa`);
	const services = wire(enumeration);
	const text = new Writer(64);
	for (const entry of texts) text.text(entry);
	const data = text.finish();
	/** Only addresses of type A exist: a bitmap of one byte with the bit of type 1 (RFC 6762, 6.1). */
	const types = new Writer(host.length + 3).bytes(host).u8(0).u8(1).u8(0x40).finish();
	const location = new Writer(host.length + 6).u32(0).u16(port).bytes(host).finish();
	const ip = new Writer(4).u32(parseIPv4(address)).finish();
	const records: OwnRecord[] = [
		{ kind: kinds.address, name: host, data: ip },
		{ kind: kinds.denial, name: host, data: types },
		{ kind: kinds.reverse, name: reverse, data: host },
	];
	for (const type of [web, gauges]) {
		const service = wire(type);
		const instance = wire(`${name}.${type}`);
		records.push(
			{ kind: kinds.location, name: instance, data: location },
			{ kind: kinds.text, name: instance, data },
			{ kind: kinds.shared, name: service, data: instance },
			{ kind: kinds.shared, name: services, data: service },
		);
	}
	return packed(records);
}

/** @returns The records with all their bytes in one buffer: each of its own would take 50 bytes more. */
function packed(records: readonly OwnRecord[]): OwnRecord[] {
	const views = new Map<Uint8Array, Uint8Array>();
	const all = records.flatMap(({ name, data }) => [name, data]);
	const block = new Uint8Array([...new Set(all)].reduce((sum, { length }) => sum + length, 0));
	let end = 0;
	const packed = (bytes: Uint8Array): Uint8Array => {
		const view = views.get(bytes) ?? block.subarray(end, end + bytes.length);
		if (!views.has(bytes)) {
			views.set(bytes, view);
			view.set(bytes);
			end += bytes.length;
		}
		return view;
	};
	return records.map(({ kind, name, data }) => ({ kind, name: packed(name), data: packed(data) }));
}

/** Whether the device claims a name by this record. */
export function isClaim({ kind: { type } }: OwnRecord): boolean {
	return type === Type.A || type === Type.SRV;
}

/**
 * Whether the question that `message` is at asks for `own`. A question for an IPv6 address gets the record that denies it.
 */
export function isAsked(own: OwnRecord, { bytes, name, type, class: code }: Message): boolean {
	if (code !== IN && code !== 255) return false;
	const fits = type === own.kind.type || type === Type.ANY || (type === Type.AAAA && own.kind.type === Type.NSEC);
	return fits && isName(bytes, name, own.name);
}

/** Whether the record that `message` is at has the name and type of `own`. */
export function isRival(own: OwnRecord, { bytes, name, type, class: code }: Message): boolean {
	return type === own.kind.type && code === IN && isName(bytes, name, own.name);
}

/** Whether the record that `message` is at, of the same type, has the data of `own`. */
export function hasSameData(own: OwnRecord, message: Message): boolean {
	const { bytes, data, length } = message;
	const { target } = own.kind;
	if (target < 0) return compareData(own, message) === 0;
	if (length <= target) return false;
	for (let at = 0; at < target; at++) if (bytes[data + at] !== own.data[at]) return false;
	return isName(bytes, data + target, own.data, target);
}

/** @returns Below 0, 0 or above 0 as the data of `own` sort before, with or after those of the record that `message` is at (8.2). */
export function compareData({ data: own }: OwnRecord, { bytes, data, length }: Message): number {
	const common = Math.min(own.length, length);
	for (let at = 0; at < common; at++) if (own[at] !== bytes[data + at]) return own[at]! - bytes[data + at]!;
	return own.length - length;
}

/** @param kind `legacy`: for resolvers without mDNS; `claim`: in a probe; `farewell`: the record is withdrawn. */
export function writeRecord(writer: Writer, own: OwnRecord, kind: "multicast" | "legacy" | "claim" | "farewell"): void {
	const { type, unique, ttl: usual } = own.kind;
	const flush = unique && (kind === "multicast" || kind === "farewell");
	const ttl = kind === "farewell" ? 0 : kind === "legacy" ? Math.min(usual, legacyTtl) : usual;
	writer
		.bytes(own.name)
		.u16(type)
		.u16(flush ? IN | TOP_BIT : IN)
		.u32(ttl)
		.u16(own.data.length)
		.bytes(own.data);
}
