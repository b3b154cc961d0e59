// A twentieth of `npm run soak:fuzz`, with a fixed seed.

import { deepEqual, ok, rejects } from "node:assert/strict";
import { test } from "node:test";
import type { Fuzzed } from "./fuzz.js";
import { plantedBeforeResponse, skip, tool } from "./tools.js";

const { fuzz } = await tool("fuzz.mjs");

const SEED = 20;
const RUNS = 1670;
/** Each round is a script, which the engine gives a name; and a few names of the app come up late. */
const NAMES = 16;
/** Responses differ in length, and so do events about the last client. */
const SLACK = 4096;

test("requests and datagrams changed by chance end nothing, and nothing of them stays", { skip }, async t => {
	const first = new Map<string, Fuzzed>();
	const grown: unknown[] = [];
	let sent = 0;
	for await (const round of fuzz(RUNS, SEED) as AsyncIterable<Fuzzed & { kind: string; sent: number }>) {
		sent += 200;
		const before = first.get(round.kind);
		if (!before) first.set(round.kind, round);
		else if (round.keys > before.keys + NAMES || round.heap > before.heap + SLACK) grown.push([before, round]);
	}
	t.diagnostic(`${sent} sent`);
	ok(sent >= 5000);
	deepEqual(grown, []);
});

test("an engine that ends says after what", { skip }, async () => {
	const greedy = plantedBeforeResponse("if (request.query.length > 50) new Array(200000).fill(request);");
	await rejects(async () => {
		for await (const _ of fuzz(400, SEED, greedy));
	}, /^Error: seed 20, open: (XS ended: 11, out of memory|\/.*after)/);
});
