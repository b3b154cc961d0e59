// The talk with the engine's program: what never ends is ended, and what has ended says so.

import { rejects } from "node:assert/strict";
import { test } from "node:test";
import { skip, tool } from "./tools.js";

const { engine } = await tool("engine.mjs");
const { Worker } = await tool("worker.mjs");

test("code that never ends is ended, and nothing runs after it", { skip }, async () => {
	const worker = new Worker(await engine(), undefined, 300);
	await rejects(worker.evaluate("for (;;);"), /XS ended: no reply within 300 ms$/);
	await rejects(worker.evaluate("1"), /XS ended: no reply within 300 ms$/);
});

test("an engine that ends by itself says with what status", { skip }, async () => {
	const worker = new Worker(await engine());
	await rejects(worker.evaluate("(function deeper() { deeper(); })()"), /XS ended: 12, stack overflow$/);
});
