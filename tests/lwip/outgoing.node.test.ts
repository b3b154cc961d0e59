// The chip's sockets one by one: connections that the device opens, datagrams and names; then messages refused and memory short.

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { testOutgoing } from "../platform/outgoing.js";
import { Bench, noise, testNothingLeft } from "./bench.js";
import { skipTap as skip } from "./tools.js";

const bench = new Bench();

testOutgoing(
	() => ({
		peer: bench.peer,
		flood: 2_000_000,
		tell: command => bench.device.type(command),
		heard: () => bench.answered(10_000),
	}),
	skip,
);

test("a connection to an address where nobody is may be given up", { skip }, async () => {
	bench.device.type(`open a ${bench.peer.replace(/\d+$/, "9")} 80 now`);
	equal(await bench.ask("drop a"), "a closed");
});

test("datagrams come back, from a group too; of more than wait the rest is lost", { skip }, async () => {
	const socket = createSocket("udp4");
	const heard: string[] = [];
	socket.on("message", bytes => heard.push(bytes.toString()));
	socket.bind(0, bench.peer);
	await once(socket, "listening");
	socket.setMulticastInterface(bench.peer);
	socket.send("one", 15, bench.device.address);
	socket.send("two", 15, "224.0.0.251");
	for (let waited = 0; waited < 2000 && heard.length < 2; waited += 5) await sleep(5);
	deepEqual(heard.sort(), ["one", "two"]);
	match(await bench.ask("deafen"), /^port 16: -8 port 7: -8$/);
	for (let count = 0; count < 40; count++) socket.send("x", 16, bench.device.address);
	await sleep(100);
	equal(await bench.ask("hear"), "16 closed");
	equal(await bench.ask("leave"), "left");
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

test("a name that the name server knows has its address", { skip }, async t => {
	const server = nameServer(bench.peer);
	t.after(() => server.close());
	await once(server, "listening");
	equal(await bench.ask("resolve dht.test"), "dht.test 192.0.2.1");
	equal(await bench.ask("resolve nobody.test"), "nobody.test undefined");
});

test("with half of the messages to XS refused all goes on", { skip }, async () => {
	bench.device.type("refuse 0.5");
	for (let count = 0; count < 20; count++) ok(await bench.echo(noise(3000)));
	bench.device.type("refuse 0");
	ok((await bench.device.statistics()).queue.refused > 10);
});

test("with a third of the memory refused it lives, and once there is memory all is well", { skip }, async () => {
	bench.device.type("exhaust 0.33");
	await Promise.all(Array.from({ length: 10 }, () => bench.echo(noise(20_000)).catch(() => false)));
	bench.device.type("exhaust 0");
	await sleep(300);
	ok(await bench.echo(noise(20_000)));
});

testNothingLeft(bench);
