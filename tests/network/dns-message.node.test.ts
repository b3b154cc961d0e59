import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { captiveResponse } from "../../modules/network/captive-dns.js";
import { IN, isName, readMessage, Type, Writer } from "../../modules/network/dns-message.js";
import { MDNSResponder } from "../../modules/network/mdns-responder.js";
import { FakeClock } from "../fakes/clock.js";
import { FakeDatagrams } from "../fakes/datagrams.js";
import { parseMessage } from "./messages.js";

// The same in each run.
fc.configureGlobal({ seed: 1 });

/** Questions for the device's names, then another's claim to one of them. */
const whole = new Writer()
	.header(0, 0, 2, 1, 1, 0)
	.name("_http._tcp.local")
	.u16(Type.PTR)
	.u16(IN)
	.name("dht.local")
	.u16(Type.ANY)
	.u16(IN)
	.bytes([0xc0, 12])
	.u16(Type.PTR)
	.u16(IN)
	.u32(4500)
	.u16(6)
	.text("dht")
	.bytes([0xc0, 12])
	.name("dht.local")
	.u16(Type.A)
	.u16(IN)
	.u32(120)
	.u16(4)
	.bytes([192, 0, 2, 8])
	.finish();

/** It, with a few bytes changed, and perhaps cut off. */
const bytes = fc
	.tuple(
		fc.array(fc.tuple(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 })), { maxLength: 4 }),
		fc.oneof(fc.constant(whole.length), fc.nat({ max: whole.length })),
	)
	.map(([changes, length]) => {
		const changed = Uint8Array.from(whole);
		for (const [at, value] of changes) changed[at] = value;
		return changed.slice(0, length);
	});

const label = fc.stringMatching(/^[a-z0-9-]{1,20}$/);
const name = fc.array(label, { minLength: 1, maxLength: 5 }).map(labels => labels.join("."));

test("whatever arrives, it is read or left, and answered or not", () => {
	const clock = new FakeClock();
	const datagrams = new FakeDatagrams();
	const responder = new MDNSResponder({
		clock,
		UDP: datagrams.UDP,
		name: "dht",
		port: 80,
		texts: [],
		random: () => 0,
		onName() {},
		log() {},
	});
	responder.open("192.0.2.7", "255.255.255.0");
	clock.advance(5000);
	let read = 0;
	fc.assert(
		fc.property(bytes, fc.boolean(), (message, multicast) => {
			if (readMessage(message)) read++;
			captiveResponse(message, "192.168.4.1");
			datagrams.arrive(5353, message, "192.0.2.9", multicast ? 5353 : 40_000);
			clock.advance(200);
		}),
		{ numRuns: 20_000 },
	);
	assert.ok(read > 2000 && read < 18_000, `${read} were messages`);
});

const wire = (text: string) => new Writer().name(text).finish();

test("names that are written are read, and no other is taken for them", () => {
	fc.assert(
		fc.property(fc.array(name, { minLength: 1, maxLength: 16 }), names => {
			const writer = new Writer().header(7, 0, names.length, 0);
			for (const one of names) writer.name(one.toUpperCase()).u16(1).u16(1);
			const message = readMessage(writer.finish()) ?? assert.fail();
			for (const one of names) {
				assert.ok(message.nextQuestion());
				for (const other of names)
					assert.equal(isName(message.bytes, message.name, wire(other)), other === one, `${one}, ${other}`);
			}
			assert.equal(message.nextQuestion(), false);
		}),
	);
});

test("a message is read as another reader reads it", () => {
	let whole = 0;
	/** Whether text stands for one name alone: other bytes have no lower case in DNS, and a label may have a dot in it. */
	const isPlain = (text: string) => /^([a-z0-9_-]+(\.[a-z0-9_-]+)*)?$/.test(text);
	fc.assert(
		fc.property(bytes, message => {
			const parsed = parseMessage(message);
			if (!parsed || message.includes(0x2e)) return;
			whole++;
			const read = readMessage(message) ?? assert.fail("not a message");
			for (const question of parsed.questions) {
				assert.ok(read.nextQuestion());
				assert.deepEqual([read.type, read.class, read.top], [question.type, question.class, question.unicast]);
				if (isPlain(question.name)) assert.ok(isName(message, read.name, wire(question.name)));
			}
			for (const [at, resource] of parsed.resources.entries()) {
				assert.ok(at < parsed.answers ? read.nextAnswer() : read.nextAuthority());
				assert.deepEqual([read.type, read.class, read.ttl], [resource.type, resource.class, resource.ttl]);
				assert.deepEqual(message.subarray(read.data, read.data + read.length), resource.data);
				if (isPlain(resource.name)) assert.ok(isName(message, read.name, wire(resource.name)));
			}
			assert.deepEqual([read.nextQuestion(), read.nextAnswer(), read.nextAuthority()], [false, false, false]);
		}),
		{ numRuns: 20_000 },
	);
	assert.ok(whole > 2000, `${whole} were messages`);
});

test("a chain of pointers is followed a few links far", () => {
	/** Whether a record's name leads over so many pointers to `a`; all but the first lie in the data of the record before. */
	const leads = (pointers: number) => {
		const data = [1, 0x61, 0];
		const start = 12 + 3 + 10;
		let last = start;
		for (let link = 1; link < pointers; link++) {
			const at = start + data.length;
			data.push(0xc0, last);
			last = at;
		}
		const writer = new Writer().header(0, 0x8400, 0, 1, 1).name("x").u16(16).u16(1).u32(0);
		writer.u16(data.length).bytes(data).bytes([0xc0, last]).u16(16).u16(1).u32(0).u16(0);
		const message = readMessage(writer.finish()) ?? assert.fail("not a message");
		while (message.nextAuthority());
		return isName(message.bytes, message.name, wire("a"));
	};
	assert.deepEqual([leads(1), leads(2), leads(8), leads(9)], [true, true, true, false]);
});
