// The card "Backup" of the settings page: the settings as a file, a file as the settings, and the end of all that is kept.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import type { Page } from "playwright-core";
import { startDevice } from "../e2e/device.js";
import { violations } from "./accessibility.js";
import { browserTest, visit } from "./browser.js";
import { password, phone } from "./settings-page.js";

const folder = mkdtempSync(join(tmpdir(), "backup-"));
after(() => rmSync(folder, { recursive: true }));
const config = join(folder, "config.json");
writeFileSync(config, JSON.stringify({ config: { adminPassword: password } }));

const words = {
	en: {
		applied: /^Applied\. Passed over: moisture\. With the next start: name\.$/,
		unknown: "moisture: not known to this version, and passed over",
		refused: /^Nothing was applied: intervalMs: 1 is not allowed/,
		damaged: /^This is no file of settings: /,
		large: /^The file is too large: \d+ bytes\.$/,
		password: /^Nothing was applied: The password is wrong\.$/,
		notSure: /^Confirm it first\.$/,
		forgotten: /^Everything is forgotten with the restart/,
	},
	pt: {
		applied: /^Aplicado\. Ficou de fora: moisture\. No próximo início: name\.$/,
		unknown: "moisture: esta versão não conhece, fica de fora",
		refused: /^Nada foi aplicado: .*número inteiro/,
		damaged: /^Isto não é um arquivo de configurações: /,
		large: /^O arquivo é grande demais: \d+ bytes\.$/,
		password: /^Nada foi aplicado: A senha está errada\.$/,
		notSure: /^Confirme primeiro\.$/,
		forgotten: /^Tudo é esquecido com o reinício/,
	},
};

function choose(page: Page, content: string): Promise<void> {
	const file = { name: "settings.json", mimeType: "application/json", buffer: Buffer.from(content) };
	return page.setInputFiles("#backup [name=file]", file);
}

/** Waits until the card says what matches. */
async function says(page: Page, pattern: RegExp): Promise<void> {
	const isShown = (source: string) => new RegExp(source).test(document.querySelector("#applied")?.textContent ?? "");
	await page
		.waitForFunction(isShown, pattern.source, { timeout: 20_000 })
		.catch(async () => assert.match((await page.textContent("#applied")) ?? "", pattern));
}

async function apply(page: Page, content: string, key = password): Promise<void> {
	await choose(page, content);
	await page.fill("#backup [name=password]", key);
	await page.click("#backup [type=submit]");
}

for (const language of ["en", "pt"] as const)
	browserTest(`settings go out as a file, come in as one, and are forgotten (${language})`, async browser => {
		const text = words[language];
		const device = await startDevice("--config", config, "--state", join(folder, `state-${language}`));
		const before = `localStorage.setItem("language", "${language}")`;
		const seen = await visit(browser, `${device.url}/settings`, { ...phone, before });
		const { page } = seen;
		await page.waitForSelector("#backup:not([hidden])");
		const [download] = await Promise.all([page.waitForEvent("download"), page.click("#export")]);
		assert.equal(download.suggestedFilename(), "dht-settings.json");
		const exported = JSON.parse(readFileSync(await download.path(), "utf8"));
		assert.deepEqual(exported, await (await fetch(`${device.url}/api/settings`)).json());

		const file = { ...exported, name: "attic", units: "F", moisture: { pin: 9 } };
		await choose(page, JSON.stringify(file, null, "\t"));
		await page.waitForSelector("#differences li");
		assert.deepEqual(await page.locator("#differences li").allTextContents(), [
			'name: "dht" → "attic"',
			'units: "C" → "F"',
			text.unknown,
		]);
		assert.deepEqual(await violations(page), []);
		await apply(page, JSON.stringify(file), "wrong horse");
		await says(page, text.password);
		await apply(page, JSON.stringify({ ...file, intervalMs: 1 }));
		await says(page, text.refused);
		await choose(page, JSON.stringify(file).slice(0, -1));
		await says(page, text.damaged);
		await apply(page, JSON.stringify({ ...file, moisture: "x".repeat(9000) }));
		await says(page, text.large);
		await apply(page, JSON.stringify(file));
		await says(page, text.applied);
		assert.equal(await page.inputValue('#settings [name="name"]'), "attic");

		await page.click("#backup [name=forget]");
		await says(page, text.notSure);
		await page.check("#backup [name=sure]");
		await page.click("#backup [name=forget]");
		await says(page, text.forgotten);
		const name = async () => (await (await fetch(`${device.url}/api/settings`)).json()).name;
		for (let turn = 0; turn < 100 && (await name().catch(() => "attic")) !== "dht"; turn++)
			await new Promise(resolve => setTimeout(resolve, 100));
		assert.equal(await name(), "dht");
		assert.deepEqual(seen.complaints, []);
		await seen.close();
		await device.stop();
	});

browserTest("the form saves settings of more than 2 KB", async browser => {
	const device = await startDevice("--config", config);
	const seen = await visit(browser, `${device.url}/settings`, phone);
	const { page } = seen;
	await page.waitForSelector("#settings:not([hidden])");
	const hosts = Array.from({ length: 8 }, (_, index) => `h${index}.${"a".repeat(60)}.${"b".repeat(60)}.lan`);
	await page.fill('#settings [name="hosts"]', hosts.join(" "));
	await page.fill('#settings [name="origins"]', hosts.map(host => `https://${host}`).join(" "));
	await page.fill("#password input", password);
	await page.click("#settings [type=submit]");
	await page.waitForFunction(() => document.querySelector("#outcome")?.textContent === "Saved.");
	assert.deepEqual((await (await fetch(`${device.url}/api/settings`)).json()).hosts, hosts);

	await page.fill('#settings [name="origins"]', hosts.map(host => `https://${host}:8080`).join(" "));
	await page.fill('#settings [name="hosts"]', hosts.map(host => `${host}.net`).join(" "));
	await page.fill("#networks [name=ssid]", "Home");
	await page.fill("#networks [name=wifi]", "***");
	await page.click("#settings [type=submit]");
	await page.waitForFunction(() => document.querySelector("#outcome")?.textContent !== "Saved.");
	assert.equal(await page.textContent("#outcome"), "Passed over: networks.");
	assert.deepEqual(seen.complaints, []);
	await seen.close();
	await device.stop();
});
