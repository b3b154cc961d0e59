// Datagrams: to the responder of mDNS, which everybody in the network reaches, and to the access point's DNS.

import { fill, type Row } from "./rows.js";

const MOST = 12;
const MDNS = 5353;
const DNS = 53;
/** The longest that one Ethernet frame brings. */
const LONGEST = 1472;

const types = { A: 1, PTR: 12, TXT: 16, AAAA: 28, SRV: 33, NSEC: 47, ANY: 255 };

const u16 = (value: number) => String.fromCharCode(value >> 8, value & 255);
const label = (text: string) => String.fromCharCode(text.length) + text;
const name = (...labels: string[]) => `${labels.map(label).join("")}\0`;

const own = name("dht", "local");
const long = name(fill("a", 63), fill("b", 63), fill("c", 63), fill("d", 61));
const short = name("a");

const question = (of: string, type: number, code = 1) => of + u16(type) + u16(code);
const record = (of: string, type: number, data: string) =>
	of + u16(type) + u16(1) + u16(0) + u16(120) + u16(data.length) + data;

/** A message of as many `parts` as fit, which its header counts in place `section`: questions, answers, authorities. */
function message(flags: number, section: 0 | 1 | 2, part: string, first = ""): Uint8Array {
	const count = Math.max(1, Math.floor((LONGEST - 12 - first.length) / part.length));
	const counts = [first === "" ? 0 : 1, 0, 0, 0];
	counts[section] = (counts[section] ?? 0) + count;
	return bytesOf(u16(7) + u16(flags) + counts.map(u16).join("") + first + part.repeat(count));
}

function bytesOf(text: string): Uint8Array {
	return Uint8Array.from(text, character => character.charCodeAt(0));
}

const row = (title: string, of: string, bytes: () => Uint8Array, port = MDNS): Row => ({
	name: port === MDNS ? title : `${title}, to the access point`,
	of,
	device: port === MDNS ? "open" : "setup",
	most: MOST,
	datagram: { port, bytes },
});

function* rowsOf(type: string, code: number): Generator<Row> {
	const of = `record ${type}`;
	const targeted = type === "PTR" || type === "SRV";
	const data = targeted ? (type === "SRV" ? u16(0) + u16(0) + u16(80) : "") + long : fill("x", 200);
	yield row(`questions for ${type} of the device`, of, () => message(0, 0, question(own, code)));
	yield row(`questions for ${type} of long names`, of, () => message(0, 0, question(long, code)));
	yield row(`questions for ${type} with known answers`, of, () =>
		message(0, 1, record(own, code, data), question(own, code)),
	);
	yield row(`answers of ${type} for the device's name`, of, () => message(0x8400, 1, record(own, code, data)));
	yield row(`answers of ${type} for short names`, of, () => message(0x8400, 1, record(short, code, "")));
	yield row(`a probe of ${type} for the device's name`, of, () => message(0, 2, record(own, code, data)));
	yield row(`a question for ${type}`, of, () => message(0x100, 0, question(own, code)), DNS);
}

const pointers = u16(0xc00c);

const others: [title: string, bytes: () => Uint8Array][] = [
	["nothing", () => new Uint8Array(0)],
	["a header cut off", () => new Uint8Array(11)],
	["zeros", () => new Uint8Array(LONGEST)],
	["ones", () => new Uint8Array(LONGEST).fill(255)],
	["65,535 of everything, and nothing", () => bytesOf(u16(7) + u16(0) + u16(65535).repeat(4))],
	["a name that points to itself", () => message(0, 0, question(pointers, 255))],
	["names that point to a long one", () => message(0, 0, question(pointers, 255), question(long, 255))],
	["a name of short labels", () => message(0, 0, question(name(...Array(126).fill("a")), 255))],
	["a name of more than 255 bytes", () => message(0, 0, question(name(...Array(20).fill(fill("a", 63))), 255))],
	["capitals", () => message(0, 0, question(name("DHT", "LOCAL"), 255))],
	["a query of another operation", () => message(0x7800, 0, question(own, 255))],
	["a legacy query", () => message(0x0100, 0, question(own, 255))],
];

export const datagrams: readonly Row[] = [
	...Object.entries(types).flatMap(([type, code]) => [...rowsOf(type, code)]),
	...others.flatMap(([title, bytes]) => [
		row(`mDNS: ${title}`, "message", bytes),
		row(`DNS: ${title}`, "message", bytes, DNS),
	]),
];
