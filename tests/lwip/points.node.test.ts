// A peer that resets, ends, vanishes or errs at every point of a connection: whatever it does, the device answers the next one, and
// keeps nothing of it.

import { equal, match, ok } from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Device, skip, startDevice } from "./tools.js";
import { type Peer, Wire } from "./wire.js";

const head = "GET /api/readings HTTP/1.1\r\nHost: 10.90.1.2\r\n\r\n";
const page = "GET / HTTP/1.1\r\nHost: 10.90.1.2\r\n\r\n";
const streamed = "GET /sensor-data-events HTTP/1.1\r\nHost: 10.90.1.2\r\n\r\n";
const body = `PUT /api/settings HTTP/1.1\r\nHost: 10.90.1.2\r\nContent-Type: application/json\r\nContent-Length: 400\r\n\r\n`;
const bodied = `${body}${" ".repeat(400)}`;
/** An answer that has all come, in pieces or not. */
const whole = /^HTTP\/1\.1 200 OK\r\n(.|\r|\n)*\}(\r\n0\r\n\r\n)?$/;

/** How far a connection comes before its peer does something. */
const points: Record<string, (peer: Peer) => Promise<unknown>> = {
	"after SYN": peer => peer.connect(false),
	"once it is up": peer => peer.connect(),
	"once it was taken": async peer => {
		await peer.connect();
		await sleep(20);
	},
	"with the request, before it is taken": async peer => {
		await peer.connect();
		peer.send(head);
	},
	"within the head": async peer => {
		await peer.connect();
		peer.send(head.slice(0, 30));
		await sleep(5);
	},
	"within the body": async peer => {
		await peer.connect();
		peer.send(body + " ".repeat(100));
		await sleep(5);
	},
	"after the body": async peer => {
		await peer.connect();
		peer.send(bodied);
	},
	"within the answer": async peer => {
		await peer.connect();
		peer.acknowledges = false;
		peer.send(page);
		await peer.until(() => peer.text.length > 0);
	},
	"within the answer, its window shut": async peer => {
		peer.window = 600;
		await peer.connect();
		peer.send(page);
		await peer.until(() => peer.text.length >= 600);
		peer.window = 0;
		peer.acknowledge();
		await sleep(5);
	},
	"after the answer": async peer => {
		await peer.connect();
		peer.send(head);
		await peer.until(() => whole.test(peer.text));
	},
	"within the stream": async peer => {
		await peer.connect();
		peer.send(streamed);
		await peer.until(() => peer.text.includes("hello"));
	},
	"within the stream, an event not acknowledged": async peer => {
		await peer.connect();
		peer.send(streamed);
		await peer.until(() => peer.text.includes("hello"));
		peer.acknowledges = false;
		peer.send(" ");
		await sleep(5);
	},
};

/** What it does then. */
const acts: Record<string, (peer: Peer) => void | Promise<unknown>> = {
	"resets it": peer => peer.reset(),
	"ends it": peer => peer.fin(),
	"ends it and resets it": async peer => {
		peer.fin();
		await sleep(2);
		peer.reset();
	},
	"resets it out of turn": peer => peer.reset(100_000),
	"sends a byte again and resets it": peer => {
		peer.again("\n");
		peer.reset();
	},
	vanishes: () => {},
};

let device: Device;
let wire: Wire;
/** Streams whose peer has vanished: nothing tells the device, as long as what it sends has room. */
const vanished: Peer[] = [];
before(async () => {
	if (skip) return;
	device = await startDevice({ wire: true, config: { idleMs: 2000, headerMs: 2000, bodyMs: 2000, progressMs: 2000 } });
	wire = new Wire(device.wire);
	await new Promise<void>(resolve => {
		device.onLine = line => line.includes("http://") && resolve();
	});
});
after(async () => {
	if (skip) return;
	equal(await device.close(), 0);
});

/** @returns What the device answers to a request of a peer that behaves. */
async function answer(request = head): Promise<string> {
	const peer = wire.peer(80);
	await peer.connect();
	peer.send(request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
	ok(await peer.until(() => peer.ended), `answered within 3 s, so far: ${JSON.stringify(peer.text)}`);
	peer.fin();
	peer.forget();
	return peer.text;
}

for (const [point, come] of Object.entries(points))
	for (const [act, then] of Object.entries(acts))
		test(`${point} the peer ${act}`, { skip }, async () => {
			const peer = wire.peer(80);
			await come(peer);
			await then(peer);
			await sleep(2);
			peer.forget();
			if (peer.text.includes("hello")) vanished.push(peer);
			match(await answer(), whole);
		});

test("a peer of short segments gets all of the page", { skip }, async () => {
	for (const mss of [60, 100, 300]) {
		const peer = wire.peer(80);
		peer.mss = mss;
		await peer.connect();
		peer.send(page.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
		ok(await peer.until(() => peer.ended), `segments of ${mss}`);
		const length = Number(/Content-Length: (\d+)/.exec(peer.text)?.[1]);
		equal(peer.text.length - peer.text.indexOf("\r\n\r\n") - 4, length, `segments of ${mss}`);
		peer.fin();
		peer.forget();
	}
});

test("thirteen peers that never read what they asked for keep no other waiting", { skip }, async t => {
	const deaf = Array.from({ length: 13 }, () => wire.peer(80));
	for (const peer of deaf) {
		peer.window = 100;
		await peer.connect();
		peer.send(page);
		await peer.until(() => peer.text.length >= 100);
		peer.window = 0;
		peer.acknowledge();
	}
	for (let count = 0; count < 20; count++) match(await answer(), /^HTTP\/1\.1 200 OK\r\n/);
	t.diagnostic(`lwIP's heap at most: ${(await device.statistics()).lwip.heapMost} bytes`);
	for (const peer of deaf) peer.forget();
});

test("none of them was a failure of the device", { skip }, async () => {
	const device = await answer(head.replace("readings", "device"));
	equal(JSON.parse(device.slice(device.indexOf("{"), device.lastIndexOf("}") + 1)).counters.failures, 0);
});

test("of all these nothing is left, once a peer whose stream is open comes back without knowing it", {
	skip,
}, async t => {
	for (const peer of vanished) peer.reset();
	for (let waited = 0; waited < 30 && (await device.statistics()).lwip.active > 0; waited++) await sleep(1000);
	const { lwip, queue, heap } = await device.statistics();
	t.diagnostic(JSON.stringify({ lwip, queue, heap }));
	equal(lwip.active, 0);
	equal(lwip.segments, 0);
	equal(lwip.buffers, 0);
	ok(queue.most <= (queue.length * 2) / 3);
});
