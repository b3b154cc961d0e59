// The page on the device's own server, as `npm start` runs it.

import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { anyDevice, notDesktop, startDevice } from "../e2e/device.js";
import { browserTest, untilLink, untilStatus, visit } from "./browser.js";

browserTest("the device's gauges are live, and no other host is contacted", async browser => {
	const device = await anyDevice();
	try {
		const seen = await visit(browser, device.url);
		await untilLink(seen.page, "live");
		await untilStatus(seen.page, "live");
		const first = await seen.page.textContent("pre");
		await seen.page.waitForFunction(old => document.querySelector("pre")?.textContent !== old, first);
		await seen.page.waitForSelector("#history canvas");
		// The chart's script writes the title.
		await seen.page.waitForFunction(() => /^-?\d+\.\d °C · \d+\.\d % · /.test(document.title));
		const requests = await seen.page.evaluate(
			() => performance.getEntriesByName(new URL("/api/readings", location.href).href).length,
		);
		assert.equal(requests, 1, "the page takes the response that the Link requested");
		assert.deepEqual(seen.complaints, []);
		assert.deepEqual([...seen.hosts], [device.url]);
		await seen.close();
	} finally {
		await device.stop();
	}
});

async function stopAndGo(browser: Browser): Promise<void> {
	let device = await startDevice();
	try {
		const { port } = new URL(device.url);
		const seen = await visit(browser, device.url);
		await untilLink(seen.page, "live");
		device.process!.kill("SIGSTOP");
		const noticedMs = await untilLink(seen.page, "lost", 15_000);
		assert.ok(noticedMs > 5000, "not before two heartbeats of silence");
		device.process!.kill("SIGCONT");
		assert.ok((await untilLink(seen.page, "live")) < 3000);
		await device.stop("SIGKILL");
		await untilLink(seen.page, "lost");
		device = await startDevice("--port", port);
		assert.ok((await untilLink(seen.page, "live")) < 3000);
		await untilStatus(seen.page, "live");
		assert.deepEqual(seen.complaints, []);
		await seen.close();
	} finally {
		await device.stop("SIGKILL");
	}
}

if (!notDesktop)
	browserTest("the page survives a desktop host that is paused, continued, killed and started again", stopAndGo);
