// The card "Diagnosis": reads, the last bad pulse train, the log for those who show the password, and a report.

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { Device as DeviceReport } from "../../modules/api/schema.js";
import { violations } from "./accessibility.js";
import { browserTest, visit } from "./browser.js";
import { field, password, phone, withDevice } from "./settings-page.js";

const bits = [0x01, 0xd0, 0x00, 0xf4, 0xc4].flatMap(byte =>
	Array.from({ length: 8 }, (_, at) => (byte >> (7 - at)) & 1),
);
const pulsesUs = [30, 80, 80, ...bits.flatMap(bit => [50, bit ? 70 : 26]), 50];

/** Has the device report a train with a wrong check byte. */
async function plantTrain(page: Page): Promise<void> {
	await page.route("**/api/device", async route => {
		const response = await route.fetch();
		const device = (await response.json()) as DeviceReport;
		const [sensor, ...others] = device.sensors;
		const badTrain = {
			file: "",
			model: "DHT22",
			sampleRateHz: 1e6,
			frames: [{ startLowUs: 1, pulsesUs, level: 1, expect: null }],
		};
		await route.fulfill({
			response,
			json: { ...device, sensors: [{ ...sensor, day: { reads: 1000, goodReads: 985 }, badTrain }, ...others] },
		});
	});
}

const words = {
	en: {
		rate: /Room: 98\.5 % of 1,000 reads/,
		rule: "Bytes: 01 d0 00 f4 c4. The fifth byte is not the sum of the four before.",
	},
	pt: {
		rate: /Room: 98,5 % de 1\.?000 leituras/,
		rule: "Bytes: 01 d0 00 f4 c4. O quinto byte não é a soma dos quatro anteriores.",
	},
	es: {
		rate: /Room: El 98,5 % de 1\.?000 lecturas/,
		rule: "Bytes: 01 d0 00 f4 c4. El quinto byte no es la suma de los cuatro anteriores.",
	},
	de: {
		rate: /Room: 98,5 % von 1\.?000 Messungen/,
		rule: "Bytes: 01 d0 00 f4 c4. Das fünfte Byte ist nicht die Summe der vier davor.",
	},
} as const;

for (const language of ["en", "pt", "es", "de"] as const)
	for (const colorScheme of ["light", "dark"] as const)
		browserTest(`train, log and report in ${language}, ${colorScheme}`, browser =>
			withDevice({ adminPassword: password }, async device => {
				const before = `localStorage.setItem("language", "${language}"); navigator.clipboard.writeText = async text => { globalThis.copied = text; }`;
				const seen = await visit(browser, `${device.url}/api/readings`, { ...phone, colorScheme, before });
				const { page } = seen;
				await plantTrain(page);
				await page.goto(`${device.url}/settings`);
				await page.waitForSelector(".train");
				const text = await page.innerText("#sensors-health");
				assert.match(text, words[language].rate);
				assert.ok(text.includes(words[language].rule), text);
				assert.ok(!(await page.isVisible("#log")));
				await page.fill("#diagnosis [name=password]", password);
				await page.click("#diagnosis [type=submit]");
				await page.waitForFunction(() => document.querySelector("#log")?.textContent?.includes("info"));
				assert.deepEqual(await violations(page), []);
				assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), phone.viewport.width);
				await page.click("#diagnosis [name=copy]");
				await page.waitForFunction(() => "copied" in globalThis);
				const report = await page.evaluate(() => (globalThis as unknown as { copied: string }).copied);
				assert.match(report, /version .* \(esp32c3\)[\s\S]*last bad train[\s\S]*settings: \{[\s\S]*log:\n\d/);
				assert.ok(!report.includes(password));
				assert.deepEqual(seen.complaints, []);
				// The page asks every five seconds.
				await page.unrouteAll({ behavior: "wait" });
				await seen.close();
			}),
		);

browserTest("a wrong password shows no log, and the log grows as lines are written", browser =>
	withDevice({ adminPassword: password }, async device => {
		const { page, close } = await visit(browser, `${device.url}/settings`, phone);
		await page.waitForSelector("#log-needs:not([hidden])");
		await page.fill("#diagnosis [name=password]", "wrong horse");
		await page.click("#diagnosis [type=submit]");
		await page.waitForFunction(() => document.querySelector("#diagnosed")?.textContent === "The password is wrong.");
		assert.ok(!(await page.isVisible("#log")));
		await page.fill("#diagnosis [name=password]", password);
		await page.click("#diagnosis [type=submit]");
		await page.waitForFunction(() => document.querySelector("#log")?.textContent);
		const before = await page.textContent("#log");
		await page.fill(field("intervalMs"), "10");
		await page.fill(field("password"), password);
		await page.click("#settings [type=submit]");
		await page.waitForFunction(old => document.querySelector("#log")?.textContent !== old, before);
		assert.match((await page.textContent("#log"))!, /interval raised from 10/);
		await close();
	}),
);

browserTest("the device restarts from the card, which then offers the log anew", browser =>
	withDevice(
		{ adminPassword: password },
		async device => {
			const { page, complaints, close } = await visit(browser, `${device.url}/settings`, phone);
			const says = (sentence: string) =>
				page.waitForFunction(text => document.querySelector("#diagnosed")!.textContent!.startsWith(text), sentence);
			await page.fill("#diagnosis [name=password]", password);
			await page.click("#diagnosis [name=show]");
			await page.waitForSelector("#log:not(:empty)");
			await page.click("#diagnosis [name=restart]");
			await says("Give the password.");
			await page.fill("#diagnosis [name=password]", "wrong horse");
			await page.click("#diagnosis [name=restart]");
			await says("The password is wrong.");
			await page.fill("#diagnosis [name=password]", password);
			await page.click("#diagnosis [name=restart]");
			await says("The device has restarted with version ");
			assert.deepEqual(await violations(page), []);
			await page.click("#diagnosis [name=show]");
			await page.waitForFunction(() => /^\d\.\d s /.test(document.querySelector("#log")!.textContent!));
			assert.deepEqual(complaints, []);
			await close();
		},
		true,
	),
);

browserTest("there is no restart without slots or a password, and no log without one", async browser => {
	const shown = async (config: object, keeps: boolean) => {
		const visible: string[] = [];
		await withDevice(
			config,
			async device => {
				const { page, close } = await visit(browser, `${device.url}/settings`, phone);
				await page.waitForSelector("#diagnosis:not([hidden])");
				if (keeps) await page.waitForSelector("#firmware:not([hidden])");
				for (const name of ["password", "show", "copy", "restart"])
					if (await page.isVisible(`#diagnosis [name=${name}]`)) visible.push(name);
				await close();
			},
			keeps,
		);
		return visible.join(" ");
	};
	assert.equal(await shown({ adminPassword: password }, false), "password show copy");
	assert.equal(await shown({}, true), "copy");
});
