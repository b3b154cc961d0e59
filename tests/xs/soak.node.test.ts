// A day of a device on the chip's engine leaves its heap as it was, and fits its stack; `npm run soak` lives through a week.

import { ok } from "node:assert/strict";
import { test } from "node:test";
import { planted, plantedBeforeResponse, skip, tool } from "./tools.js";

const { isFlat, isShallow, isUnmoved, soak } = await tool("soak.mjs");

interface Span {
	heap: number;
	stack: number;
	keys: number;
}

async function spans(count: number, hours: number, changed?: Map<string, string>): Promise<Span[]> {
	const found: Span[] = [];
	for await (const span of soak(count, hours, changed)) found.push(span);
	return found;
}

const publish = "publish(event, key, data, topic) {";

test("a day with faults, pages, strangers and changes of the settings: the heap is flat, the stack shallow", {
	skip,
}, async t => {
	const quarters = await spans(4, 6);
	t.diagnostic(
		`each six hours: ${quarters.map(({ heap, stack }) => `${heap} bytes kept, ${stack} slots deep`).join("; ")}`,
	);
	ok(isFlat(quarters));
	ok(isShallow(quarters));
	ok(isUnmoved(quarters));
});

test("one slot for each event that is never given back is caught", { skip }, async () => {
	const leaking = planted("modules/sse/broadcaster.js", publish, `${publish} (this.said ??= []).push(event);`);
	ok(!isFlat(await spans(2, 3, leaking)));
});

test("a name of a client that becomes a key is caught", { skip }, async () => {
	const leaking = plantedBeforeResponse("({})[request.query];");
	ok(!isUnmoved(await spans(3, 6, leaking)));
});

test("calls as deep as the stack is not are caught", { skip }, async () => {
	const deep = planted(
		"modules/sse/broadcaster.js",
		publish,
		`${publish} const sink = left => (left > 0 ? 1 + sink(left - 1) : 0); sink(80);`,
	);
	ok(!isShallow(await spans(1, 1, deep)));
});
