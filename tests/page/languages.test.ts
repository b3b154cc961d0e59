// A language other than English: one file, fetched by its readers alone, kept for good, and missed without harm.

import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import type { LanguageKey } from "../../www/i18n/languages.js";
import { startDevice } from "../e2e/device.js";
import { violations } from "./accessibility.js";
import { browserTest, shownText, untilLink, type Visit, type VisitOptions, visit } from "./browser.js";
import { FakeDevice, type FakeDeviceOptions } from "./device.js";
import { phone } from "./settings-page.js";

const words: Readonly<Record<LanguageKey, RegExp>> = {
	en: /Temperature[\s\S]*24\.4 °C[\s\S]*Humidity/,
	pt: /Temperatura[\s\S]*24,4 °C[\s\S]*Umidade/,
	es: /Temperatura[\s\S]*24,4 °C[\s\S]*Humedad/,
	de: /Temperatur[\s\S]*24,4 °C[\s\S]*Luftfeuchte/,
};

const isLanguageFile = (path: string) => path.endsWith(".json");

/** Notes every text that a painted frame shows, as `frames`. The page waits 5 s for its language, however busy the computer is. */
const watchFrames = `globalThis.frames = [];
const { setTimeout } = globalThis;
globalThis.setTimeout = (task, ms) => setTimeout(task, ms === 250 ? 5000 : ms);
(function watch() {
	// The \`innerText\` of what is not displayed is its source.
	const shown = document.body?.offsetHeight ? document.body.innerText : "";
	if (shown !== frames.at(-1)) frames.push(shown);
	requestAnimationFrame(watch);
})();`;

async function read(
	browser: Browser,
	device: FakeDevice,
	options: VisitOptions,
	body: (seen: Visit) => Promise<void>,
): Promise<void> {
	await device.start();
	device.publish(24.4, 46.4);
	const seen = await visit(browser, device.address, options);
	try {
		await body(seen);
		assert.deepEqual(seen.complaints, []);
	} finally {
		await seen.close();
		await device.stop();
	}
}

const slow: FakeDeviceOptions = { intervalMs: 10_000 };

for (const [locale, language] of [
	["en-GB", "en"],
	["pt-PT", "pt"],
	["es-ES", "es"],
	["de-AT", "de"],
	["fr-FR", "en"],
] as const)
	browserTest(`a browser in ${locale} shows no frame in another language than ${language}`, async browser => {
		const device = new FakeDevice(slow);
		await read(browser, device, { locale, before: watchFrames }, async ({ page }) => {
			await untilLink(page, "live");
			assert.match(await shownText(page), words[language]);
			const frames = await page.evaluate(() => (globalThis as unknown as { frames: string[] }).frames);
			const others = Object.entries({ en: /\bHumidity\b/, pt: /Umidade/, es: /Humedad/, de: /Luftfeuchte/ });
			for (const [key, word] of others)
				if (key !== language)
					assert.deepEqual(
						frames.filter(frame => word.test(frame)),
						[],
						key,
					);
			const fetched = device.requests.filter(isLanguageFile);
			assert.equal(fetched.length, language === "en" ? 0 : 1);
			assert.ok(fetched.every(path => path.startsWith(`/gauges-${language}-`)));
		});
	});

browserTest("a language that comes late, while the page is connecting, leaves no frame in two languages", browser => {
	const device = new FakeDevice(slow);
	device.hold = /readings|events/;
	const late = `const { fetch } = globalThis;
const isDue = url => new Promise(resolve => setTimeout(resolve, url.endsWith(".json") ? 700 : 0));
globalThis.fetch = async (url, ...rest) => (await isDue(url), fetch(url, ...rest));
globalThis.frames = [];
(function watch() {
	frames.push(document.body?.offsetHeight ? document.body.innerText : "");
	requestAnimationFrame(watch);
})();`;
	return read(browser, device, { locale: "de-DE", before: late }, async ({ page }) => {
		await page.waitForSelector("html[lang=de]");
		await page.waitForTimeout(200);
		const frames = await page.evaluate(() => (globalThis as unknown as { frames: string[] }).frames);
		assert.match(frames.at(-1)!, /Verbinden…[\s\S]*Luftfeuchte[\s\S]*Noch kein Messwert/);
		assert.ok(frames.some(frame => /Connecting…[\s\S]*Humidity[\s\S]*No reading yet/.test(frame)));
		for (const frame of frames) assert.ok(!(/Connecting|No reading/.test(frame) && /Luftfeuchte/.test(frame)), frame);
	});
});

browserTest(
	"the device's language is fetched after the readings, and chosen ones as they are chosen, each once",
	browser => {
		const device = new FakeDevice({ ...slow, language: "es" });
		return read(browser, device, {}, async ({ page }) => {
			await page.waitForSelector("html[lang=es]");
			assert.match(await shownText(page), words.es);
			for (const language of ["de", "pt", "de", "en", "es"] as const) {
				await page.selectOption("[name=language]", language);
				await page.waitForSelector(`html[lang|=${language}]`);
				assert.match(await shownText(page), words[language]);
			}
			assert.deepEqual(
				device.requests.filter(isLanguageFile).map(path => path.slice(8, 10)),
				["es", "de", "pt"],
			);
		});
	},
);

for (const [name, break_] of [
	["is missing", (device: FakeDevice) => (device.broken = /\.json$/)],
	["does not come", (device: FakeDevice) => (device.hold = /\.json$/)],
] as const)
	browserTest(`a language whose file ${name} leaves the page in English, with its values`, browser => {
		const device = new FakeDevice(slow);
		break_(device);
		return read(browser, device, { locale: "de-DE" }, async ({ page }) => {
			const started = performance.now();
			await untilLink(page, "live");
			assert.ok(performance.now() - started < 2000);
			assert.match(await shownText(page), words.en);
			assert.equal(await page.getAttribute("html", "lang"), "en");
			device.broken = device.hold = undefined;
			await page.selectOption("[name=language]", "es");
			await page.waitForSelector("html[lang=es]");
		});
	});

browserTest("the switch names each language in its own words", browser => {
	const device = new FakeDevice(slow);
	return read(browser, device, { locale: "de-DE" }, async ({ page }) => {
		await untilLink(page, "live");
		assert.deepEqual(await page.locator("[name=language] option").allTextContents(), [
			"English",
			"Português",
			"Español",
			"Deutsch",
		]);
	});
});

browserTest("the device serves a language for good, and a second visit does not ask for it", async browser => {
	const device = await startDevice();
	const seen = await visit(browser, device.url, { locale: "de-DE" });
	try {
		const file = () =>
			seen.page.evaluate(() => {
				const entries = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
				const { name, transferSize } = entries.find(({ name }) => name.endsWith(".json"))!;
				return { name, transferSize };
			});
		await untilLink(seen.page, "live");
		const first = await file();
		assert.ok(first.transferSize > 1000, `${first.transferSize}`);
		const response = await fetch(first.name);
		assert.equal(response.headers.get("cache-control"), "public, max-age=31536000, immutable");
		assert.equal(response.headers.get("content-type"), "application/json");
		await seen.page.goto(device.url);
		await untilLink(seen.page, "live");
		assert.match(await shownText(seen.page), /Luftfeuchte/);
		assert.deepEqual(await file(), { name: first.name, transferSize: 0 });
	} finally {
		await seen.close();
		await device.stop();
	}
});

for (const language of ["en", "pt", "es", "de"] as const)
	for (const colorScheme of ["light", "dark"] as const)
		browserTest(
			`settings and set-up in ${language}, ${colorScheme}: translated whole, accessible, not wider than a phone`,
			async browser => {
				const device = await startDevice();
				const seen = await visit(browser, `${device.url}/settings`, {
					...phone,
					colorScheme,
					before: `localStorage.setItem("language", "${language}")`,
				});
				try {
					for (const path of ["/settings", "/setup"]) {
						await seen.page.goto(device.url + path);
						await seen.page.waitForSelector(`html[lang|=${language}][data-theme=${colorScheme}]`);
						await seen.page.waitForSelector(path === "/settings" ? "#settings:not([hidden])" : "#state:not(:empty)");
						assert.deepEqual(await violations(seen.page), []);
						assert.equal(await seen.page.evaluate(() => document.documentElement.scrollWidth), phone.viewport.width);
						assert.equal(await seen.page.inputValue("#language"), language);
					}
					assert.deepEqual(seen.complaints, []);
				} finally {
					await seen.close();
					await device.stop();
				}
			},
		);
