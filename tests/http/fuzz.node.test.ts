// Mutated and random bytes. FUZZ_RUNS sets how many (2000), FUZZ_SEED others (1).

import { deepEqual, equal, match } from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { FakeDevice } from "../fakes/device.js";
import { latin1 } from "../fakes/text.js";
import { rows } from "./conformance.js";

const runs = Number(process.env.FUZZ_RUNS ?? 2000);
const seed = Number(process.env.FUZZ_SEED ?? 1);

/** What a mutation puts in: what parsers trip over. */
const fragment = fc.constantFrom(
	..."\r|\n|\r\n|\r\n\r\n|\0|\t| |:|;|,|%|%00|?|/|*|\xff|0|-1|99999999999|GET / HTTP/1.1\r\n|Host: a\r\n|Content-Length: 3\r\n|Transfer-Encoding: chunked\r\n|Expect: 100-continue\r\n|0\r\n\r\n".split(
		"|",
	),
);

/** Cuts `count` characters at a place of `base`, and puts `insert` there. */
const mutation = fc.record({
	at: fc.nat(6000),
	count: fc.nat(8),
	insert: fc.oneof(fragment, fc.string({ maxLength: 12 })),
});

const mutated = fc
	.tuple(fc.constantFrom(...rows.map(row => row.send)), fc.array(mutation, { maxLength: 4 }))
	.map(([base, mutations]) =>
		mutations.reduce((bytes, { at, count, insert }) => {
			const place = at % (bytes.length + 1);
			return bytes.slice(0, place) + insert + bytes.slice(place + count);
		}, base),
	);

const random = fc.uint8Array({ maxLength: 3000 }).map(bytes => String.fromCharCode(...bytes));

const sequence = fc.record({
	bytes: fc.oneof({ weight: 9, arbitrary: mutated }, { weight: 1, arbitrary: random }),
	cuts: fc.array(fc.nat(6000), { maxLength: 3 }),
	end: fc.constantFrom("close", "silence", "stall"),
});

test(`${runs} mutated and random sequences, seed ${seed}: none escapes, none leaks, the next request is answered`, () => {
	const device = new FakeDevice({ onError: error => equal((error as Error).message, "planted") }, { sendBuffer: 2000 });
	fc.assert(
		fc.property(sequence, ({ bytes, cuts, end }) => {
			const peer = device.network.connect();
			peer.reading = end !== "stall";
			const places = [...new Set([0, ...cuts.map(cut => cut % (bytes.length + 1)), bytes.length])].sort(
				(a, b) => a - b,
			);
			for (let at = 1; at < places.length; at++) peer.send(latin1(bytes.slice(places[at - 1], places[at])));
			if (end === "close") peer.close();
			else
				for (let waited = 0; waited < 40 && peer.closed === "no" && device.broadcaster.streams === 0; waited++) {
					device.clock.advance(1000);
					device.network.settle();
				}
			peer.close();
			deepEqual([device.server.connections, device.broadcaster.streams, device.network.open.size], [0, 0, 0]);
			match(device.ask("GET /nope HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), /^HTTP\/1\.1 404 /);
			equal(device.server.connections, 0);
		}),
		{ numRuns: runs, seed },
	);
});
