// The settings page's sensors: folded cards, the chip's own pins, what is not saved, and what a value means.

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { settingRows } from "../../modules/config/setting-rows.js";
import { violations } from "./accessibility.js";
import { browserTest, visit } from "./browser.js";
import { field, give, password, phone, save, sensorField, unfold, withDevice } from "./settings-page.js";

const sensors = [
	{ name: "Room", model: "DHT22", pin: 4 },
	{ name: "Attic", model: "DHT11", pin: 18 },
];

const pages = (
	language: string,
	body: (page: Page, url: string) => Promise<void>,
	colorScheme: "light" | "dark" = "light",
) =>
	browserTest(`${language}, ${colorScheme}`, browser =>
		withDevice({ adminPassword: password, sensors }, async device => {
			const before = `localStorage.setItem("language", "${language}")`;
			const seen = await visit(browser, `${device.url}/settings`, { ...phone, colorScheme, before });
			await seen.page.waitForSelector("#settings:not([hidden])");
			await body(seen.page, device.url);
			assert.deepEqual(seen.complaints, []);
			await seen.close();
		}),
	);

const open = (page: Page) => page.$$eval("#sensors > details", all => all.map(one => (one as HTMLDetailsElement).open));

const reasons = {
	en: { usb: "USB", flash: "flash", strapping: /decides how the chip boots/, unsaved: /^Not saved yet: Sensors$/ },
	pt: { usb: "USB", flash: "flash", strapping: /decide como o chip inicia/, unsaved: /^Ainda não salvo: Sensores$/ },
	es: { usb: "USB", flash: "flash", strapping: /decide cómo arranca el chip/, unsaved: /^Aún sin guardar: Sensores$/ },
	de: {
		usb: "USB",
		flash: "Flash",
		strapping: /bestimmt, wie der Chip startet/,
		unsaved: /^Noch nicht gespeichert: Sensoren$/,
	},
} as const;

for (const language of ["en", "pt", "es", "de"] as const)
	for (const scheme of ["light", "dark"] as const)
		pages(
			language,
			async (page, url) => {
				const text = reasons[language];
				assert.deepEqual(await open(page), [false, false]);
				assert.deepEqual(await page.locator("#sensors summary").allTextContents(), [
					"Room DHT22, GPIO 4",
					"Attic DHT11, GPIO 18",
				]);
				const options = await page.$$eval(`${sensorField("pin")} option`, all =>
					all.map(one => [(one as HTMLOptionElement).text, (one as HTMLOptionElement).disabled] as const),
				);
				assert.equal(options.length, 22, "an ESP32-C3 has 22 pins");
				assert.deepEqual(options[4], ["GPIO 4", false]);
				assert.deepEqual(options[9], ["GPIO 9 ⚠", false]);
				assert.deepEqual(options[12], [`GPIO 12 – ${text.flash}`, true]);
				assert.deepEqual(options[19], [`GPIO 19 – ${text.usb}`, true]);

				// A refused pin that is kept is shown with its reason, and can be left.
				assert.equal(await page.inputValue(sensorField("pin", 2)), "18");
				await page.click("#sensors > details:nth-child(2) summary");
				assert.equal(await page.textContent("#sensors > details:nth-child(2) .remark"), `⚠ GPIO 18: ${text.usb}`);
				await give(page, sensorField("pin", 2), "9");
				assert.match((await page.textContent("#sensors > details:nth-child(2) .remark"))!, text.strapping);
				assert.match((await page.textContent("#unsaved"))!, text.unsaved);
				assert.deepEqual(await violations(page), []);
				await page.fill(field("password"), password);
				await save(page);
				assert.deepEqual(await open(page), [false, false], "folded when it is saved");
				assert.ok(!(await page.isVisible("#unsaved")));
				const kept = (await (await fetch(`${url}/api/settings`)).json()) as { sensors: { pin: number }[] };
				assert.deepEqual(
					kept.sensors.map(({ pin }) => pin),
					[4, 9],
				);
			},
			scheme,
		);

browserTest("what is changed and not saved is marked, until it is taken back", browser =>
	withDevice({ adminPassword: password, sensors }, async device => {
		const { page, complaints, close } = await visit(browser, `${device.url}/settings`, phone);
		await page.waitForSelector("#settings:not([hidden])");
		const marked = () =>
			page.$$eval(".changed", all => all.map(one => one.querySelector("[name]")?.getAttribute("name")));
		await page.fill(field("intervalMs"), "3000");
		await unfold(page);
		await page.fill(sensorField("name"), "Kitchen");
		assert.deepEqual(await marked(), ["intervalMs", "name"]);
		assert.equal(await page.textContent("#unsaved"), "Not saved yet: Time between readings, ms and Sensors");
		await page.fill(field("intervalMs"), "2000");
		await page.fill(sensorField("name"), "Room");
		assert.deepEqual(await marked(), []);
		await page.click("#add");
		assert.deepEqual(await open(page), [true, true, true], "a new sensor is open");
		assert.equal(await page.textContent("#unsaved"), "Not saved yet: Sensors");
		assert.deepEqual(complaints, []);
		await close();
	}),
);

browserTest("a page with changes asks before it is left, one without does not", browser =>
	withDevice({ adminPassword: password, sensors }, async device => {
		const { page, close } = await visit(browser, `${device.url}/settings`, phone);
		await page.waitForSelector("#settings:not([hidden])");
		const asked: string[] = [];
		page.on("dialog", dialog => {
			asked.push(dialog.type());
			void dialog.accept();
		});
		await page.click(field("intervalMs"));
		await page.reload();
		await page.waitForSelector("#settings:not([hidden])");
		assert.deepEqual(asked, []);
		await page.fill(field("intervalMs"), "3000");
		await page.click(field("intervalMs"));
		await page.reload();
		assert.deepEqual(asked, ["beforeunload"]);
		await close();
	}),
);

browserTest("what a setting means stands beside it, with its own limits, and describes its input", browser =>
	withDevice({ sensors }, async device => {
		const { page, close } = await visit(browser, `${device.url}/settings`, phone);
		await page.waitForSelector("#settings:not([hidden])");
		const described = await page.$$eval("[data-section] [name]", inputs =>
			inputs.map(input => {
				const help = document.getElementById(input.getAttribute("aria-describedby")!);
				return [input.getAttribute("name")!, help?.textContent ?? ""] as const;
			}),
		);
		assert.ok(described.length > 14);
		for (const [name, help] of described) {
			assert.ok(help.length > 10, name);
			assert.doesNotMatch(help, /[{}]|undefined/, name);
		}
		const { min, max, default: usual } = settingRows.intervalMs;
		assert.ok(new Map(described).get("intervalMs")!.startsWith(`${min} to ${max}, usually ${usual}.`));
		await close();
	}),
);

browserTest("a rejected value unfolds its sensor", browser =>
	withDevice({ adminPassword: password, sensors }, async device => {
		const { page, close } = await visit(browser, `${device.url}/settings`, phone);
		await page.waitForSelector("#settings:not([hidden])");
		await unfold(page);
		await page.fill(sensorField("name", 2), "Room");
		await page.click("#sensors > details:nth-child(2) summary");
		await page.fill(field("password"), password);
		assert.match(await save(page), /no two sensors may have one name/);
		assert.deepEqual(await open(page), [true, true]);
		await close();
	}),
);
