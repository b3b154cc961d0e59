// Many events: 36,000 as fast as three pages take them, or ten a second for SOAK_MINUTES (`npm run soak:page`).

import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { browserTest, untilLink, type Visit, visit } from "./browser.js";
import { FakeDevice } from "./device.js";
import { longestOf, weigh } from "./load.js";

const minutes = Number(process.env.SOAK_MINUTES ?? 0);
const events = minutes ? minutes * 600 : 36_000;
const batch = minutes ? 10 : 500;
/** The first two sixths fill caches, the history of 15 minutes, and the browser's tables; four stretches remain. */
const stretch = events / 6;
/** Events in one trace, which must fit into one string. */
const traced = minutes ? Math.min(1200, stretch) : stretch;
/** The maximum growth of the heap in a stretch, bytes: a leak shows in each. */
const maxGrowth = 40_000;

/** Sends the events from `first` on, up to `end`, as fast as the pages show them. */
async function send(device: FakeDevice, pages: Page[], first: number, end: number): Promise<void> {
	for (let count = first; count < end; count += batch) {
		for (let index = count; index < count + batch; index++) {
			if (index % 50 === 49) device.miss("checksum");
			else device.publish(20 + 10 * Math.sin(index / 300), 50 + 20 * Math.sin(index / 500));
		}
		await Promise.all(pages.map(page => untilShown(page, `id: b1-${count + batch + 1}\n`)));
		if (minutes) await pages[0]!.waitForTimeout(1000);
	}
}

async function untilShown(page: Page, id: string): Promise<void> {
	await page.waitForFunction(text => document.querySelector("pre")!.textContent!.startsWith(text), id);
}

async function soak(browser: Browser): Promise<void> {
	const device = new FakeDevice({ sensors: ["Room", "Cellar"], intervalMs: 1000, heartbeatMs: 5000 });
	await device.start();
	device.publish(20, 50, "Cellar");
	const visits: Visit[] = [];
	// The machine may take both of its CPUs away at once, from two pages.
	while (visits.length < 3) visits.push(await visit(browser, device.address));
	const pages = visits.map(({ page }) => page);
	const page = pages[0]!;
	try {
		for (const each of pages) await untilLink(each, "live");
		const session = await page.context().newCDPSession(page);
		await session.send("Performance.enable");
		await send(device, pages, 0, 2 * stretch);
		const before = await weigh(session);
		let after = before;
		const longest = { inEach: 0, inOne: 0, wall: 0 };
		const growth: number[] = [];
		for (let start = 2 * stretch; start < events; start += stretch) {
			for (let count = start; count < start + stretch; count += traced) {
				await browser.startTracing(page, { categories: ["toplevel"] });
				await send(device, pages, count, Math.min(count + traced, start + stretch));
				const found = longestOf(await browser.stopTracing(), pages.length);
				for (const key of ["inEach", "inOne", "wall"] as const) longest[key] = Math.max(longest[key], found[key]);
			}
			const now = await weigh(session);
			growth.push(now.heap - after.heap);
			after = now;
		}
		const [inEach, inOne, wall] = [longest.inEach, longest.inOne, longest.wall].map(ms => `${ms.toFixed(1)} ms`);
		console.log(
			`heap ${before.heap} -> ${after.heap} bytes, by ${growth.join(", ")}, nodes ${before.nodes} -> ${after.nodes}, listeners ${before.listeners} -> ${after.listeners}, longest task ${inEach} in each page, ${inOne} in one, ${wall} by the clock`,
		);
		// The browser at times takes 256 KB more at once, which shows in one stretch.
		const usual = growth.sort((a, b) => a - b)[1]!;
		assert.ok(usual < maxGrowth, `the heap grows by ${usual} bytes a stretch`);
		assert.ok(after.heap < before.heap * 1.2, "heap");
		assert.ok(after.nodes <= before.nodes + 50, "nodes");
		assert.ok(after.listeners <= before.listeners, "listeners");
		assert.ok(longest.inEach <= 50, "tasks");
		for (const { complaints } of visits) assert.deepEqual(complaints, []);
	} finally {
		for (const { close } of visits) await close();
		await device.stop();
	}
}

browserTest(`${events} events leak nothing and block nothing`, soak, 120_000 + minutes * 90_000);
