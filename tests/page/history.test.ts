// The device's history on the page: after a reload, after an outage, and without it.

import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { browserTest, untilLink, visit } from "./browser.js";
import { FakeDevice, type FakeDeviceOptions } from "./device.js";

const INTERVAL_MS = 1000;
const UPTIME_MS = 600_000;

/** Runs `body` on a device with ten minutes of uptime and a history of nine of them, less the fifth. */
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

/** Waits until the chart has `count` points, gaps included. */
const untilPoints = (page: Page, count: number) =>
	page.waitForSelector(`[role=slider][aria-valuemax="${count - 1}"]`, { timeout: 20_000 });

interface Point {
	/** Epoch ms, to the second. */
	at: number;
	values: string;
}

/** Reads the chart's point `index`, a multiple of ten. */
async function pointAt(page: Page, index: number): Promise<Point> {
	await slider(page).focus();
	await page.keyboard.press("Home");
	for (let left = index; left > 0; left -= 10) await page.keyboard.press("PageUp");
	await page.waitForTimeout(100);
	const spoken = (await slider(page).getAttribute("aria-valuetext"))!;
	const found = /^(\d+)\/(\d+)\/(\d+), (\d+):(\d+):(\d+): (.*)$/.exec(spoken);
	assert.ok(found, spoken);
	const [day, month, year, hour, minute, second] = found.slice(1, 7).map(Number) as [number, number, ...number[]];
	return { at: new Date(year!, month - 1, day, hour, minute, second).getTime(), values: found[7]! };
}

/** The point is dated to the second, besides what the way from the device to the page took. */
function assertDated(point: Point, device: FakeDevice, uptimeMs: number): void {
	const expected = Date.now() - (device.uptimeMs - uptimeMs);
	assert.ok(Math.abs(point.at - expected) < 3000, `${new Date(point.at)} is not ${new Date(expected)}`);
}

browserTest("the chart, min and max are there at once, and the same after a reload", browser =>
	after(browser, {}, async (page, device) => {
		for (let visits = 0; visits < 2; visits++) {
			// 540 readings and the newest, less 60, and the gap that they leave.
			await untilPoints(page, 481);
			await page.waitForFunction(() => document.querySelector("[data-part=temperature-range]")?.textContent !== "");
			assert.equal(await page.textContent("[data-part=temperature-range]"), "min 21.0 · max 31.0");
			assert.equal(await page.textContent("[data-part=temperature-trend]"), "↗");
			const oldest = await pointAt(page, 0);
			assert.equal(oldest.values, "21.0 °C · 50.0 %");
			assertDated(oldest, device, 60_000);
			const gap = await pointAt(page, 240);
			assert.equal(gap.values, "no reading");
			assertDated(gap, device, 299_000);
			if (visits === 0) await page.reload();
		}
		assert.deepEqual(
			device.requests.filter(path => path.startsWith("/api/history")),
			["/api/history?sensor=Room&span=15m", "/api/history?sensor=Room&span=15m"],
		);
	}),
);

browserTest("the other spans are fetched when they are chosen, and each has its CSV", browser =>
	after(browser, { sensors: ["Room", "Cellar & attic"] }, async (page, device) => {
		await untilPoints(page, 481);
		for (const [name, span] of [
			["24 h", "24h"],
			["7 d", "7d"],
		] as const) {
			assert.ok(!device.requests.some(path => path.includes(`span=${span}`)));
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

browserTest("an outage longer than the device's replay buffer is filled from its history", browser =>
	after(browser, { ring: 2 }, async (page, device) => {
		await untilPoints(page, 481);
		device.cut();
		for (let count = 0; count < 6; count++) {
			await page.waitForTimeout(INTERVAL_MS);
			device.publish(25 + count, 50);
		}
		device.reconnect();
		await untilPoints(page, 487);
		assert.equal(device.requests.filter(path => path.startsWith("/api/history")).length, 2);
	}),
);

browserTest("without the device's history the page draws its own readings", browser =>
	after(
		browser,
		{ intervalMs: 10_000 },
		async (page, device) => {
			await untilLink(page, "live");
			await untilPoints(page, 1);
			await page.waitForTimeout(INTERVAL_MS);
			device.publish(25, 50);
			await untilPoints(page, 2);
			assert.equal(await page.textContent("[data-part=temperature-range]"), "min 25.0 · max 31.0");
		},
		/history/,
	),
);

browserTest("the heat index names its formula, and a value that is not there none", browser =>
	after(browser, {}, async (page, device) => {
		const title = (text: string) =>
			page.waitForSelector(`[data-part=heatIndex][title="${text}"]`, { state: "attached" });
		await title("Rothfusz's fit (US National Weather Service)");
		device.publish(22, 50);
		await title("Steadman's formula (US National Weather Service)");
		device.fail("checksum");
		await title("");
	}),
);

browserTest("below the chart it says how the heat index is computed, with the source, in the reader's unit", browser =>
	after(browser, {}, async page => {
		const line = page.locator("#history small");
		await line.waitFor();
		const sentence = (limit: string) =>
			`Heat index (US National Weather Service): Steadman's formula; from an index of ${limit} on Rothfusz's fit (SR 90-23).`;
		assert.equal(await line.textContent(), sentence("26.7 °C"));
		await page.selectOption("[name=unit]", "F");
		await page.waitForFunction(
			text => document.querySelector("#history small")!.textContent === text,
			sentence("80.0 °F"),
		);
	}),
);

browserTest("below 0 °C the dew point is a frost point, and says so", browser =>
	after(browser, {}, async (page, device) => {
		const shown = (label: string, value: string) =>
			page.waitForFunction(
				([label, value]) =>
					document.querySelector("[data-part=dew]")!.textContent === label &&
					document.querySelector("[data-part=dewPoint]")!.textContent === value,
				[label, value],
			);
		await shown("Dew point", "23.0 °C");
		device.publish(4, 50);
		await shown("Frost point", "-3.0 °C");
		await page.selectOption("[name=language]", "de");
		await shown("Reifpunkt", "-3,0 °C");
		device.publish(20, 50);
		await shown("Taupunkt", "12,0 °C");
	}),
);

/** Notes where each text of a drawing of the chart begins and ends, px from the left, beside the left end of the humidity's axis. */
const watchLabels = `globalThis.labels = [];
let drawing = 0;
const { clearRect, fillText } = CanvasRenderingContext2D.prototype;
CanvasRenderingContext2D.prototype.clearRect = function (...area) {
	drawing++;
	return clearRect.apply(this, area);
};
CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
	const half = this.measureText(text).width / 2;
	const [start, end] = [x - half, x + half].map(at => at / devicePixelRatio);
	labels.push({ drawing, text, start, end, axis: this.canvas.clientWidth - 44 });
	return fillText.call(this, text, x, y);
};`;

interface Label {
	drawing: number;
	text: string;
	start: number;
	end: number;
	axis: number;
}

/** @returns Where it is ten o'clock, in the morning or at night: with "a.m." or "p.m." the longest of labels. */
function zoneAtTen(): string {
	const hour = new Date().getUTCHours();
	const offset = hour < 22 ? 10 - hour : 22 - hour;
	return `Etc/GMT${offset > 0 ? "-" : "+"}${Math.abs(offset)}`;
}

browserTest("no time label touches the right axis, or another label at any width", async browser => {
	const device = new FakeDevice({ intervalMs: INTERVAL_MS });
	await device.start();
	device.publish(24.4, 46.4);
	const { page, close } = await visit(browser, device.address, {
		locale: "en-CA",
		timezoneId: zoneAtTen(),
		before: watchLabels,
	});
	try {
		await untilPoints(page, 1);
		// In so many seconds a label passes the right end.
		for (let count = 0; count < 12; count++) {
			await page.waitForTimeout(INTERVAL_MS);
			device.publish(24.4, 46.4);
		}
		for (let width = 320; width < 900; width += 20) {
			await page.setViewportSize({ width, height: 800 });
			await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
		}
		const labels = await page.evaluate(() => (globalThis as unknown as { labels: Label[] }).labels);
		const times = labels.filter(({ text }) => text.includes(":"));
		assert.ok(times.length > 20, `${times.length} labels`);
		assert.ok(times.some(({ text }) => /^10:\d\d:\d\d\s[ap]\.m\.$/.test(text)));
		assert.deepEqual(
			times.filter(({ end, axis }) => end > axis),
			[],
		);
		// They are drawn from left to right.
		const touches = (label: Label, before: Label | undefined) =>
			before?.drawing === label.drawing && label.start < before.end;
		assert.deepEqual(
			times.filter((label, at) => touches(label, times[at - 1])),
			[],
		);
	} finally {
		await close();
		await device.stop();
	}
});
