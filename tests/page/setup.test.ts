// The whole set-up on a phone, with the simulated radio of `npm start -- --setup`: from the portal to a joined network and a restart.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import type { Page } from "playwright-core";
import type { SessionReport } from "../../modules/api/schema.js";
import { type Device, startDevice } from "../e2e/device.js";
import { browserTest, visit } from "./browser.js";

const folder = mkdtempSync(join(tmpdir(), "setup-"));
after(() => rmSync(folder, { recursive: true }));

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

const untilPhase = (page: Page, phase: string) =>
	page.waitForSelector(`#outcome[data-phase="${phase}"]`, { timeout: 60_000 });

async function connect(page: Page, ssid: string, password: string): Promise<void> {
	await page.fill('[name="ssid"]', ssid);
	await page.fill('[name="wifi"]', password);
	await page.click("#setup [type=submit]");
}

async function withDevice(args: string[], body: (device: Device) => Promise<void>): Promise<void> {
	const device = await startDevice(...args);
	try {
		await body(device);
	} finally {
		await device.stop();
	}
}

/** Joins three networks in turn: with a wrong password, one that is gone, and the right one. */
async function joinAfterFailures(page: Page): Promise<void> {
	await page.click('#networks label:has-text("Home") input');
	assert.equal(await page.inputValue('[name="ssid"]'), "Home");
	await connect(page, "Home", "wrong password");
	await untilPhase(page, "failed");
	assert.match(await page.innerText("#state"), /Could not connect to Home: the password is wrong/);

	await connect(page, "Gone", "whatever it is");
	await page.waitForFunction(() => /Gone: the network is not in reach/.test(document.body.innerText), undefined, {
		timeout: 60_000,
	});

	await connect(page, "Home", "short");
	await page.waitForFunction(() => /password: 8 to 63/.test(document.body.innerText));

	await connect(page, "Home", "correct horse");
	await untilPhase(page, "joined");
	assert.match(await page.innerText("#outcome"), /Connected to Home\..*found at.*dht\.local.*127\.0\.0\.1/s);
}

/** Waits until the device has joined the network `ssid`. */
async function untilJoined(device: Device, ssid: string): Promise<void> {
	for (let left = 100; left > 0; left--) {
		const { network } = (await (await fetch(`${device.url}/api/device`)).json()) as {
			network: { phase: string; ssid: string };
		};
		if (network.phase === "joined" && network.ssid === ssid) return;
		assert.ok(left > 1, JSON.stringify(network));
		await new Promise(resolve => setTimeout(resolve, 100));
	}
}

browserTest(
	"a wrong password, a network that is gone, the right one, a restart: joined",
	async browser => {
		const state = join(folder, "state");
		const args = ["--setup", "--wifi", "Home:correct horse:-52", "--wifi", "Café::-71", "--state", state];
		await withDevice(args, async device => {
			const seen = await visit(browser, `${device.url}/setup`, phone);
			const { page } = seen;
			const sent: string[] = [];
			page.on("request", request => sent.push(request.postData() ?? ""));
			await untilPhase(page, "setup");
			await page.waitForSelector("#networks label");
			assert.match(await page.innerText("#networks"), /Home\s*▂▄▆█ -52 dBm\s*Café\s*▂▄ -71 dBm, open/);
			assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360, "nothing scrolls sideways");
			await page.fill('[name="adminPassword"]', "battery staple");
			await joinAfterFailures(page);
			assert.ok(!sent.some(body => body.includes("correct horse")), "sealed, since a password is set");
			await page.click('a[href="/"]');
			await page.waitForSelector('[data-link="live"]');
			assert.deepEqual(seen.complaints, []);
			assert.deepEqual([...seen.hosts], [device.url]);
			await seen.close();
		});
		await withDevice(args, async device => {
			await untilJoined(device, "Home");
			const { password, guest } = (await (await fetch(`${device.url}/api/session`)).json()) as SessionReport;
			assert.deepEqual({ password, guest }, { password: true, guest: false });
		});
	},
	180_000,
);
