// Many events: 36,000 as fast as the page takes them, or, with SOAK_MINUTES set (`npm run soak:page`), ten a second for so long.

import assert from "node:assert/strict";
import type { CDPSession } from "playwright-core";
import { browserTest, untilLink, visit } from "./browser.js";
import { FakeDevice } from "./device.js";

const minutes = Number(process.env.SOAK_MINUTES ?? 0);
const events = minutes ? minutes * 600 : 36_000;
const batch = minutes ? 10 : 500;
/** The first sixth fills caches and the browser's own tables. */
const warm = events / 6;

async function weigh(session: CDPSession): Promise<{ heap: number; nodes: number; listeners: number }> {
	await session.send("HeapProfiler.collectGarbage");
	const { metrics } = await session.send("Performance.getMetrics");
	const metric = (name: string) => metrics.find(found => found.name === name)!.value;
	return { heap: metric("JSHeapUsedSize"), nodes: metric("Nodes"), listeners: metric("JSEventListeners") };
}

browserTest(
	`${events} events leave nothing behind and hold nothing up`,
	async browser => {
		const device = new FakeDevice({ sensors: ["Room", "Cellar"], intervalMs: 1000, heartbeatMs: 5000 });
		await device.start();
		device.publish(20, 50, "Cellar");
		const { page, complaints, close } = await visit(browser, device.address, {
			before: `globalThis.long = []; new PerformanceObserver(list => long.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });`,
		});
		await untilLink(page, "live");
		const session = await page.context().newCDPSession(page);
		await session.send("Performance.enable");
		let before: Awaited<ReturnType<typeof weigh>> | undefined;
		for (let count = 0; count < events; count += batch) {
			if (count === warm) {
				before = await weigh(session);
				// Loading the page and collecting its garbage are the browser's own doing.
				await page.evaluate("long.length = 0");
			}
			for (let index = 0; index < batch; index++) {
				const turn = count + index;
				if (turn % 50 === 49) device.fail("checksum");
				else device.publish(20 + 10 * Math.sin(turn / 300), 50 + 20 * Math.sin(turn / 500));
			}
			await page.waitForFunction(
				text => document.querySelector("pre")!.textContent!.startsWith(text),
				`id: b1-${count + batch + 1}\n`,
			);
			if (minutes) await page.waitForTimeout(1000);
		}
		const long: number[] = await page.evaluate("long");
		const after = await weigh(session);
		console.log(
			`heap ${before!.heap} -> ${after.heap} bytes, nodes ${before!.nodes} -> ${after.nodes}, listeners ${before!.listeners} -> ${after.listeners}, tasks over 50 ms: ${long.length}`,
		);
		assert.ok(after.heap < before!.heap * 1.05 + 100_000, "heap");
		assert.ok(after.nodes <= before!.nodes + 50, "nodes");
		assert.ok(after.listeners <= before!.listeners, "listeners");
		assert.deepEqual(long, []);
		assert.deepEqual(complaints, []);
		await close();
		await device.stop();
	},
	120_000 + minutes * 90_000,
);
