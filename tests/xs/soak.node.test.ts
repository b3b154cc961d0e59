// A day of a device on the chip's engine leaves its heap as it was; `npm run soak` lives through a week.

import { ok } from "node:assert/strict";
import { test } from "node:test";
import { planted, skip, tool } from "./tools.js";

const { isFlat, soak } = await tool("soak.mjs");

async function heaps(count: number, hours: number, changed?: Map<string, string>): Promise<number[]> {
	const found: number[] = [];
	for await (const heap of soak(count, hours, changed)) found.push(heap);
	return found;
}

test("a day with faults, pages and changes of the settings: the heap is flat", { skip }, async t => {
	const quarters = await heaps(4, 6);
	t.diagnostic(`bytes kept each six hours: ${quarters.join(", ")}`);
	ok(isFlat(quarters));
});

test("one slot for each event that is never given back is caught", { skip }, async () => {
	const publish = "publish(name, data) {";
	const leaking = planted("modules/web/broadcaster.js", publish, `${publish} (this.said ??= []).push(name);`);
	ok(!isFlat(await heaps(2, 1, leaking)));
});
