// The page on the device's own server, as `npm start` runs it.

import assert from "node:assert/strict";
import { startDevice } from "../e2e/device.js";
import { browserTest, untilLink, untilStatus, visit } from "./browser.js";

browserTest("the desktop host's gauges live, and nothing else is asked", async browser => {
	const device = await startDevice();
	const seen = await visit(browser, device.url);
	await untilLink(seen.page, "live");
	await untilStatus(seen.page, "live");
	const first = await seen.page.textContent("pre");
	await seen.page.waitForFunction(old => document.querySelector("pre")?.textContent !== old, first);
	assert.match(await seen.page.title(), /^-?\d+\.\d °C · \d+\.\d % · /);
	await seen.page.waitForSelector("#history canvas");
	assert.deepEqual(seen.complaints, []);
	assert.deepEqual([...seen.hosts], [device.url]);
	await seen.close();
	await device.stop();
});

browserTest("the desktop host is stopped in its tracks, goes on, is killed and started again", async browser => {
	const first = await startDevice();
	const { port } = new URL(first.url);
	const seen = await visit(browser, first.url);
	await untilLink(seen.page, "live");
	first.process!.kill("SIGSTOP");
	const noticedMs = await untilLink(seen.page, "lost", 15_000);
	assert.ok(noticedMs > 5000, "not before two heartbeats of silence");
	first.process!.kill("SIGCONT");
	assert.ok((await untilLink(seen.page, "live")) < 3000);
	await first.stop("SIGKILL");
	await untilLink(seen.page, "lost");
	const second = await startDevice("--port", port);
	assert.ok((await untilLink(seen.page, "live")) < 3000);
	await untilStatus(seen.page, "live");
	assert.deepEqual(seen.complaints, []);
	await seen.close();
	await second.stop();
});
