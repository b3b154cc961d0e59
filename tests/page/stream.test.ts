// The stream of a device that is killed, cut off, paused, restarted, slow and full. Heartbeats are ten times as frequent
// as usual, so that silence is noticed within about a second.

import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { browserTest, untilLink, untilStatus, type Visit, type VisitOptions, visit } from "./browser.js";
import { FakeDevice, type FakeDeviceOptions } from "./device.js";

const HEARTBEAT_MS = 500;
/** The device is noticed to be back within this time. */
const BACK_MS = 3000;

/** Runs `body` with a device and a page on it that is live and shows 24.4 °C. */
async function live(
	browser: Browser,
	body: (device: FakeDevice, seen: Visit) => Promise<void>,
	options: VisitOptions = {},
	deviceOptions: FakeDeviceOptions = {},
): Promise<void> {
	const device = new FakeDevice({ intervalMs: 10_000, heartbeatMs: HEARTBEAT_MS, ...deviceOptions });
	await device.start();
	device.publish(24.4, 46.4);
	const seen = await visit(browser, device.address, options);
	try {
		await untilLink(seen.page, "live");
		await untilTemperature(seen.page, "24.4");
		await body(device, seen);
		assert.deepEqual(seen.complaints, []);
		assert.deepEqual([...seen.hosts], [device.address]);
	} finally {
		await seen.close();
		await device.stop();
	}
}

async function untilTemperature(page: Page, shown: string): Promise<void> {
	await page.waitForFunction(
		wanted => document.querySelector("[data-part=temperature]")?.textContent === wanted,
		shown,
		{ timeout: 5000 },
	);
}

const noSharedWorker = "delete globalThis.SharedWorker";
const kinds: [string, VisitOptions][] = [
	["shared", {}],
	["plain", { before: noSharedWorker }],
];

for (const [kind, options] of kinds) {
	browserTest(`${kind} stream: a device that is killed and started again`, browser =>
		live(
			browser,
			async (device, { page }) => {
				await device.stop();
				await untilLink(page, "lost", 3000);
				await page.waitForTimeout(1000);
				await device.start();
				assert.ok((await untilLink(page, "live")) < BACK_MS);
				device.publish(19.5, 50);
				await untilTemperature(page, "19.5");
			},
			options,
		),
	);

	browserTest(`${kind} stream: a power cut, without a FIN, and another boot`, browser =>
		live(
			browser,
			async (device, { page }) => {
				device.cut();
				const noticedMs = await untilLink(page, "lost");
				assert.ok(noticedMs > HEARTBEAT_MS && noticedMs < 2 * HEARTBEAT_MS + 2000, `noticed after ${noticedMs} ms`);
				await page.waitForTimeout(2500);
				await device.reboot();
				assert.ok((await untilLink(page, "live")) < BACK_MS);
				device.publish(19.5, 50);
				await untilTemperature(page, "19.5");
			},
			options,
		),
	);

	browserTest(`${kind} stream: an interrupted network; missed events follow`, browser =>
		live(
			browser,
			async (device, { page }) => {
				await page.waitForSelector("#history [role=slider][aria-valuenow]");
				await page.waitForTimeout(2100);
				device.cut();
				for (const temperature of [20, 21, 22]) {
					device.publish(temperature, 50);
					await page.waitForTimeout(2100);
				}
				device.reconnect();
				assert.ok((await untilLink(page, "live")) < BACK_MS);
				assert.equal(device.requests.at(-1), "/sensor-data-events?lastEventId=b1-1");
				await untilTemperature(page, "22.0");
				await page.waitForSelector("#history [role=slider][aria-valuemax='3']", { timeout: 3000 });
			},
			options,
			{ intervalMs: 3000 },
		),
	);
}

browserTest("the tabs of a browser share one stream, and any may close", browser =>
	live(browser, async (device, first) => {
		const second = await visit(browser, device.address, {}, first);
		await untilLink(second.page, "live");
		await untilTemperature(second.page, "24.4");
		assert.equal(device.openStreams, 1);
		await first.page.close();
		device.publish(20, 50);
		await untilTemperature(second.page, "20.0");
		assert.deepEqual(second.complaints, []);
	}),
);

browserTest("without a SharedWorker each tab has its own stream", browser =>
	live(
		browser,
		async (device, first) => {
			const second = await visit(browser, device.address, {}, first);
			await untilLink(second.page, "live");
			assert.equal(device.openStreams, 2);
		},
		{ before: noSharedWorker },
	),
);

browserTest("a SharedWorker that has no EventSource leaves it to the page", async browser => {
	const device = new FakeDevice({ intervalMs: 10_000 });
	device.scriptPrefix = 'if (!("document" in self)) self.EventSource = undefined;\n';
	await device.start();
	device.publish(24.4, 46.4);
	const seen = await visit(browser, device.address);
	await untilLink(seen.page, "live");
	assert.equal(device.openStreams, 1);
	assert.deepEqual(seen.complaints, []);
	await seen.close();
	await device.stop();
});

browserTest("a hub that never responds is replaced by the page's own", async browser => {
	const device = new FakeDevice({ intervalMs: 10_000 });
	device.scriptPrefix = 'if (!("document" in self)) await new Promise(() => {});\n';
	await device.start();
	const seen = await visit(browser, device.address);
	assert.ok((await untilLink(seen.page, "live", 25_000)) > 10_000);
	await seen.close();
	await device.stop();
});

browserTest("the first values are there before the stream", async browser => {
	const device = new FakeDevice({ intervalMs: 10_000 });
	device.hold = /feed/;
	await device.start();
	device.publish(24.4, 46.4);
	const seen = await visit(browser, device.address);
	await untilTemperature(seen.page, "24.4");
	assert.equal(await seen.page.getAttribute("html", "data-link"), "connecting");
	assert.ok(!device.requests.some(request => /events|chart/.test(request)), "the chart waits until the gauges live");
	await seen.close();
	await device.stop();
});

for (const script of ["feed", "chart"])
	browserTest(`a ${script} that cannot be loaded is requested again`, async browser => {
		const device = new FakeDevice({ intervalMs: 1000 });
		device.broken = new RegExp(script);
		await device.start();
		device.publish(24.4, 46.4);
		const { page, close } = await visit(browser, device.address);
		const asked = () => device.requests.filter(request => request.includes(script)).length;
		while (asked() === 0) await page.waitForTimeout(50);
		if (script === "feed") await untilLink(page, "lost");
		device.broken = undefined;
		await page.waitForSelector("#history:not([hidden])");
		await untilLink(page, "live");
		assert.ok(asked() >= 2);
		await close();
		await device.stop();
	});

browserTest("without a free stream the page polls, and takes the first free one", browser =>
	live(
		browser,
		async (device, { page }) => {
			device.streams = 0;
			await device.reboot();
			await untilLink(page, "full");
			device.publish(21, 50);
			await untilTemperature(page, "21.0");
			device.streams = 8;
			await untilLink(page, "live");
		},
		{},
		{ intervalMs: 1000 },
	),
);

browserTest("a slow device does not count as lost", async browser => {
	const device = new FakeDevice({ intervalMs: 10_000 });
	device.delayMs = 1200;
	await device.start();
	device.publish(24.4, 46.4);
	const seen = await visit(browser, device.address);
	const links = seen.page.evaluate(
		() =>
			new Promise<string[]>(resolve => {
				const links: string[] = [];
				const root = document.documentElement;
				new MutationObserver(() => {
					if (links.at(-1) !== root.dataset.link) links.push(root.dataset.link!);
					if (root.dataset.link === "live") resolve(links);
				}).observe(root, { attributes: true });
			}),
	);
	assert.deepEqual(await links, ["connecting", "live"]);
	await seen.close();
	await device.stop();
});

browserTest("a change of network: offline, then back", browser =>
	live(
		browser,
		async (device, { page }) => {
			await page.context().setOffline(true);
			device.reconnect();
			await untilLink(page, "lost", 5000);
			device.publish(20, 50);
			await page.context().setOffline(false);
			assert.ok((await untilLink(page, "live")) < BACK_MS);
			await untilTemperature(page, "20.0");
		},
		{ before: noSharedWorker },
	),
);

browserTest("a tab that was frozen shows no old value as new", browser =>
	live(
		browser,
		async (device, { page }) => {
			const session = await page.context().newCDPSession(page);
			await session.send("Page.setWebLifecycleState", { state: "frozen" });
			await new Promise(resolve => setTimeout(resolve, 2500));
			await session.send("Page.setWebLifecycleState", { state: "active" });
			await untilStatus(page, "stale", 2000);
			device.publish(20, 50);
			await untilTemperature(page, "20.0");
			await untilStatus(page, "live");
		},
		{},
		{ intervalMs: 500 },
	),
);

browserTest("a fault removes the old value at once, a reading the fault", browser =>
	live(browser, async (device, { page }) => {
		device.fail("checksum");
		await untilStatus(page, "fault");
		assert.equal(await page.textContent("[data-part=temperature]"), "–");
		assert.equal(await page.getAttribute(".tube", "role"), "img");
		device.publish(25, 40);
		await untilStatus(page, "live");
		assert.equal(await page.textContent("[data-part=temperature]"), "25.0");
		assert.equal(await page.getAttribute(".tube", "aria-valuenow"), "25");
	}),
);
