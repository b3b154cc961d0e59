// Datagrams of strangers: what the sockets themselves take is not in it.

import { captiveResponse } from "../../../modules/network/captive-dns.js";
import { IN, TOP_BIT, Type, Writer } from "../../../modules/network/dns-message.js";
import { MDNSBrowser } from "../../../modules/network/mdns-browser.js";
import { MDNSResponder } from "../../../modules/network/mdns-responder.js";
import type { Datagram, UDP } from "../../../modules/platform/io.js";
import { type Cost, cost, kept } from "../costs.js";
import { BenchClock } from "../sockets.js";

/** What is sent through it is gone. */
class NoUDP implements UDP {
	target?: unknown;
	read(): undefined {}
	write(): void {}
	close(): void {}
}

/** A device's responder, the browser that it may have, and their clock. */
function device(withBrowser: boolean) {
	const clock = new BenchClock();
	const random = () => 0;
	const browser = new MDNSBrowser({ clock, random });
	const responder = new MDNSResponder({
		clock,
		UDP: NoUDP,
		name: "dht",
		port: 80,
		texts: ["path=/", "version=1.0.0"],
		random,
		onName() {},
		...(withBrowser && { browser }),
		log() {},
	});
	return { clock, browser, responder };
}

/** Neighbours with names as long as they may be. */
function fill({ neighbours }: MDNSBrowser, count: number): void {
	for (let at = 0; at < count; at++)
		neighbours.set({
			name: `${at}`.padEnd(24, "n"),
			address: 0xc0000209 + at,
			port: 80,
			version: "1.0.0",
			seen: 1e6 + at,
		});
}

/** What the device keeps for mDNS. @param neighbours `undefined` for a device that looks for none. */
function keeping(neighbours?: number): Cost {
	return kept(() => {
		const { browser, responder } = device(neighbours !== undefined);
		responder.open("192.0.2.7", "255.255.255.0");
		fill(browser, neighbours ?? 0);
		return responder;
	});
}

/** What a neighbour's response costs that is there. */
function hearing(): Cost {
	const { browser, responder } = device(true);
	responder.open("192.0.2.7", "255.255.255.0");
	fill(browser, 11);
	const of = new Writer().name("_dht-gauges._tcp.local").finish();
	const target = new Writer().text("5".padEnd(24, "n")).bytes(of).finish();
	const bytes = new Writer().header(0, 0x8400, 0, 1).bytes(of).u16(Type.PTR).u16(IN).u32(4500).u16(target.length);
	const datagram: Datagram = { bytes: bytes.bytes(target).finish(), address: "192.0.2.14", port: 5353 };
	return cost(() => responder.receive(datagram));
}

/** What it costs to be sent `bytes`, and what follows up to the timer after `timers`; `pauseMs` later each time. */
function receiving(bytes: Uint8Array, port = 5353, timers = 1, pauseMs = 1000): Cost {
	const { clock, responder } = device(false);
	const pass = () => {
		const { due } = clock;
		clock.due = undefined;
		due?.();
	};
	responder.open("192.0.2.7", "255.255.255.0");
	for (let fired = 0; fired < 6; fired++) pass();
	if (!responder.claimed) throw new Error("the name is not claimed");
	const datagram: Datagram = { bytes, address: "192.0.2.9", port };
	return cost(() => {
		clock.ticks += pauseMs;
		responder.receive(datagram);
		for (let fired = 0; fired < timers; fired++) pass();
	});
}

function question(name: string, type: number, more = 0): Uint8Array {
	return new Writer()
		.header(7, 0, 1, 0)
		.name(name)
		.u16(type)
		.u16(IN | more)
		.finish();
}

/** Sixteen questions of 375 bytes for all that a name has, each at the end of as many pointers as are followed. */
function pointers(): Uint8Array {
	const writer = new Writer(375).header(7, 0, 16, 0).name("dht.local").u16(Type.ANY).u16(IN);
	let at = 12;
	let next = 12 + 11 + 4;
	for (let count = 1; count < 16; count++, next += 6) {
		writer
			.u16(0xc000 | at)
			.u16(Type.ANY)
			.u16(IN);
		if (count % 8 !== 0) at = next;
	}
	while (next++ < 375) writer.u8(0);
	return writer.finish();
}

/** Responses with the device's own address, as many as are read; the last one has another. */
function claims(): Uint8Array {
	const writer = new Writer(528).header(0, 0x8400, 0, 32).name("dht.local");
	for (let count = 1; count <= 32; count++) {
		if (count > 1) writer.u16(0xc00c);
		writer
			.u16(Type.A)
			.u16(IN)
			.u32(120)
			.u16(4)
			.bytes([192, 0, 2, count < 32 ? 7 : 8]);
	}
	return writer.finish();
}

export const datagrams: Record<string, () => Cost> = {
	"mDNS at rest, looking for no neighbours": () => keeping(),
	"mDNS at rest, without neighbours": () => keeping(0),
	"mDNS at rest, eleven neighbours": () => keeping(11),
	"an mDNS response of one of eleven neighbours": hearing,
	"an mDNS question for the name, answered to all": () => receiving(question("dht.local", Type.A)),
	"an mDNS question for all web pages, answered after a moment": () =>
		receiving(question("_http._tcp.local", Type.PTR)),
	"an mDNS question, answered to one": () => receiving(question("dht.local", Type.A, TOP_BIT)),
	"a question without mDNS, answered": () => receiving(question("dht.local", Type.ANY), 40_000),
	"375 bytes of mDNS questions that are pointers to pointers": () => receiving(pointers()),
	"32 mDNS claims, the last a conflict: the name is asked for and told anew": () =>
		receiving(claims(), 5353, 6, 20_000),
	"1,400 bytes that are no mDNS": () => receiving(new Uint8Array(1400).fill(63)),
	"a guest's DNS question, answered": () => {
		const query = question("connectivitycheck.gstatic.com", Type.A);
		return cost(() => {
			captiveResponse(query, "192.168.4.1");
		});
	},
};
