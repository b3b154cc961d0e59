import assert from "node:assert/strict";
import { test } from "node:test";
import { IN, TOP_BIT, Type, Writer } from "../../modules/network/dns-message.js";
import { MDNSResponder } from "../../modules/network/mdns-responder.js";
import { FakeClock } from "../fakes/clock.js";
import { FakeDatagrams } from "../fakes/datagrams.js";
import { type Parsed, parseMessage } from "./messages.js";

const group = "224.0.0.251";
const mask = "255.255.255.0";

class Bench {
	readonly clock = new FakeClock();
	readonly datagrams = new FakeDatagrams();
	readonly names: string[] = [];
	readonly lines: string[] = [];
	readonly responder = new MDNSResponder({
		clock: this.clock,
		UDP: this.datagrams.UDP,
		name: "DHT",
		port: 80,
		texts: ["path=/", "version=1.0.0"],
		random: () => 0x80000000,
		onName: name => this.names.push(name),
		log: line => this.lines.push(line),
	});

	/** @returns What was sent since the last call, read. */
	take(): (Parsed & { to: string; port: number; bytes: Uint8Array })[] {
		return this.datagrams.take().map(({ bytes, address, port }) => ({
			...(parseMessage(bytes) ?? assert.fail("not a message")),
			to: address,
			port,
			bytes,
		}));
	}

	/** A bench whose device has its name and has told it twice. */
	static settled(): Bench {
		const bench = new Bench();
		bench.responder.open("192.0.2.7", mask);
		bench.clock.advance(5000);
		bench.take();
		return bench;
	}

	ask(name: string, type: number, { unicast = false, port = 5353, id = 0, address = "192.0.2.9" } = {}): void {
		const bytes = new Writer()
			.header(id, 0, 1, 0, 0, 0)
			.name(name)
			.u16(type)
			.u16(unicast ? IN | TOP_BIT : IN);
		this.datagrams.arrive(5353, bytes.finish(), address, port);
	}
}

const summary = ({ resources, answers }: Parsed) =>
	resources.slice(0, answers).map(({ name, type, ttl }) => `${name} ${type} ${ttl}`);

/** An answer by another device that has an address for `name`. */
function claim(name: string, address: readonly number[], ttl = 120): Uint8Array {
	const writer = new Writer().header(0, 0x8400, 0, 1, 0, 0).name(name);
	return writer
		.u16(Type.A)
		.u16(IN | TOP_BIT)
		.u32(ttl)
		.u16(4)
		.bytes(address)
		.finish();
}

test("a name is asked for three times, then told twice", () => {
	const { clock, datagrams, responder, names, take } = bound(new Bench());
	responder.open("192.0.2.7", mask);
	assert.deepEqual([datagrams.open, datagrams.groups], [[5353], [group]]);
	const times: number[] = [];
	const sent = [];
	for (; clock.ticks < 5000; clock.advance(5))
		for (const message of take()) {
			times.push(clock.ticks);
			sent.push(message);
			assert.deepEqual([message.to, message.port, message.id], [group, 5353, 0]);
		}
	assert.deepEqual(times, [125, 375, 625, 875, 1875]);
	for (const probe of sent.slice(0, 3)) {
		assert.equal(probe.flags, 0);
		assert.deepEqual(
			probe.questions.map(({ name, type, unicast }) => [name, type, unicast]),
			[
				["dht.local", Type.ANY, true],
				["dht._http._tcp.local", Type.ANY, true],
				["dht._dht-gauges._tcp.local", Type.ANY, true],
			],
		);
		assert.deepEqual(
			probe.resources.map(({ name, type }) => [name, type]),
			[
				["dht.local", Type.A],
				["dht._http._tcp.local", Type.SRV],
				["dht._dht-gauges._tcp.local", Type.SRV],
			],
		);
		assert.equal(probe.answers, 0);
	}
	for (const announcement of sent.slice(3)) {
		assert.equal(announcement.flags, 0x8400);
		assert.deepEqual(summary(announcement), [
			"dht.local 1 120",
			"dht.local 47 120",
			"7.2.0.192.in-addr.arpa 12 4500",
			"dht._http._tcp.local 33 120",
			"dht._http._tcp.local 16 4500",
			"_http._tcp.local 12 4500",
			"_services._dns-sd._udp.local 12 4500",
			"dht._dht-gauges._tcp.local 33 120",
			"dht._dht-gauges._tcp.local 16 4500",
			"_dht-gauges._tcp.local 12 4500",
			"_services._dns-sd._udp.local 12 4500",
		]);
	}
	assert.deepEqual(names, ["DHT"]);
	assert.equal(clock.pending, 0);
});

test("the address, by the bytes of RFC 1035 and RFC 6762", () => {
	const { ask, take } = bound(Bench.settled());
	ask("dht.LOCAL", Type.A);
	const [answer] = take();
	const name = "03 444854 05 6c6f63616c 00";
	assert.equal(
		Array.from(answer?.bytes ?? [], byte => byte.toString(16).padStart(2, "0")).join(""),
		[
			"0000 8400 0000 0001 0000 0001",
			`${name} 0001 8001 00000078 0004 c0000207`,
			`${name} 002f 8001 00000078 000e ${name} 00 01 40`,
		]
			.join("")
			.replaceAll(" ", ""),
	);
});

test("a service is answered for after a moment, with all that is asked for next", () => {
	const { clock, ask, take } = bound(Bench.settled());
	ask("_http._tcp.local", Type.PTR);
	assert.deepEqual(take(), []);
	clock.advance(120);
	const [answer] = take();
	assert.deepEqual(summary(answer!), ["_http._tcp.local 12 4500"]);
	assert.equal(answer?.resources[0]?.target, "dht._http._tcp.local");
	assert.equal(answer?.bytes[11], 4);
	ask("_services._dns-sd._udp.local", Type.PTR);
	clock.advance(120);
	assert.deepEqual(
		take()[0]?.resources.map(({ target }) => target),
		["_http._tcp.local", "_dht-gauges._tcp.local"],
	);
});

test("that there is no IPv6 address is told, so that nobody waits for one", () => {
	const { ask, take } = bound(Bench.settled());
	ask("dht.local", Type.AAAA);
	assert.deepEqual(summary(take()[0]!), ["dht.local 47 120"]);
});

test("nothing is told again within a second, or to who knows it, or about others", () => {
	const { clock, datagrams, ask, take } = bound(Bench.settled());
	ask("dht.local", Type.A);
	ask("dht.local", Type.A);
	assert.equal(take().length, 1);
	clock.advance(1000);
	ask("dht.local", Type.A);
	assert.equal(take().length, 1);
	clock.advance(1000);
	const known = (ttl: number) =>
		new Writer()
			.header(0, 0, 1, 1, 0, 0)
			.name("_http._tcp.local")
			.u16(Type.PTR)
			.u16(IN)
			.bytes([0xc0, 0x0c])
			.u16(Type.PTR)
			.u16(IN)
			.u32(ttl)
			.u16(6)
			.text("DHT")
			.bytes([0xc0, 0x0c])
			.finish();
	datagrams.arrive(5353, known(2250), "192.0.2.9", 5353);
	clock.advance(200);
	assert.equal(take().length, 0);
	datagrams.arrive(5353, known(2249), "192.0.2.9", 5353);
	clock.advance(200);
	assert.equal(take().length, 1);
	ask("other.local", Type.A);
	ask("dht.local", Type.SRV);
	clock.advance(200);
	assert.equal(take().length, 0);
});

test("who asks for an answer of its own gets it, and who knows no mDNS gets its question back", () => {
	const { ask, take } = bound(Bench.settled());
	ask("dht.local", Type.A, { unicast: true });
	const [own] = take();
	assert.deepEqual([own?.to, own?.port, own?.id], ["192.0.2.9", 5353, 0]);
	ask("dht.local", Type.A, { unicast: true, id: 0x1234 });
	assert.equal(take()[0]?.id, 0x1234);
	ask("dht.local", Type.A, { port: 40_000, id: 0x1234 });
	const [legacy] = take();
	assert.deepEqual([legacy?.to, legacy?.port, legacy?.id], ["192.0.2.9", 40_000, 0x1234]);
	assert.equal(legacy?.questions[0]?.name, "dht.local");
	assert.deepEqual(summary(legacy!), ["dht.local 1 10"]);
	assert.equal(legacy?.bytes[legacy.bytes.length - 12], 0);
});

test("a name that is taken gets a number", () => {
	const { clock, datagrams, responder, names, lines } = bound(new Bench());
	responder.open("192.0.2.7", mask);
	clock.advance(300);
	datagrams.arrive(5353, claim("dht.local", [192, 0, 2, 8]), "192.0.2.8", 5353);
	clock.advance(300);
	datagrams.arrive(5353, claim("DHT-2.local", [192, 0, 2, 8]), "192.0.2.8", 5353);
	clock.advance(5000);
	assert.deepEqual(names, ["DHT-3"]);
	assert.equal(responder.name, "DHT-3");
	assert.deepEqual(lines, ["mDNS: DHT.local is taken", "mDNS: DHT-2.local is taken"]);
});

test("a device that finds its own name told by another asks again, and keeps it when nobody defends it", () => {
	const { clock, datagrams, responder, names, take } = bound(Bench.settled());
	datagrams.arrive(5353, claim("dht.local", [192, 0, 2, 7]), "192.0.2.7", 5353);
	datagrams.arrive(5353, claim("dht.local", [192, 0, 2, 8], 0), "192.0.2.8", 5353);
	assert.equal(responder.claimed, true);
	datagrams.arrive(5353, claim("dht.local", [192, 0, 2, 8]), "192.0.2.8", 5353);
	assert.equal(responder.claimed, false);
	clock.advance(5000);
	assert.equal(take().length, 5);
	assert.deepEqual(names, ["DHT", "DHT"]);
});

test("a name told beside what was asked for is taken, too", () => {
	const { clock, datagrams, responder, names } = bound(new Bench());
	responder.open("192.0.2.7", mask);
	clock.advance(3000);
	const beside = claim("dht.local", [192, 0, 2, 8]);
	// Of the answers it becomes an additional record.
	beside.set([0, 0, 0, 0, 0, 1], 6);
	for (let count = 0; count < 2; count++) {
		datagrams.arrive(5353, beside, "192.0.2.8", 5353);
		clock.advance(300);
	}
	clock.advance(3000);
	assert.deepEqual(names, ["DHT", "DHT-2"]);
});

test("of two that ask at once, the greater address goes on and the lesser waits", () => {
	for (const [last, delay] of [
		[6, 125],
		[7, 125],
		[8, 1010],
	] as const) {
		const { clock, datagrams, responder, take } = bound(new Bench());
		responder.open("192.0.2.7", mask);
		clock.advance(10);
		const probe = new Writer()
			.header(0, 0, 1, 0, 1, 0)
			.name("dht.local")
			.u16(Type.ANY)
			.u16(IN | TOP_BIT)
			.bytes([0xc0, 0x0c])
			.u16(Type.A)
			.u16(IN)
			.u32(120)
			.u16(4)
			.bytes([192, 0, 2, last]);
		datagrams.arrive(5353, probe.finish(), "192.0.2.8", 5353);
		let first = 0;
		while (first === 0) {
			clock.advance(5);
			if (take().length > 0) first = clock.ticks;
		}
		assert.equal(first, delay);
	}
});

test("a device that leaves says so, and tells its name again under a new address", () => {
	const { clock, datagrams, responder, take } = bound(Bench.settled());
	responder.open("192.0.2.70", mask);
	assert.deepEqual(datagrams.open, [5353]);
	clock.advance(5000);
	assert.equal(take().length, 5);
	responder.close();
	const [farewell] = take();
	assert.ok(farewell?.resources.every(({ ttl }) => ttl === 0));
	responder.close();
	assert.deepEqual([take(), datagrams.open, clock.pending], [[], [], 0]);
});

test("a port that cannot be opened is tried again, and what cannot be sent is lost", () => {
	const { clock, datagrams, responder, names, ask } = bound(new Bench());
	datagrams.failing = "open";
	responder.open("192.0.2.7", mask);
	datagrams.failing = "write";
	clock.advance(10_000);
	assert.deepEqual([datagrams.open, names], [[5353], ["DHT"]]);
	ask("dht.local", Type.A);
});

test("what is no message, and what is none of its business, leaves it as it is", () => {
	const { clock, datagrams, responder, take } = bound(Bench.settled());
	const bytes = claim("dht.local", [192, 0, 2, 8]);
	for (let length = 0; length < bytes.length; length++) datagrams.arrive(5353, bytes.subarray(0, length));
	datagrams.arrive(5353, new Writer().header(0, 0x2800, 0, 0, 0, 0).finish());
	datagrams.arrive(5353, new Uint8Array(9000).fill(0xc0));
	datagrams.arrive(5353, new Uint8Array(9000).fill(0xff));
	clock.advance(500);
	assert.deepEqual([responder.claimed, take()], [true, []]);
});

test("a question without mDNS comes back as it came, and only one at a time is answered", () => {
	const { datagrams, take } = bound(Bench.settled());
	const question = new Writer().name("dHt._HTTP._tcp.LOCAL").u16(Type.ANY).u16(IN).finish();
	const one = new Writer().header(7, 0x0100, 1, 0).bytes(question).finish();
	datagrams.arrive(5353, one, "192.0.2.9", 40_000);
	const [answer] = take();
	assert.deepEqual(answer?.bytes.subarray(12, 12 + question.length), question);
	assert.deepEqual(summary(answer!), ["dht._http._tcp.local 33 10", "dht._http._tcp.local 16 10"]);
	const two = new Writer().header(7, 0, 2, 0).bytes(question).bytes([0xc0, 0x0c, 0, 255, 0, 1]).finish();
	datagrams.arrive(5353, two, "192.0.2.9", 40_000);
	datagrams.arrive(5353, new Writer().header(7, 0, 1, 0).bytes([0xc0, 0x0c, 0, 255, 0, 1]).finish());
	assert.deepEqual(take(), []);
});

test("answers to single addresses: four a second to one, ten to all, whatever is asked; those to all go on", () => {
	const { clock, ask, take } = bound(Bench.settled());
	const flood = (addresses: number, options: { unicast?: boolean; port?: number }) => {
		for (let count = 0; count < 200; count++)
			ask("dht.local", Type.ANY, { ...options, address: `192.0.2.${10 + (count % addresses)}` });
		return take();
	};
	assert.equal(flood(1, { port: 40_000 }).length, 4);
	assert.equal(flood(50, { port: 40_000 }).length, 6);
	assert.deepEqual(flood(50, { port: 40_000 }), []);
	const [toAll, ...more] = flood(50, { unicast: true });
	assert.deepEqual([toAll?.to, more], [group, []]);
	clock.advance(1000);
	const answers = flood(50, { unicast: true });
	assert.deepEqual([answers.length, answers.filter(({ to }) => to === group).length], [11, 1]);
	clock.advance(1000);
	assert.equal(flood(3, { port: 40_000 }).length, 10);
	ask("dht.local", Type.A);
	assert.deepEqual(
		take().map(({ to }) => to),
		[group],
	);
});

test("a record is told to all once a second at most, however often and by however many it is asked for", () => {
	const { clock, ask, take } = bound(Bench.settled());
	const told = new Map<string, number>();
	for (let round = 0; round < 400; round++) {
		const address = `192.0.2.${1 + (round % 250)}`;
		ask("dht.local", Type.A, { address });
		ask("_http._tcp.local", Type.PTR, { address });
		ask("7.2.0.192.in-addr.arpa", Type.PTR, { address });
		clock.advance(5);
		for (const message of take())
			for (const record of summary(message)) {
				assert.ok(clock.ticks - (told.get(record) ?? -1000) >= 1000, `${record} after ${clock.ticks} ms`);
				told.set(record, clock.ticks);
			}
	}
	assert.equal(told.size, 3);
});

test("what comes from another network is left: questions, claims, answers", () => {
	const { datagrams, responder, ask, take, clock } = bound(Bench.settled());
	const strangers = ["192.0.3.9", "198.51.100.7", "10.0.0.1", "192.0.2", "fe80::1", "::ffff:192.0.2.9", ""];
	for (const address of strangers) {
		ask("dht.local", Type.A, { address });
		ask("dht.local", Type.A, { address, port: 40_000 });
		ask("dht.local", Type.A, { address, unicast: true });
		datagrams.arrive(5353, claim("dht.local", [192, 0, 2, 8]), address, 5353);
	}
	clock.advance(200);
	assert.deepEqual([take(), responder.claimed], [[], true]);
	responder.open("192.0.2.7", "255.255.0.0");
	clock.advance(5000);
	take();
	ask("dht.local", Type.A, { address: "192.0.3.9", port: 40_000 });
	assert.equal(take().length, 1);
	ask("dht.local", Type.A, { address: "192.1.2.9", port: 40_000 });
	assert.equal(take().length, 0);
});

test("an answer that is not sent by mDNS, and one before the name was asked for, is no conflict", () => {
	const { clock, datagrams, responder, names } = bound(new Bench());
	responder.open("192.0.2.7", mask);
	clock.advance(100);
	datagrams.arrive(5353, claim("dht.local", [192, 0, 2, 8]), "192.0.2.8", 5353);
	clock.advance(100);
	datagrams.arrive(5353, claim("dht.local", [192, 0, 2, 8]), "192.0.2.8", 40_000);
	clock.advance(5000);
	assert.deepEqual(names, ["DHT"]);
});

test("1,200 forged answers move the name a little, then it stays for a minute, and conflicts count again", () => {
	const { clock, datagrams, responder, names, lines } = bound(Bench.settled());
	const forge = (most: number) => {
		for (let number = 1; number <= most; number++) {
			const name = number === 1 ? "dht.local" : `dht-${number}.local`;
			datagrams.arrive(5353, claim(name, [192, 0, 2, 8]), "192.0.2.8", 5353);
		}
	};
	for (let round = 0; round < 1200; round++) {
		forge(20);
		clock.advance(10);
	}
	assert.equal(responder.name, "DHT-15");
	assert.equal(lines.at(-1), "mDNS: too many names are taken, DHT-15.local stays for a minute");
	assert.equal(lines.length, 15);
	assert.deepEqual([responder.claimed, names.at(-1)], [true, "DHT-15"]);
	for (let round = 0; round < 440; round++) {
		forge(20);
		clock.advance(100);
	}
	assert.equal(responder.name, "DHT-15");
	clock.advance(10_000);
	datagrams.arrive(5353, claim("dht-15.local", [192, 0, 2, 8]), "192.0.2.8", 5353);
	assert.equal(responder.claimed, false);
});

test("the number never passes 99: after it comes the name without one", () => {
	const { clock, datagrams, responder, names } = bound(new Bench());
	responder.open("192.0.2.7", mask);
	const seen = new Set<string>();
	for (let conflict = 0; conflict < 150; conflict++) {
		clock.advance(300);
		seen.add(responder.name);
		datagrams.arrive(5353, claim(`${responder.name}.local`, [192, 0, 2, 8]), "192.0.2.8", 5353);
		clock.advance(15_000);
		datagrams.arrive(5353, claim(`${responder.name}.local`, [192, 0, 2, 8]), "192.0.2.8", 5353);
	}
	assert.deepEqual([seen.size, seen.has("DHT-99"), seen.has("DHT-100"), seen.has("DHT")], [99, true, false, true]);
	assert.ok(names.length > 100);
});

test("another that claims to come first on and on delays the name by seconds, not for ever", () => {
	const { clock, datagrams, responder, names } = bound(new Bench());
	responder.open("192.0.2.7", mask);
	const rival = new Writer().header(0, 0, 1, 0, 1).name("dht.local").u16(Type.ANY).u16(IN).bytes([0xc0, 0x0c]);
	const probe = rival.u16(Type.A).u16(IN).u32(120).u16(4).bytes([255, 255, 255, 255]).finish();
	while (names.length === 0 && clock.ticks < 60_000) {
		datagrams.arrive(5353, probe, "192.0.2.8", 5353);
		clock.advance(100);
	}
	assert.ok(clock.ticks < 6000, `${clock.ticks} ms`);
});

/** The bench with its methods bound, to be taken apart. */
function bound(bench: Bench) {
	const { clock, datagrams, responder, names, lines } = bench;
	return {
		clock,
		datagrams,
		responder,
		names,
		lines,
		take: () => bench.take(),
		ask: (...asked: Parameters<Bench["ask"]>) => bench.ask(...asked),
	};
}
