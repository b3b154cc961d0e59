// The card "Firmware" of the settings page against the desktop host's slots: uploads that succeed and fail, and the way back.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import type { Browser, Page } from "playwright-core";
import { sha256 } from "../../modules/platform/node/firmware.js";
import { type Behaviour, behaviourText } from "../../modules/platform/simulated/behaviour.js";
import { makeImage } from "../../modules/platform/simulated/firmware-image.js";
import { imageOptions } from "../../modules/platform/simulated/slots.js";
import { type Device, startDevice } from "../e2e/device.js";
import { violations } from "./accessibility.js";
import { browserTest, type Visit, visit } from "./browser.js";
import { password, phone } from "./settings-page.js";

const folder = mkdtempSync(join(tmpdir(), "firmware-"));
after(() => rmSync(folder, { recursive: true }));
const config = join(folder, "config.json");
writeFileSync(config, JSON.stringify({ config: { adminPassword: password } }));
let states = 0;

type Language = "en" | "pt";
const words = {
	en: {
		running: (version: string) => new RegExp(`^Running: ${version} \\(.*\\), confirmed$`),
		confirmed: /^Version 9\.1\.0 runs and is confirmed/,
		tookBack: /^The new version was taken back.*: 9\.1\.0: /,
		image: /^The image is refused: it is no firmware image\. Take the file/,
		digest: /^The image is refused: .*digest.* Take the file/,
		password: /^The password is wrong\.$/,
		interrupted: /^The connection broke after \d+ %\. What runs has not changed/,
		restarted: /^The device has restarted with version /,
		file: /^Choose a file\.$/,
	},
	pt: {
		running: (version: string) => new RegExp(`^Em uso: ${version} \\(.*\\), confirmada$`),
		confirmed: /^A versão 9\.1\.0 está em uso e confirmada/,
		tookBack: /^A nova versão foi desfeita.*: 9\.1\.0: /,
		image: /^Não é um firmware deste aparelho.*\(The image is refused: it is no firmware image\.\)$/,
		digest: /^Não é um firmware deste aparelho.*\(The image is refused: .*digest.*\)$/,
		password: /^A senha está errada\.$/,
		interrupted: /^A conexão caiu em \d+ %\./,
		restarted: /^O aparelho reiniciou com a versão /,
		file: /^Escolha um arquivo\.$/,
	},
};

function image(behaviour: Behaviour, bytes = 400): Uint8Array {
	const options = { ...imageOptions("9.1.0"), segments: [256, bytes], text: behaviourText(behaviour) };
	return makeImage(options, sha256);
}

/** Runs `body` on the card of a device with slots. */
async function onCard(
	browser: Browser,
	language: Language,
	body: (page: Page, device: Device, seen: Visit) => Promise<void>,
): Promise<void> {
	const device = await startDevice("--config", config, "--state", join(folder, `state${states++}`));
	const seen = await visit(browser, `${device.url}/settings`, {
		...phone,
		before: `localStorage.setItem("language", "${language}")`,
	});
	await seen.page.waitForSelector("#firmware:not([hidden])");
	await body(seen.page, device, seen);
	assert.deepEqual(seen.complaints, []);
	await seen.close();
	await device.stop();
}

async function choose(page: Page, bytes: Uint8Array, key = password): Promise<void> {
	await page.setInputFiles("[name=image]", { name: "image.bin", mimeType: "", buffer: Buffer.from(bytes) });
	await page.fill("#firmware [name=password]", key);
}

/** Waits until the card says what matches. */
async function says(page: Page, pattern: RegExp, selector = "#update"): Promise<void> {
	const isShown = ([selector, source]: string[]) =>
		new RegExp(source!).test(document.querySelector<HTMLElement>(selector!)!.innerText);
	await page
		.waitForFunction(isShown, [selector, pattern.source], { timeout: 60_000 })
		.catch(async () => assert.match(await page.innerText(selector), pattern));
}

const installed = (page: Page) => page.click("#firmware [type=submit]");

for (const language of ["en", "pt"] as const) {
	const text = words[language];

	browserTest(
		`a new version is sent with progress, starts and is confirmed; then the way back, in ${language}`,
		browser =>
			onCard(browser, language, async page => {
				const before = /\d+\.\d+\.\d+/.exec(await page.innerText("#running"))![0];
				await page.evaluate(() => {
					const bar = document.querySelector<HTMLProgressElement>("#progress progress")!;
					const seen: number[] = [];
					Object.assign(window, { seen });
					new MutationObserver(() => seen.push(bar.value)).observe(bar, { attributes: true });
				});
				const network = await page.context().newCDPSession(page);
				const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 600_000 };
				await network.send("Network.emulateNetworkConditions", slow);
				await choose(page, image("good", 1_800_000));
				await installed(page);
				await says(page, text.confirmed);
				await says(page, text.running("9\\.1\\.0"), "#running");
				const seen = await page.evaluate(() => (window as unknown as { seen: number[] }).seen);
				assert.ok(new Set(seen).size > 4 && seen.at(-1) === 100, `${seen}`);
				assert.deepEqual(
					seen,
					[...seen].sort((one, other) => one - other),
				);
				assert.ok(await page.isHidden("#progress"));
				await page.click("#firmware [name=back]");
				await says(page, text.running(before.replaceAll(".", "\\.")), "#running");
			}),
	);

	browserTest(`a version that crashes is taken back, and the card says so, in ${language}`, browser =>
		onCard(browser, language, async page => {
			await choose(page, image("crash"));
			await installed(page);
			await says(page, text.tookBack);
			assert.equal(await page.getAttribute("#update", "class"), "wrong");
		}),
	);

	browserTest(`what cannot be installed is refused, with what to do, in ${language}`, browser =>
		onCard(browser, language, async (page, _, { hosts }) => {
			const sent: string[] = [];
			page.on("request", request => request.method() === "PUT" && sent.push(request.url()));
			const running = await page.innerText("#running");
			assert.deepEqual(await violations(page), []);
			await installed(page);
			await says(page, text.file);
			await choose(page, Uint8Array.of(0xff, 0xd8, ...new Uint8Array(5000)));
			await installed(page);
			await says(page, text.image);
			await choose(page, image("good"), "wrong horse");
			await installed(page);
			await says(page, text.password);
			assert.deepEqual(sent, [], "none of it was sent");
			const flipped = image("good", 300_000);
			flipped[200_000]! ^= 1;
			await choose(page, flipped);
			await installed(page);
			await says(page, text.digest);
			assert.equal(sent.length, 1);
			assert.equal(await page.innerText("#running"), running);
			assert.equal(hosts.size, 1);
		}),
	);

	browserTest(`an upload that breaks off leaves all as it was, in ${language}`, browser =>
		onCard(browser, language, async page => {
			await page.route("**/api/update?*", route => route.abort("connectionreset"));
			await choose(page, image("good"));
			await installed(page);
			await says(page, text.interrupted);
			await page.unroute("**/api/update?*");
			await installed(page);
			await says(page, text.confirmed);
		}),
	);

	browserTest(`the device restarts on demand, in ${language}`, browser =>
		onCard(browser, language, async page => {
			await page.fill("#firmware [name=password]", password);
			await page.click("#firmware [name=restart]");
			await says(page, text.restarted);
		}),
	);
}

browserTest("on a host without slots there is no card", async browser => {
	const device = await startDevice("--config", config);
	const seen = await visit(browser, `${device.url}/settings`, phone);
	await seen.page.waitForSelector("#settings:not([hidden])");
	await seen.page.waitForTimeout(500);
	assert.ok(await seen.page.isHidden("#firmware"));
	assert.deepEqual(seen.complaints, []);
	await seen.close();
	await device.stop();
});

browserTest("without a password the card says that updates need one", async browser => {
	const device = await startDevice("--state", join(folder, `state${states++}`));
	const seen = await visit(browser, `${device.url}/settings`, phone);
	const { page } = seen;
	await page.waitForSelector("#firmware:not([hidden])");
	await says(page, /^Updates need a password: choose one above\.$/, "#needs-password");
	assert.ok(await page.isDisabled("[name=image]"));
	await page.fill('#settings [name="adminPassword"]', password);
	await page.click("#settings [type=submit]");
	await page.waitForSelector("#needs-password", { state: "hidden" });
	assert.ok(await page.isEnabled("[name=image]"));
	assert.deepEqual(seen.complaints, []);
	await seen.close();
	await device.stop();
});

browserTest("a private device is waited for through a restart, which forgets its readers", browser =>
	onCard(browser, "en", async (page, { url }) => {
		await page.check('#settings [name="private"]');
		await page.fill("#password input", password);
		await page.click("#settings [type=submit]");
		await page.waitForFunction(() => document.querySelector("#outcome")?.textContent === "Saved.");
		assert.equal((await fetch(`${url}/api/update`)).status, 401);
		await choose(page, image("good"));
		await installed(page);
		await says(page, words.en.confirmed);
		await says(page, words.en.running("9\\.1\\.0"), "#running");
	}),
);
