// Alerts on the gauges' page: those that stand when it opens, those that come, and their end.

import assert from "node:assert/strict";
import type { Alert } from "../../modules/alerts/alert.js";
import { violations } from "./accessibility.js";
import { browserTest, visit } from "./browser.js";
import { FakeDevice } from "./device.js";

const warm: Alert = {
	...{ sensor: "Room", quantity: "temperature", state: "above", value: 31.2, limit: 30 },
	sinceUptimeMs: 0,
};
const unreliable: Alert = { ...warm, quantity: "success", state: "below", value: 63, limit: 80 };

const expected = {
	en: {
		one: /^Room: temperature above 30\.0 °C since \d\d:\d\d$/,
		two: /^Room: temperature above 30\.0 °C since \d\d:\d\d\nRoom: reads that succeed below 80\.0 % since \d\d:\d\d$/,
	},
	pt: {
		one: /^Room: temperatura acima de 30[,.]0 °C desde \d\d:\d\d$/,
		two: /^Room: temperatura acima de .*\nRoom: leituras bem-sucedidas abaixo de 80[,.]0 % desde \d\d:\d\d$/,
	},
};

for (const language of ["en", "pt"] as const)
	browserTest(`alerts come and go with since when, in ${language}`, async browser => {
		const device = new FakeDevice();
		await device.start();
		device.publish(31.2, 46.4, "Room");
		device.alerts = [warm];
		const seen = await visit(browser, device.address, { before: `localStorage.setItem("language", "${language}")` });
		const lines = seen.page.locator("main > div[role=status]");
		const until = async (wanted: RegExp) => {
			for (let waited = 0; waited < 5000 && !wanted.test(await lines.innerText()); waited += 50)
				await seen.page.waitForTimeout(50);
			assert.match(await lines.innerText(), wanted);
		};
		try {
			await lines.waitFor();
			await until(expected[language].one);
			assert.deepEqual(await violations(seen.page), []);
			device.publishAlert(unreliable);
			await until(expected[language].two);
			device.publishAlert({ ...unreliable, state: "normal" });
			await until(expected[language].one);
			device.publishAlert({ ...warm, state: "normal" });
			await lines.waitFor({ state: "hidden" });
			device.publishAlert({ ...warm, quantity: "reading", state: "fault", error: "checksum" });
			device.publish(20, 46.4, "Room");
			await seen.page.waitForTimeout(300);
			assert.equal(await lines.isVisible(), false);
			assert.deepEqual(seen.complaints, []);
		} finally {
			await seen.close();
			await device.stop();
		}
	});

browserTest("what stands above the gauges takes the page's whole width", async browser => {
	const device = new FakeDevice();
	await device.start();
	device.publish(31.2, 46.4, "Room");
	device.alerts = [warm];
	const seen = await visit(browser, device.address, { viewport: { width: 1000, height: 800 } });
	const box = async (selector: string) => (await seen.page.locator(selector).boundingBox())!;
	try {
		await seen.page.locator("main > div[role=status]").waitFor();
		await seen.page.waitForSelector("#history:not([hidden])");
		const [line, cards, history] = [await box("main > div[role=status]"), await box("#cards"), await box("#history")];
		assert.equal(line.x + line.width, history.x + history.width);
		assert.equal(cards.x, line.x);
		assert.equal(cards.y, history.y);
	} finally {
		await seen.close();
		await device.stop();
	}
});
