// npm's own client of Improv against the device, over a serial line in memory.

import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { type Client, openClient, password, type Wire } from "../fakes/improv-client.js";
import { fromLatin1 } from "../fakes/text.js";
import { home, saved } from "./bench.js";
import { CableBench, twelve } from "./improv-bench.js";

const pass = { state: 4, url: "http://192.0.2.7/" };

/** Changes bytes on their way to the device. */
type Disturb = (bytes: Uint8Array) => Iterable<number>;

/** A device with a client. Its time passes twenty times as fast as the client's. */
function connect(
	t: TestContext,
	{ bench = new CableBench(), disturb = (bytes: Uint8Array): Iterable<number> => bytes } = {},
) {
	bench.radio.networks = [...twelve.slice(1), home];
	bench.connect();
	const wire: Wire = { send: bytes => bench.serial.arrive(Uint8Array.from(disturb(bytes))), onReceived() {} };
	bench.serial.onSent = bytes => {
		bench.line.receive(bytes);
		wire.onReceived(bytes);
	};
	const timer = setInterval(() => bench.clock.advance(20), 1);
	const client = openClient(wire);
	t.after(async () => {
		clearInterval(timer);
		await client.close();
		bench.close();
	});
	return { bench, wire, client };
}

test("identify, list twelve networks, a wrong password, the right one", async t => {
	const { client, bench } = connect(t);
	deepEqual(await client.initialize(), {
		firmware: "dht-gauges",
		version: "1.2.3",
		chipFamily: "ESP32-C3",
		name: "dht",
		osName: null,
		osVersion: null,
	});
	equal(client.state, 2);
	const networks = await client.scan(15_000);
	equal(networks.length, 12);
	deepEqual(networks[0], { name: "Home", rssi: -55, secured: true });
	equal(networks.find(({ secured }) => !secured)?.name, "Network 3");
	await rejects(client.provision("Home", "wrong horse", 5000), error => error === "UNABLE_TO_CONNECT");
	deepEqual([client.state, client.error, client.nextUrl], [2, 3, undefined]);
	await client.provision("Home", "correct horse", 5000);
	deepEqual({ state: client.state, url: client.nextUrl }, pass);
	deepEqual([client.error, bench.radio.ssid, client.failures], [0, "Home", []]);
});

test("a device that is in its network says so with its page", async t => {
	const bench = new CableBench();
	bench.stored = saved([home], home);
	const { client } = connect(t, { bench });
	bench.clock.advance(3000);
	await client.initialize();
	deepEqual({ state: client.state, url: client.nextUrl }, pass);
});

test("names and the first password", async t => {
	const { client, bench } = connect(t);
	await client.initialize();
	equal(await client.getHostname(), "dht");
	equal(await client.setDeviceName("attic"), "attic");
	equal(client.info?.name, "attic");
	await rejects(client.setHostname("no name"), error => error === "BAD_HOSTNAME");
	await rejects(client.requestNetworkState(), error => error === "UNKNOWN_RPC_COMMAND");
	equal(await password(client), false);
	equal(await password(client, "open sesame"), true);
	await rejects(password(client, "another one"), error => error === "UNKNOWN_ERROR (4)");
	equal(bench.device.password, "open sesame");
});

/** Goes from the first packet to the device's page. */
async function setUp(client: Client): Promise<void> {
	await client.initialize(5000);
	equal((await client.scan(15_000)).length, 12);
	await rejects(client.provision("Home", "wrong horse", 5000));
	await client.provision("Home", "correct horse", 5000);
	deepEqual({ state: client.state, url: client.nextUrl }, pass);
}

test("lines of the log between the packets, one of them begun before the client came", async t => {
	const { client, bench, wire } = connect(t);
	wire.onReceived(new TextEncoder().encode("dht: http://192"));
	const printed: string[] = [];
	const timer = setInterval(() => {
		printed.push(`line ${printed.length}: ${"IMPROV and more ".repeat(printed.length % 7)}`);
		bench.print(printed[printed.length - 1]!);
	}, 2);
	t.after(() => clearInterval(timer));
	await setUp(client);
	ok(printed.length > 20);
	deepEqual(
		bench.line.log.split("\r\n").filter(line => line.startsWith("line ")),
		printed,
	);
	deepEqual(client.failures, []);
});

test("a byte of the first request lost or doubled, at each position: the next request gets through", async t => {
	const positions = Array.from({ length: 13 }, (_, at) => at);
	const damages: Disturb[] = positions.flatMap(at => [
		bytes => [...bytes.slice(0, at), ...bytes.slice(at + 1)],
		bytes => [...bytes.slice(0, at + 1), ...bytes.slice(at)],
	]);
	await Promise.all(
		damages.map(async damage => {
			let isFirst = true;
			const { client, bench } = connect(t, {
				disturb(bytes) {
					const sent = isFirst ? damage(bytes) : bytes;
					isFirst = false;
					return sent;
				},
			});
			equal((await client.initialize(3000))?.firmware, "dht-gauges");
			deepEqual([client.state, client.failures, bench.radio.joins], [2, [], 0]);
		}),
	);
});

test("1,000 streams of random bytes before the client: it finds the device as if there had been none", async t => {
	const { client, bench } = connect(t);
	for (let count = 0; count < 1000; count++) {
		bench.serial.arrive(crypto.getRandomValues(new Uint8Array(1 + (count % 200))));
		if (count % 10 === 0) bench.clock.advance(500);
	}
	bench.clock.advance(500);
	ok(
		bench.line.packets.every(packet => /^error [12]$/.test(packet)),
		bench.line.packets.join(),
	);
	await setUp(client);
	ok(!/[^\x20-\x7e\r\n]/.test(fromLatin1(new TextEncoder().encode(bench.line.log))));
});
