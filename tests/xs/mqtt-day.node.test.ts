// A day at a broker that comes and goes leaves the chip's heap as it was.

import { equal, ok } from "node:assert/strict";
import { test } from "node:test";
import { planted, skip, tool } from "./tools.js";

const { isUnmoved, soak } = await tool("soak.mjs");

interface Span {
	heap: number;
	stack: number;
	keys: number;
}

/** Bytes that a later span may keep above the first one: the newest reading and timers differ in length. */
const slack = 512;

async function spans(count: number, hours: number, changed?: Map<string, string>): Promise<Span[]> {
	const found: Span[] = [];
	for await (const span of soak(count, hours, changed, "tests/xs/mqtt-day.js")) found.push(span);
	return found;
}

const isFlat = (all: Span[]) => all.every(({ heap }) => heap <= all[0]!.heap + slack);

test("a day at a broker that comes and goes: the heap is flat", { skip }, async t => {
	const found = await spans(6, 4);
	t.diagnostic(`each four hours: ${found.map(({ heap }) => `${heap} bytes kept`).join("; ")}`);
	equal(found.length, 6);
	ok(isFlat(found));
	ok(isUnmoved(found));
});

for (const [what, line, leak] of [
	["a connection that is never given up", "this.#connection?.close();", "(this.lost ??= []).push(this.#connection); "],
	["a reading that is kept", "pending.reading = event;", "(this.kept ??= []).push(event); "],
] as const)
	test(`${what} is caught`, { skip }, async () => {
		const path = what.includes("reading") ? "modules/mqtt/sensor-outbox.js" : "modules/mqtt/client.js";
		ok(!isFlat(await spans(3, 1, planted(path, line, leak + line))));
	});
