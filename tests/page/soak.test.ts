// Many events: 36,000 as fast as the page takes them, or, with SOAK_MINUTES set (`npm run soak:page`), ten a second for so long.

import assert from "node:assert/strict";
import type { Browser, CDPSession, Page } from "playwright-core";
import { browserTest, untilLink, visit } from "./browser.js";
import { FakeDevice } from "./device.js";

const minutes = Number(process.env.SOAK_MINUTES ?? 0);
const events = minutes ? minutes * 600 : 36_000;
const batch = minutes ? 10 : 500;
/** The first third fills caches, the quarter of an hour that is kept, and the browser's own tables; the rest is four stretches. */
const stretch = events / 6;
/** They are traced, task by task, so many at a time as make a trace that one string can hold. */
const traced = minutes ? Math.min(1200, stretch) : stretch;
/** Most that a stretch may leave behind, bytes; whatever leaked would do so in each. */
const left = 40_000;

interface TraceEvent {
	ph: string;
	name: string;
	pid: number;
	tid: number;
	/** Thread time in µs. */
	tdur?: number;
	args: { name?: string };
}

async function weigh(session: CDPSession): Promise<{ heap: number; nodes: number; listeners: number }> {
	// What the first finds unreachable may hold more until its last rites are done.
	for (let turn = 0; turn < 3; turn++) await session.send("HeapProfiler.collectGarbage");
	const { metrics } = await session.send("Performance.getMetrics");
	const metric = (name: string) => metrics.find(found => found.name === name)!.value;
	return { heap: metric("JSHeapUsedSize"), nodes: metric("Nodes"), listeners: metric("JSEventListeners") };
}

/** @returns The longest task of the traced pages in ms of their own time: what others do on this machine does not count. */
function longest(trace: Buffer): number {
	const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse(trace.toString());
	const key = ({ pid, tid }: TraceEvent) => `${pid}:${tid}`;
	const threads = traceEvents
		.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
		.map(key);
	const tasks = traceEvents.filter(event => event.ph === "X" && threads.includes(key(event)));
	assert.ok(tasks.length > 100, "a trace of the page's tasks");
	return tasks.reduce((most, { tdur = 0 }) => Math.max(most, tdur), 0) / 1000;
}

/** Sends the events from `first` on, up to `end`, as fast as the page shows them. */
async function send(device: FakeDevice, page: Page, first: number, end: number): Promise<void> {
	for (let count = first; count < end; count += batch) {
		for (let turn = count; turn < count + batch; turn++) {
			if (turn % 50 === 49) device.fail("checksum");
			else device.publish(20 + 10 * Math.sin(turn / 300), 50 + 20 * Math.sin(turn / 500));
		}
		await page.waitForFunction(
			text => document.querySelector("pre")!.textContent!.startsWith(text),
			`id: b1-${count + batch + 1}\n`,
		);
		if (minutes) await page.waitForTimeout(1000);
	}
}

async function soak(browser: Browser): Promise<void> {
	const device = new FakeDevice({ sensors: ["Room", "Cellar"], intervalMs: 1000, heartbeatMs: 5000 });
	await device.start();
	device.publish(20, 50, "Cellar");
	const { page, complaints, close } = await visit(browser, device.address);
	try {
		await untilLink(page, "live");
		const session = await page.context().newCDPSession(page);
		await session.send("Performance.enable");
		await send(device, page, 0, 2 * stretch);
		const before = await weigh(session);
		let after = before;
		let longestMs = 0;
		const growth: number[] = [];
		for (let start = 2 * stretch; start < events; start += stretch) {
			for (let count = start; count < start + stretch; count += traced) {
				await browser.startTracing(page, { categories: ["toplevel"] });
				await send(device, page, count, Math.min(count + traced, start + stretch));
				longestMs = Math.max(longestMs, longest(await browser.stopTracing()));
			}
			const now = await weigh(session);
			growth.push(now.heap - after.heap);
			after = now;
		}
		console.log(
			`heap ${before.heap} -> ${after.heap} bytes, by ${growth.join(", ")}, nodes ${before.nodes} -> ${after.nodes}, listeners ${before.listeners} -> ${after.listeners}, longest task ${longestMs.toFixed(1)} ms`,
		);
		// At times the browser takes a page of 256 KB more at once, which shows in one stretch.
		const usual = growth.sort((a, b) => a - b)[1]!;
		assert.ok(usual < left, `the heap grows by ${usual} bytes a stretch`);
		assert.ok(after.heap < before.heap * 1.2, "heap");
		assert.ok(after.nodes <= before.nodes + 50, "nodes");
		assert.ok(after.listeners <= before.listeners, "listeners");
		assert.ok(longestMs <= 50, "tasks");
		assert.deepEqual(complaints, []);
	} finally {
		await close();
		await device.stop();
	}
}

browserTest(`${events} events leave nothing behind and hold nothing up`, soak, 120_000 + minutes * 90_000);
