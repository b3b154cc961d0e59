import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import type { UDP } from "../../../modules/platform/io.js";
import { datagramsOn } from "../../../modules/platform/node/datagrams.js";

test("a group that cannot be joined on this address ends nothing but the socket", async () => {
	const udp = new (datagramsOn(() => "203.0.113.1"))({ port: 0, group: "224.0.0.251" });
	await setTimeout(100);
	udp.write(new Uint8Array(1), "127.0.0.1", 9);
	assert.equal(udp.read(), undefined);
	udp.close();
});

test("so many datagrams wait, none of them longer than an Ethernet frame has room for", async () => {
	const probe = createSocket("udp4").bind(0);
	await once(probe, "listening");
	const { port } = probe.address();
	probe.close();
	let told = 0;
	const udp: UDP = new (datagramsOn(() => "127.0.0.1"))({ port, onReadable: () => told++ });
	const peer = createSocket("udp4");
	await setTimeout(100);
	for (let count = 0; count < 100; count++) {
		peer.send(new Uint8Array(1501), port, "127.0.0.1");
		peer.send(new Uint8Array(1500), port, "127.0.0.1");
		if (count % 10 === 0) await setTimeout(5);
	}
	for (let waits = 0; told < 64 && waits < 100; waits++) await setTimeout(20);
	await setTimeout(100);
	assert.equal(told, 64);
	for (let count = 0; count < 64; count++) assert.equal(udp.read()?.bytes.byteLength, 1500);
	assert.equal(udp.read(), undefined);
	udp.close();
	peer.close();
});
