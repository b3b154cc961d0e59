// Many events: 36,000 as fast as the page takes them, or ten a second for SOAK_MINUTES (`npm run soak:page`).

import assert from "node:assert/strict";
import type { Browser, CDPSession, Page } from "playwright-core";
import { browserTest, untilLink, visit } from "./browser.js";
import { FakeDevice } from "./device.js";

const minutes = Number(process.env.SOAK_MINUTES ?? 0);
const events = minutes ? minutes * 600 : 36_000;
const batch = minutes ? 10 : 500;
/** The first two sixths fill caches, the history of 15 minutes, and the browser's tables; four stretches remain. */
const stretch = events / 6;
/** Events in one trace, which must fit into one string. */
const traced = minutes ? Math.min(1200, stretch) : stretch;
/** The maximum growth of the heap in a stretch, bytes: a leak shows in each. */
const maxGrowth = 40_000;

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
	// Finalizers of one collection may free objects for the next.
	for (let count = 0; count < 3; count++) await session.send("HeapProfiler.collectGarbage");
	const { metrics } = await session.send("Performance.getMetrics");
	const metric = (name: string) => metrics.find(found => found.name === name)!.value;
	return { heap: metric("JSHeapUsedSize"), nodes: metric("Nodes"), listeners: metric("JSEventListeners") };
}

/** @returns The longest task of the traced pages, ms of their threads' CPU time: the machine's load does not count. */
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
		for (let index = count; index < count + batch; index++) {
			if (index % 50 === 49) device.fail("checksum");
			else device.publish(20 + 10 * Math.sin(index / 300), 50 + 20 * Math.sin(index / 500));
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
		// The browser at times takes 256 KB more at once, which shows in one stretch.
		const usual = growth.sort((a, b) => a - b)[1]!;
		assert.ok(usual < maxGrowth, `the heap grows by ${usual} bytes a stretch`);
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

browserTest(`${events} events leak nothing and block nothing`, soak, 120_000 + minutes * 90_000);
