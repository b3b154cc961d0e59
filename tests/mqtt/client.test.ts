import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { MQTTClient } from "../../modules/mqtt/client.js";
import type { Message, Outbox } from "../../modules/mqtt/message.js";
import { text } from "../fakes/text.js";
import { FakeBroker, type Mood } from "./broker.js";

class Messages implements Outbox {
	readonly due: Message[] = [];
	readonly received: string[] = [];
	acknowledged = 0;
	connected = 0;

	onConnected(): void {
		this.connected++;
	}

	next(): Message | undefined {
		return this.due.shift();
	}

	onAcknowledged(): void {
		this.acknowledged++;
	}

	onMessage(payload: Uint8Array, retained: boolean): void {
		this.received.push(`${text.decode(payload)}${retained ? ", kept" : ""}`);
	}

	add(topic: string, payload: string | Message["payload"], qos: 0 | 1 = 0): void {
		const bytes = typeof payload === "string" ? text.encode(payload) : payload;
		this.due.push({ topic, payload: bytes, retained: false, qos, dup: false });
	}
}

/** A client at a broker in memory. */
function joined(options: { sendBuffer?: number; mood?: Mood; code?: number; host?: string; open?: boolean } = {}) {
	const { sendBuffer = 5744, mood = "well", code = 0, host = "broker.local", open = true } = options;
	const broker = new FakeBroker({ sendBuffer });
	broker.mood = mood;
	broker.code = code;
	const outbox = new Messages();
	const client = new MQTTClient({
		...broker.options,
		host,
		clientId: "dht1",
		will: { topic: "dht/a/status", payload: "offline" },
		topic: "homeassistant/status",
		outbox,
	});
	if (open) client.open();
	broker.advance(200);
	return { broker, outbox, client };
}

test("it resolves the name, connects, and subscribes", () => {
	const { broker, client, outbox } = joined();
	deepEqual(broker.lookups, ["broker.local"]);
	deepEqual(broker.subscriptions, ["homeassistant/status"]);
	deepEqual(client.state, { state: "connected", failure: null, failures: 0, sinceSentMs: null });
	equal(outbox.connected, 1);
	deepEqual(broker.lines, ["MQTT broker broker.local: connected"]);
});

test("before it is opened it does nothing", () => {
	const { broker, client } = joined({ open: false });
	deepEqual([broker.lookups, broker.clock.pending, client.state.state], [[], 0, "waiting"]);
});

test("what is due leaves at once, and the time since then is reported", () => {
	const { broker, outbox, client } = joined();
	outbox.add("a", "1");
	outbox.add("b", "2");
	client.send();
	broker.settle();
	deepEqual(
		broker.messages.map(({ topic, payload }) => [topic, payload]),
		[
			["a", "1"],
			["b", "2"],
		],
	);
	broker.advance(700);
	equal(client.state.sinceSentMs, 700);
});

test("after a message of QoS 1 nothing is asked for until it is acknowledged", () => {
	const { broker, outbox, client } = joined({ mood: "no acknowledgement" });
	outbox.add("a", "1", 1);
	outbox.add("b", "2");
	client.send();
	broker.settle();
	deepEqual([broker.messages.length, outbox.due.length], [1, 1]);
	const { id } = broker.messages[0]!;
	broker.send([0x40, 2, id >> 8, id & 0xff]);
	deepEqual([broker.messages.length, outbox.due.length, outbox.acknowledged], [2, 0, 1]);
});

test("identifiers begin anew after 65535, and never are that of the subscription", () => {
	const { broker, outbox, client } = joined();
	const ids = new Set<number>();
	for (let count = 0; count < 65_536; count++) {
		outbox.add("a", "", 1);
		client.send();
		broker.settle();
		ids.add(broker.messages.pop()!.id);
	}
	deepEqual([ids.size, ids.has(0), ids.has(1), outbox.acknowledged], [65_534, false, false, 65_536]);
});

for (const sendBuffer of [5744, 100, 7])
	test(`a payload larger than a send buffer of ${sendBuffer} bytes arrives whole, pings after it`, () => {
		const { broker, outbox, client } = joined({ sendBuffer });
		let left = 40;
		outbox.add("long", {
			byteLength: 40 * 300,
			next: () => (left-- > 0 ? text.encode(String.fromCharCode(65 + (left % 26)).repeat(300)) : undefined),
		});
		outbox.add("next", "1");
		broker.peer!.reading = false;
		client.send();
		broker.advance(6000);
		broker.peer!.reading = true;
		broker.peer!.read();
		broker.settle();
		deepEqual(
			broker.messages.map(({ topic, payload }) => [topic, payload.length]),
			[
				["long", 12_000],
				["next", 1],
			],
		);
		broker.advance(60_000);
		ok(broker.pings >= 3);
		equal(client.state.state, "connected");
	});

test("a message of the subscription is handed over, also one that was kept", () => {
	const { broker, outbox } = joined();
	broker.publish("homeassistant/status", "online");
	broker.publish("homeassistant/status", "offline", 1);
	deepEqual(outbox.received, ["online", "offline, kept"]);
});

for (const [failure, options] of [
	["no-such-host", { host: "nowhere" }],
	["refused", { mood: "refuses" }],
	["wrong-password", { code: 4 }],
	["wrong-password", { code: 5 }],
	["rejected", { code: 3 }],
] as const)
	test(`${failure} is told, once on the console (${JSON.stringify(options)})`, () => {
		const { broker, client } = joined(options);
		deepEqual([client.state.state, client.state.failure], ["waiting", failure]);
		broker.advance(600_000, 1000);
		equal(broker.lines.length, 1);
		ok(client.state.failures > 10);
	});

test("a broker that does not respond to the connection is given up", () => {
	const { broker, client } = joined({ mood: "no response" });
	broker.advance(9000);
	equal(client.state.failure, null);
	broker.advance(1200);
	equal(client.state.failure, "timeout");
	ok(broker.peer!.closed !== "no");
});

test("a broker that does not respond to a ping is given up", () => {
	const { broker, client } = joined();
	broker.mood = "accepts, then silent";
	broker.advance(24_000);
	equal(client.state.state, "connected");
	broker.advance(1100);
	equal(client.state.failure, "timeout");
});

test("a broker that accepts, and then says nothing, is given up", () => {
	const { broker, client } = joined({ mood: "accepts, then silent" });
	broker.advance(10_100);
	equal(client.state.failure, "timeout");
});

/** Bytes that a hostile broker sends one by one. */
const drips: [what: string, bytes: readonly number[]][] = [
	["a packet of 268,435,455 bytes", [0x30, 0xff, 0xff, 0xff, 0x7f]],
	["acceptances of the subscription", [0x90, 3, 0, 1, 0]],
];

for (const [what, bytes] of drips)
	test(`a broker that sends ${what} byte by byte, and no response, is given up`, () => {
		const { broker, client } = joined();
		broker.mood = "accepts, then silent";
		for (let count = 0; count < 100 && client.state.failure === null; count++) {
			broker.send([bytes[count % bytes.length]!]);
			broker.advance(300);
		}
		equal(client.state.failure, "timeout");
	});

test("a broker that sends a packet without end before it accepts is given up", () => {
	const { broker, client } = joined({ mood: "no response", open: false });
	broker.network.onDial = peer => {
		broker.peer = peer;
		return true;
	};
	client.open();
	broker.clock.advance(100);
	broker.network.settle();
	broker.peer!.send(new Uint8Array([0x30, 0xff, 0xff, 0xff, 0x7f]));
	for (let count = 0; count < 100 && client.state.failure === null; count++) {
		broker.peer!.send(new Uint8Array([0]));
		broker.clock.advance(300);
	}
	equal(client.state.failure, "timeout");
});

test("a name server that does not respond is given up", () => {
	const broker = new FakeBroker();
	const client = new MQTTClient({
		...broker.options,
		resolve: () => {},
		clientId: "dht1",
		will: { topic: "s", payload: "offline" },
		topic: undefined,
		outbox: new Messages(),
	});
	client.open();
	broker.advance(10_000);
	equal(client.state.failure, "timeout");
});

test("a message that is not acknowledged in time ends the connection", () => {
	const { broker, outbox, client } = joined({ mood: "no acknowledgement" });
	outbox.add("a", "1", 1);
	client.send();
	broker.advance(10_100);
	equal(client.state.failure, "timeout");
});

test("a broker that takes all and responds to nothing is given up, whatever is sent meanwhile", () => {
	const { broker, outbox, client } = joined();
	broker.mood = "accepts, then silent";
	for (let second = 0; second < 25; second++) {
		outbox.add("a", "1");
		client.send();
		broker.advance(1000);
	}
	equal(client.state.failure, "timeout");
});

test("a broker that takes nothing any more is given up", () => {
	const { broker, outbox, client } = joined();
	broker.peer!.reading = false;
	for (let count = 0; count < 100; count++) outbox.add("a", "x".repeat(100));
	client.send();
	broker.advance(10_100);
	equal(client.state.failure, "timeout");
});

for (const bytes of [
	[0x10, 0],
	[0x20, 2, 0, 0],
	[0x40, 2, 0, 9],
	[0x48, 0x54, 0x54, 0x50],
	[0x30, 2, 0, 9],
	[0xd0, 1, 0],
])
	test(`what is not MQTT ends the connection with its reason (${bytes})`, () => {
		const { broker, client } = joined();
		broker.send(bytes);
		equal(client.state.failure, "malformed");
		ok(broker.hasEnded);
	});

test("anything but CONNACK at first is malformed", () => {
	const { broker, client } = joined({ mood: "no response", open: false });
	broker.network.onDial = peer => {
		broker.clock.set(() => peer.send(new Uint8Array([0xd0, 0])), 50);
		return true;
	};
	client.open();
	broker.advance(100);
	equal(client.state.failure, "malformed");
});

test("a subscription that the broker does not allow is no reason to leave", () => {
	const { broker, client } = joined({ mood: "accepts, then silent" });
	broker.mood = "well";
	broker.send([0x90, 3, 0, 1, 0x80]);
	broker.advance(60_000);
	equal(client.state.state, "connected");
});

test("attempts come after 1, 2, 5, 10, 20, 40 and 60 s, or up to half sooner by chance", () => {
	const { broker, client } = joined({ mood: "refuses" });
	const at: number[] = [];
	for (let seconds = 0; seconds < 400; seconds += 0.1) {
		const before = broker.lookups.length;
		broker.advance(100);
		if (broker.lookups.length > before) at.push(broker.clock.ticks);
	}
	const waits = at.slice(1).map((ticks, index) => ticks - at[index]!);
	[2000, 5000, 10_000, 20_000, 40_000, 60_000, 60_000].forEach((longest, index) => {
		ok(waits[index]! > longest / 2 - 200 && waits[index]! < longest + 200, `${waits}`);
	});
	ok(client.state.failures >= 8);
});

test("a connection that responded to a ping has the back-off begin anew; one that did not has not", () => {
	const { broker, client } = joined();
	broker.drop();
	broker.advance(1100);
	equal(client.state.failures, 1);
	broker.drop();
	broker.advance(2100);
	equal(client.state.failures, 2);
	broker.advance(15_000);
	deepEqual([client.state.state, client.state.failures], ["connected", 0]);
});

test("a network that is joined has it connect at once", () => {
	const { broker, client } = joined({ mood: "refuses" });
	broker.advance(300_000, 1000);
	broker.mood = "well";
	client.open();
	broker.advance(100);
	equal(client.state.state, "connected");
});

test("without a socket to be had it goes on trying", () => {
	const { broker, client } = joined({ open: false });
	let made = 0;
	const { TCP } = broker.network;
	const short = new MQTTClient({
		...broker.options,
		TCP: class extends TCP {
			constructor(options: ConstructorParameters<typeof TCP>[0]) {
				if (made++ === 0) throw new Error("no memory");
				super(options);
			}
		},
		clientId: "dht1",
		will: { topic: "s", payload: "offline" },
		topic: undefined,
		outbox: new Messages(),
	});
	client.close();
	short.open();
	broker.advance(100);
	equal(short.state.failure, "no-connection");
	broker.advance(1000);
	equal(short.state.state, "connected");
});

test("a name that is resolved after closing opens nothing, and closing twice leaves no timer", () => {
	const { broker, client } = joined({ open: false });
	client.open();
	client.close();
	client.close();
	broker.advance(100);
	deepEqual([broker.connects.length, broker.clock.pending], [0, 0]);
});
