// The device's past on the page: after a reload, after an outage, and where the device does not give it.

import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { browserTest, untilLink, visit } from "./browser.js";
import { FakeDevice, type FakeDeviceOptions } from "./device.js";

const INTERVAL_MS = 1000;
const UPTIME_MS = 600_000;

/** Runs `body` on a device that has been up for ten minutes and remembers nine of them, less the fifth. */
async function after(
	browser: Browser,
	options: FakeDeviceOptions,
	body: (page: Page, device: FakeDevice) => Promise<void>,
	broken?: RegExp,
): Promise<void> {
	const device = new FakeDevice({ intervalMs: INTERVAL_MS, uptimeMs: UPTIME_MS, ...options });
	device.broken = broken;
	await device.start();
	for (let uptimeMs = 60_000; uptimeMs < UPTIME_MS - 1000; uptimeMs += INTERVAL_MS)
		if (uptimeMs < 300_000 || uptimeMs >= 360_000) device.remember(uptimeMs, 20 + uptimeMs / 60_000, 50);
	device.publish(31, 50);
	const { page, complaints, close } = await visit(browser, device.address);
	try {
		await body(page, device);
		assert.deepEqual(complaints, []);
	} finally {
		await close();
		await device.stop();
	}
}

const slider = (page: Page) => page.locator("#history [role=slider]");

/** Waits until the chart has so many places, gaps included. */
const untilPlaces = (page: Page, count: number) =>
	page.waitForSelector(`[role=slider][aria-valuemax="${count - 1}"]`, { timeout: 5000 });

/** What the chart tells at its place `index`, without the seconds of its time. */
async function told(page: Page, index: number): Promise<string> {
	await slider(page).focus();
	await page.keyboard.press("Home");
	for (let left = index; left > 0; left -= 10) await page.keyboard.press("PageUp");
	await page.waitForTimeout(100);
	return (await slider(page).getAttribute("aria-valuetext"))!.replace(/:\d\d:/, ":");
}

browserTest("the chart, the least and the greatest are there at once, and the same after a reload", browser =>
	after(browser, {}, async (page, device) => {
		const seen: string[][] = [];
		for (let visits = 0; visits < 2; visits++) {
			// 540 readings and the newest, less 60, and the gap they leave.
			await untilPlaces(page, 481);
			await page.waitForFunction(() => document.querySelector("[data-part=temperature-range]")?.textContent !== "");
			seen.push([
				(await page.textContent("[data-part=temperature-range]"))!,
				(await page.textContent("[data-part=temperature-trend]"))!,
				await told(page, 0),
				await told(page, 240),
			]);
			await page.reload();
		}
		assert.deepEqual(seen[0], seen[1]);
		const [range, trend, oldest, gap] = seen[0]!;
		assert.equal(range, "min 21.0 · max 31.0");
		assert.equal(trend, "↗");
		assert.match(oldest!, /21\.0 °C · 50\.0 %$/);
		assert.match(gap!, /: no reading$/);
		assert.deepEqual(
			device.requests.filter(path => path.startsWith("/api/history")),
			["/api/history?sensor=Room&span=15m", "/api/history?sensor=Room&span=15m"],
		);
	}),
);

browserTest("the other spans are asked for when they are chosen, and each has its table", browser =>
	after(browser, { sensors: ["Room", "Cellar & attic"] }, async (page, device) => {
		await untilPlaces(page, 481);
		for (const [name, span] of [
			["24 h", "24h"],
			["7 d", "7d"],
		] as const) {
			assert.ok(!device.requests.some(path => path.includes(span)));
			await page.getByRole("button", { name }).click();
			await page.waitForFunction(
				span =>
					performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(`span=${span}`)).length === 2,
				span,
			);
			assert.equal(
				await page.getByRole("link", { name: "CSV" }).getAttribute("href"),
				`/api/history?sensor=Room&span=${span}&format=csv`,
			);
		}
		await page.selectOption("#history select", "Cellar & attic");
		await page.waitForSelector("#history a[href*='Cellar%20%26%20attic']");
	}),
);

browserTest("an outage longer than the device's ring is filled from its past", browser =>
	after(browser, { ring: 2 }, async (page, device) => {
		await untilPlaces(page, 481);
		device.cut();
		for (let turn = 0; turn < 6; turn++) {
			await page.waitForTimeout(INTERVAL_MS);
			device.publish(25 + turn, 50);
		}
		device.reconnect();
		await untilPlaces(page, 487);
		assert.equal(device.requests.filter(path => path.startsWith("/api/history")).length, 2);
	}),
);

browserTest("a device that does not tell its past: the page lives on and draws what it sees", browser =>
	after(
		browser,
		{ intervalMs: 10_000 },
		async (page, device) => {
			await untilLink(page, "live");
			await untilPlaces(page, 1);
			await page.waitForTimeout(INTERVAL_MS);
			device.publish(25, 50);
			await untilPlaces(page, 2);
			assert.equal(await page.textContent("[data-part=temperature-range]"), "min 25.0 · max 31.0");
		},
		/history/,
	),
);
