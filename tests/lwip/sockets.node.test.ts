// The chip's sockets one by one: TCP as server and client, datagrams, names; and with messages refused and memory short.

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { after, before, beforeEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Device, skipTap as skip, startDevice } from "./tools.js";

let device: Device;
const answers: string[] = [];

before(async () => {
	if (skip) return;
	device = await startDevice({ entry: "tests/lwip/sockets.ts" });
	device.onLine = line => answers.push(line.replace("answer ", ""));
	equal(await answered(), "ready");
});
after(async () => {
	if (skip) return;
	equal(await device.close(), 0);
});

beforeEach(() => {
	answers.length = 0;
});

/** The next answer to a command. */
async function answered(ms = 5000): Promise<string> {
	for (let waited = 0; waited < ms && answers.length === 0; waited += 2) await sleep(2);
	return answers.shift() ?? "no answer";
}

async function ask(command: string): Promise<string> {
	device.type(command);
	return answered();
}

async function dial(port: number): Promise<Socket> {
	const socket = connect(port, device.address).setNoDelay(true);
	socket.on("error", () => {});
	await once(socket, "connect");
	return socket;
}

/** Sends `bytes` to port 7. @returns Whether they come back. */
async function echo(bytes: Buffer): Promise<boolean> {
	const socket = await dial(7);
	const back: Buffer[] = [];
	let length = 0;
	socket.on("data", piece => {
		back.push(piece);
		length += piece.byteLength;
		if (length >= bytes.byteLength) socket.end();
	});
	socket.write(bytes);
	await Promise.race([once(socket, "close"), sleep(20_000)]);
	socket.destroy();
	return Buffer.concat(back).equals(bytes);
}

const noise = (length: number) => Buffer.from(Array.from({ length }, (_, at) => (at * 31 + (at >> 8)) & 0xff));

test("what is sent comes back, of any length", { skip }, async () => {
	for (const length of [1, 255, 256, 257, 5743, 5744, 5745, 200_000]) ok(await echo(noise(length)), `${length} bytes`);
});

test("single bytes come back", { skip }, async () => {
	const socket = await dial(7);
	let back = "";
	socket.on("data", piece => {
		back += piece;
	});
	for (let count = 0; count < 300; count++) {
		socket.write(String(count % 10));
		await new Promise(setImmediate);
	}
	for (let waited = 0; waited < 5000 && back.length < 300; waited += 5) await sleep(5);
	equal(back, Array.from({ length: 300 }, (_, at) => at % 10).join(""));
	socket.destroy();
});

test("room is told after the hand-over, then what is unread; an end only when all is read; then nothing more", {
	skip,
}, async () => {
	const socket = await dial(9);
	await sleep(20);
	deepEqual((await ask("told")).split(","), ["from:closed", "writable:5744"]);
	match(await ask("peer"), /^(10\.90\.\d+\.1) \1$/);
	equal(await ask("read"), "nothing");
	socket.write("0123456789");
	await sleep(20);
	equal(await ask("told"), "readable:10");
	equal(await ask("misread 11"), "invalid length");
	equal(await ask("misread 0"), "invalid length");
	equal(await ask("read 4"), "4 0123");
	socket.end("abc");
	await sleep(20);
	match(await ask("told"), /^readable:9$/);
	equal(await ask("read"), "9 456789abc");
	await sleep(20);
	equal(await ask("told"), "error");
	equal(await ask("write 5745"), "would block");
	equal(await ask("write 5744"), "0");
	equal(await answered(), "nothing");
	const received: Buffer[] = [];
	socket.on("data", piece => received.push(piece));
	const closed = once(socket, "close");
	equal(await ask("closeHeld"), "closed,closed,closed");
	await closed;
	equal(Buffer.concat(received).toString(), "x".repeat(5744));
});

test("a write to a peer that has reset throws nothing", { skip }, async () => {
	const socket = await dial(9);
	socket.write("1");
	await sleep(20);
	socket.resetAndDestroy();
	await sleep(20);
	equal(await ask("write 10"), "");
	equal(await answered(), "nothing");
	equal(await ask("read"), "1 1");
	await sleep(20);
	match(await ask("told"), /^from:closed,writable:5744,readable:1,error$/);
	equal(await ask("closeHeld"), "closed,closed,closed");
});

test("what was written goes out at a close, though bytes are unread", { skip }, async () => {
	const socket = await dial(9);
	let received = "";
	let error: Error | undefined;
	socket.on("data", piece => {
		received += piece;
	});
	socket.on("error", reason => {
		error = reason;
	});
	socket.write("unread");
	await sleep(20);
	equal(await ask("write 3000"), "2744");
	const ended = once(socket, "end");
	device.type("closeHeld");
	await Promise.race([ended, sleep(3000)]);
	equal(received.length, 3000);
	equal(error, undefined);
	socket.destroy();
});

test("an upload waits while nobody reads, and goes on as it is read", { skip }, async () => {
	const socket = await dial(9);
	socket.write(Buffer.alloc(3_000_000, "u"));
	await sleep(500);
	const { lwip } = await device.statistics();
	equal(lwip.buffers, 0, "the interface's buffers are given back");
	ok(socket.writableLength > 0, "the client waits");
	let read = 0;
	while (read < 3_000_000) {
		const piece = Number.parseInt(await ask("read"), 10);
		if (Number.isNaN(piece)) await sleep(1);
		else {
			ok(piece <= 5744);
			read += piece;
		}
	}
	equal(read, 3_000_000);
	equal(socket.writableLength, 0);
	socket.destroy();
	await sleep(20);
	await ask("told");
	await ask("closeHeld");
});

test("what arrives before a connection is taken is kept, its end too; what is reset meanwhile is not there", {
	skip,
}, async () => {
	const first = await dial(11);
	first.end("first");
	const second = await dial(11);
	second.write("second");
	const third = await dial(11);
	third.end("third");
	await sleep(20);
	second.resetAndDestroy();
	await sleep(20);
	equal(await ask("take"), "3 first ended");
	equal(await ask("take"), "3 third ended");
	equal(await ask("take"), "none");
});

test("a listener that closes closes what waits in it", { skip }, async () => {
	const sockets = await Promise.all([dial(11), dial(11)]);
	const ended = Promise.all(sockets.map(socket => once(socket.resume(), "end")));
	await sleep(20);
	equal(await ask("stop"), "closed");
	await ended;
	for (const socket of sockets) socket.destroy();
	equal(
		await dial(11).then(
			() => "taken",
			error => error.code,
		),
		"ECONNREFUSED",
	);
});

test("a connection that is read and forgotten is closed by the collector", { skip }, async () => {
	const socket = (await dial(13)).resume();
	await sleep(50);
	const ended = Promise.race([once(socket, "end"), once(socket, "error"), sleep(3000, "still open")]);
	await device.statistics();
	ok((await ended) !== "still open");
	socket.destroy();
});

test("no more than fifteen connections are taken; the next one is once another goes", { skip }, async () => {
	const sockets = await Promise.all(Array.from({ length: 15 }, () => dial(7)));
	let taken = false;
	const next = connect(7, device.address, () => {
		taken = true;
	});
	await sleep(300);
	equal(taken, false);
	sockets[0]?.destroy();
	await once(next, "connect");
	for (const socket of [...sockets, next]) socket.destroy();
});

test("connections to others: an answer, a refusal, one that is given up, an address that is none", {
	skip,
}, async t => {
	const server = createServer(socket => socket.once("data", text => socket.end(`${text} yourself`)));
	t.after(() => server.close());
	server.listen(0, device.address.replace(/\d+$/, "1"));
	await once(server, "listening");
	const { address, port } = server.address() as { address: string; port: number };
	equal(await ask(`connect ${address} ${port}`), "read hello yourself");
	equal(await answered(), "error");
	equal(await ask(`connect ${address} 1`), "error");
	equal(await ask(`giveUp ${address} ${port}`), "closed");
	equal(await ask(`giveUp ${address.replace(/\d+$/, "9")} 80`), "closed");
	equal(await ask("refused nowhere"), "invalid address");
});

test("datagrams come back, from a group too; of more than wait the rest is lost", { skip }, async () => {
	const socket = createSocket("udp4");
	const heard: string[] = [];
	socket.on("message", bytes => heard.push(bytes.toString()));
	socket.bind(0, device.address.replace(/\d+$/, "1"));
	await once(socket, "listening");
	socket.setMulticastInterface(device.address.replace(/\d+$/, "1"));
	socket.send("one", 15, device.address);
	socket.send("two", 15, "224.0.0.251");
	for (let waited = 0; waited < 2000 && heard.length < 2; waited += 5) await sleep(5);
	deepEqual(heard.sort(), ["one", "two"]);
	match(await ask("deafen"), /^port 16: -8 port 7: -8$/);
	for (let count = 0; count < 40; count++) socket.send("x", 16, device.address);
	await sleep(100);
	equal(await ask("hear"), "16 closed");
	equal(await ask("leave"), "left");
	socket.close();
});

/** A name server that knows `dht.test` alone. */
function nameServer(address: string) {
	const server = createSocket("udp4");
	server.on("message", (question, { port, address: from }) => {
		const known = question.includes("\x03dht\x04test");
		const answer = Buffer.concat([
			question,
			known ? Buffer.from("c00c00010001000000050004c0000201", "hex") : Buffer.alloc(0),
		]);
		answer.writeUInt16BE(known ? 0x8180 : 0x8183, 2);
		answer.writeUInt16BE(known ? 1 : 0, 6);
		server.send(answer, port, from);
	});
	server.bind(53, address);
	return server;
}

test("names: one that is known, one that is not, an address, and more at once than there is room for", {
	skip,
}, async t => {
	const server = nameServer(device.address.replace(/\d+$/, "1"));
	t.after(() => server.close());
	await once(server, "listening");
	equal(await ask("resolve dht.test"), "dht.test 192.0.2.1");
	equal(await ask("resolve nobody.test"), "nobody.test ");
	equal(await ask("resolve 10.1.2.3"), "10.1.2.3 10.1.2.3");
	equal(await ask(`resolve ${"x".repeat(300)}`), `${"x".repeat(300)} `);
	for (let count = 0; count < 8; count++) device.type(`resolve n${count}.test`);
	const names = await Promise.all(Array.from({ length: 8 }, () => answered(20_000)));
	deepEqual(
		names.map(answer => answer.trim()).sort(),
		Array.from({ length: 8 }, (_, count) => `n${count}.test`),
	);
});

test("with half of the messages to XS refused all goes on", { skip }, async () => {
	device.type("refuse 0.5");
	for (let count = 0; count < 20; count++) ok(await echo(noise(3000)));
	device.type("refuse 0");
	ok((await device.statistics()).queue.refused > 10);
});

test("with a third of the memory refused it lives, and once there is memory all is well", { skip }, async () => {
	device.type("exhaust 0.33");
	await Promise.all(Array.from({ length: 10 }, () => echo(noise(20_000)).catch(() => false)));
	device.type("exhaust 0");
	await sleep(300);
	ok(await echo(noise(20_000)));
});

test("in the end nothing is left in lwIP", { skip }, async t => {
	let statistics = await device.statistics();
	for (let waited = 0; waited < 30 && (statistics.lwip.active > 0 || statistics.lwip.heap > 0); waited++) {
		await sleep(1000);
		statistics = await device.statistics();
	}
	t.diagnostic(JSON.stringify(statistics));
	equal(statistics.lwip.active, 0);
	equal(statistics.lwip.segments, 0);
	equal(statistics.lwip.buffers, 0);
	equal(statistics.lwip.heap, 0);
});
