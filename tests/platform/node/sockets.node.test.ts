// The contract of modules/platform/io.ts on real sockets: what the chip's do, these do.

import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { TCP, TCPConstructor } from "../../../modules/platform/io.js";
import { listen, listenerFor } from "../../../modules/platform/node/sockets.js";

const sendBuffer = 1000;

interface Pair {
	client: Socket;
	tcp: TCP;
	/** Node's, of the device. */
	socket: Socket;
	/** Callbacks with their argument, in order. */
	calls: [string, number?][];
	until(name: string): Promise<void>;
}

/** A client, and its connection as the device sees it. */
async function pair(t: TestContext, receive = (tcp: TCP) => void tcp.read()): Promise<Pair> {
	const listening = await listen("127.0.0.1", 0, { maxConnections: 4 });
	const accepted = once(listening.server, "connection");
	const calls: Pair["calls"] = [];
	const client = connect(listening.port, "127.0.0.1");
	const tcp = await new Promise<TCP>(resolve => {
		const listener = new (listenerFor(listening, { sendBuffer }))({
			port: listening.port,
			onReadable() {
				const from = this.read();
				assert.ok(from);
				resolve(
					new (from.constructor as TCPConstructor)({
						from,
						onReadable(count) {
							calls.push(["onReadable", count]);
							receive(this);
						},
						onWritable: room => void calls.push(["onWritable", room]),
						onError: () => void calls.push(["onError"]),
					}),
				);
			},
		});
		t.after(() => {
			tcp.close();
			client.destroy();
			listener.close();
		});
	});
	const until = async (name: string) => {
		for (let turn = 0; turn < 400; turn++) {
			if (calls.some(([called]) => called === name)) return;
			await sleep(5);
		}
		assert.fail(`no ${name} among ${JSON.stringify(calls)}`);
	};
	const [socket] = await accepted;
	return { client, tcp, socket, calls, until };
}

test("onWritable comes once after the connection is taken over, with the whole buffer", async t => {
	const { calls, until } = await pair(t);
	await until("onWritable");
	assert.deepEqual(calls, [["onWritable", sendBuffer]]);
});

test("write tells the room that is left, takes a copy, and refuses what does not fit", async t => {
	const { client, tcp, until } = await pair(t);
	await until("onWritable");
	const received: Buffer[] = [];
	client.on("data", bytes => received.push(bytes));
	const bytes = new Uint8Array(600).fill(1);
	assert.equal(tcp.write(bytes), 400);
	bytes.fill(2);
	assert.throws(() => tcp.write(new Uint8Array(401)), /would block/);
	assert.equal(tcp.write(new Uint8Array(400).buffer), 0);
	while (Buffer.concat(received).length < 1000) await sleep(5);
	assert.deepEqual(Buffer.concat(received), Buffer.concat([Buffer.alloc(600, 1), Buffer.alloc(400)]));
});

test("room comes back when the bytes have gone", async t => {
	const { calls, tcp, until } = await pair(t);
	await until("onWritable");
	calls.length = 0;
	tcp.write(new Uint8Array(700));
	await until("onWritable");
	assert.deepEqual(calls.at(-1), ["onWritable", sendBuffer]);
});

test("read gives what is unread, in parts or whole", async t => {
	const { client, tcp, calls, until } = await pair(t, () => {});
	client.write("hello");
	await until("onReadable");
	assert.deepEqual(
		calls.find(([name]) => name === "onReadable"),
		["onReadable", 5],
	);
	assert.equal(Buffer.from(tcp.read(2)!).toString(), "he");
	assert.throws(() => tcp.read(4), /invalid/);
	assert.equal(Buffer.from(tcp.read()!).toString(), "llo");
	assert.equal(tcp.read(), undefined);
});

for (const closes of [false, true])
	test(`what a callback writes is sent as one once it has ${closes ? "closed" : "returned"}`, async t => {
		const spoken = new TextEncoder().encode("three");
		const { client, socket } = await pair(t, tcp => {
			tcp.read();
			assert.deepEqual([tcp.write(spoken), tcp.write(spoken), tcp.write(spoken)], [995, 990, 985]);
			if (closes) tcp.close();
		});
		const { mock } = t.mock.method(socket, "write");
		client.write("go");
		const [received] = await once(client, "data");
		assert.equal(received.toString(), "threethreethree");
		assert.equal(mock.callCount(), 1);
		if (closes) await once(client, "end");
	});

test("a peer that closes is told by onError, after what it sent has been read", async t => {
	const { client, tcp, calls, until } = await pair(t, () => {});
	client.end("bye");
	await until("onReadable");
	await sleep(30);
	assert.ok(!calls.some(([name]) => name === "onError"));
	tcp.read();
	await until("onError");
	assert.equal(tcp.write(new Uint8Array(1)), undefined);
});

test("a reset is told by onError, once", async t => {
	const { client, calls, until } = await pair(t);
	await until("onWritable");
	client.resetAndDestroy();
	await until("onError");
	await sleep(30);
	assert.equal(calls.filter(([name]) => name === "onError").length, 1);
});

test("close may be called twice, sends what was written, and no callback follows", async t => {
	const { client, tcp, calls, until } = await pair(t);
	await until("onWritable");
	calls.length = 0;
	const received: Buffer[] = [];
	client.on("data", bytes => received.push(bytes));
	tcp.write(new TextEncoder().encode("last words"));
	tcp.close();
	tcp.close();
	assert.throws(() => tcp.write(new Uint8Array(1)), /closed/);
	assert.throws(() => tcp.read(), /closed/);
	client.write("too late");
	await once(client, "end");
	await sleep(30);
	assert.equal(Buffer.concat(received).toString(), "last words");
	assert.deepEqual(calls, []);
});

test("connections beyond the host's limit are refused", async t => {
	const listening = await listen("127.0.0.1", 0, { maxConnections: 2 });
	const listener = new (listenerFor(listening, { sendBuffer }))({ port: listening.port });
	const clients = Array.from({ length: 3 }, () => connect(listening.port, "127.0.0.1"));
	t.after(() => {
		for (const client of clients) client.destroy();
		listener.close();
	});
	await once(
		clients[2]!.on("error", () => {}),
		"close",
	);
	assert.equal(clients[0]!.destroyed, false);
	assert.equal(clients[1]!.destroyed, false);
});

test("a connection that comes before anything listens is reset", async () => {
	const { server, port } = await listen("127.0.0.1", 0, { maxConnections: 4 });
	const client = connect(port, "127.0.0.1");
	const [error] = (await once(client, "error")) as [NodeJS.ErrnoException];
	assert.equal(error.code, "ECONNRESET");
	server.close();
});
