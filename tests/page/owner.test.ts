// The settings page of a device without a password, on a phone: how to set one, and what a hand on the button changes.

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { startDevice } from "../e2e/device.js";
import { violations } from "./accessibility.js";
import { browserTest, visit } from "./browser.js";
import { field, phone, save } from "./settings-page.js";

const shows = (page: Page, selector: string, pattern: RegExp) =>
	page.waitForFunction(
		([selector, source]) => {
			const found = document.querySelector<HTMLElement>(selector!);
			return found !== null && !found.hidden && new RegExp(source!).test(found.innerText);
		},
		[selector, pattern.source],
		{ timeout: 20_000 },
	);

const notes = {
	en: {
		locked: /^No password is set yet. Press the device's BOOT button briefly/,
		open: /set-up is open to everybody/,
		closes: /^It closes in 2:[0-5]\d$/,
	},
	pt: {
		locked: /^Ainda não há senha. Aperte brevemente o botão BOOT/,
		open: /a configuração está aberta para todos/,
		closes: /^Ela fecha em 2:[0-5]\d$/,
	},
};

for (const language of ["en", "pt"] as const)
	browserTest(`a short press of the button lets the reader set the first password, in ${language}`, async browser => {
		const device = await startDevice("--host", "0.0.0.0", "--press", "12000:200");
		const seen = await visit(browser, `${device.url}/settings`, {
			...phone,
			before: `localStorage.setItem("language", "${language}")`,
		});
		const { page } = seen;
		const { locked, open, closes } = notes[language];
		await shows(page, "#owner", locked);
		assert.ok(await page.isDisabled(field("units")));
		await shows(page, "#owner", open);
		await shows(page, "#closes", closes);
		assert.deepEqual(await violations(page), []);
		assert.ok(await page.isHidden("#password"));
		await page.fill(field("adminPassword"), "correct horse");
		await save(page);
		await page.waitForSelector("#owner", { state: "hidden" });
		assert.ok(await page.isHidden("#closes"));
		assert.equal(await page.inputValue("#password input"), "correct horse");
		await page.selectOption(field("units"), "F");
		assert.match(await save(page), /^(Saved|Salvo)\.$/, "signed with the new password");
		assert.deepEqual(seen.complaints, []);
		await seen.close();
		await device.stop();
	});

browserTest("a private device that lost its password says how it is reached", async browser => {
	const device = await startDevice();
	const lost = { nonce: "1", password: false, guest: false, unsigned: false, setupMs: 0, reader: false };
	const seen = await visit(browser, "about:blank", phone);
	const { page } = seen;
	await page.route("**/api/session", route => route.fulfill({ json: lost }));
	await page.goto(`${device.url}/settings`);
	await shows(
		page,
		"#owner",
		/^This device is private, and its password is lost\. Hold its BOOT button for five seconds/,
	);
	assert.ok((await page.isHidden("#settings")) && (await page.isHidden("#sign-in")));
	assert.deepEqual(seen.complaints, []);
	await seen.close();
	await device.stop();
});

browserTest("the reader at the device's own computer sets the first password without a press", async browser => {
	const device = await startDevice();
	const seen = await visit(browser, `${device.url}/settings`, phone);
	const { page } = seen;
	await shows(page, "#owner", /You are the owner at this computer/);
	await page.fill(field("adminPassword"), "correct horse");
	assert.match(await save(page), /^Saved\.$/);
	await page.waitForSelector("#owner", { state: "hidden" });
	assert.deepEqual(seen.complaints, []);
	await seen.close();
	await device.stop();
});
