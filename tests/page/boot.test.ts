// What the pages say of the device's start: safe mode, and firmware that was taken back.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SettingsOverrides } from "../../modules/config/overrides.js";
import { limits } from "../../modules/platform/node/host.js";
import { fileStorage } from "../../modules/platform/node/storage.js";
import { startDevice } from "../e2e/device.js";
import { text } from "../fakes/text.js";
import { violations } from "./accessibility.js";
import { browserTest, shownText, untilLink, visit } from "./browser.js";
import { FakeDevice } from "./device.js";
import { field, give, phone, save, sensorField, unfold } from "./settings-page.js";

const notices = {
	safe: {
		notice: { kind: "safe", reason: "it crashed again and again within a minute of its start" },
		en: /Safe mode: changed settings .* The reason: it crashed again and again/,
		pt: /Modo seguro: .* O motivo: o firmware falhou repetidas vezes/,
	},
	rolledBack: {
		notice: { kind: "rolledBack", reason: "1.1.0: it hung" },
		en: /Firmware 1\.1\.0 was taken back: it hung\./,
		pt: /O firmware 1\.1\.0 foi desfeito: travou\./,
	},
} as const;

for (const language of ["en", "pt"] as const)
	for (const [name, { notice, ...shown }] of Object.entries(notices))
		browserTest(`the gauges' notice of ${name}, in ${language}`, async browser => {
			const device = new FakeDevice();
			await device.start();
			device.publish(24.4, 46.4);
			device.notice = notice;
			const seen = await visit(browser, device.address, { before: `localStorage.setItem("language", "${language}")` });
			try {
				const { page } = seen;
				const line = page.locator("main > p[role=status]");
				await line.waitFor();
				assert.match(await shownText(page), shown[language]);
				assert.equal(await line.locator("a").getAttribute("href"), "/settings");
				assert.deepEqual(await violations(page), []);
				const dismiss = line.locator("button");
				assert.equal(await dismiss.isVisible(), notice.kind === "rolledBack");
				if (notice.kind !== "rolledBack") return;
				await dismiss.click();
				assert.equal(await line.isVisible(), false);
				await page.reload();
				await page.waitForSelector("#history:not([hidden])");
				assert.equal(await line.isVisible(), false);
				device.notice = { kind: "rolledBack", reason: "1.2.0: it crashed" };
				await page.reload();
				await line.waitFor();
				assert.deepEqual(seen.complaints, []);
			} finally {
				await seen.close();
				await device.stop();
			}
		});

browserTest("the gauges say nothing of a start without a flaw", async browser => {
	const device = new FakeDevice();
	await device.start();
	device.publish(24.4, 46.4);
	const seen = await visit(browser, device.address);
	try {
		await untilLink(seen.page, "live");
		await seen.page.waitForSelector("#history:not([hidden])");
		assert.equal(await seen.page.locator("main > p[role=status]").isVisible(), false);
	} finally {
		await seen.close();
		await device.stop();
	}
});

browserTest("in safe mode the settings are shown as kept, marked, and corrected", async browser => {
	const folder = mkdtempSync(join(tmpdir(), "boot-"));
	const state = join(folder, "state");
	const kept = new SettingsOverrides({ storage: fileStorage(state, limits.storage), text, log: assert.fail });
	kept.save({ units: "F", sensors: [{ name: "Attic", model: "DHT22", pin: 4, powerPin: 5 }] });
	const device = await startDevice("--state", state, "--setup", "--wifi", "Home:correct horse:-52");
	const seen = await visit(browser, `${device.url}/settings`, phone);
	try {
		const { page } = seen;
		await page.waitForSelector("#boot p");
		assert.match(await shownText(page), /Safe mode: .* this host has no digital outputs/);
		assert.equal(await page.inputValue(sensorField("powerPin")), "5");
		assert.equal(await page.inputValue(field("units")), "F");
		assert.equal(await page.locator(".left-out").count(), 2);
		assert.deepEqual(await violations(page), []);
		await unfold(page);
		await give(page, sensorField("powerPin"), "");
		assert.match(await save(page), /^Saved/);
		await page.waitForFunction(() => document.querySelectorAll(".left-out").length === 1);
		assert.equal(await page.inputValue(field("units")), "F");
		const { readings } = (await (await fetch(`${device.url}/api/readings`)).json()) as {
			readings: { sensor: string }[];
		};
		assert.equal(readings[0]!.sensor, "Attic");
	} finally {
		await seen.close();
		await device.stop();
		rmSync(folder, { recursive: true });
	}
});
