// Every state of the page, with its appearance and strings, in all pairs of language, unit, theme and width.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { type LanguageKey, languageKeys, languages } from "../../www/i18n/languages.js";
import { violations } from "./accessibility.js";
import { browserTest, shownText, untilLink, untilStatus, visit } from "./browser.js";
import { FakeDevice, type FakeDeviceOptions } from "./device.js";
import { pairwise } from "./pairwise.js";

interface State {
	/** Prepares the device before the page is opened. */
	device?: FakeDeviceOptions;
	before(device: FakeDevice): void;
	/** Brings the page into the state. */
	reach(page: Page, device: FakeDevice): Promise<void>;
	shown: Readonly<Record<LanguageKey, RegExp>>;
	title: RegExp;
}

const publish = (device: FakeDevice) => device.publish(24.4, 46.4);

const states: Record<string, State> = {
	connecting: {
		before(device) {
			device.hold = /feed|api|events/;
		},
		reach: page => untilStatus(page, "waiting"),
		shown: {
			en: /Connecting….*No reading yet/s,
			pt: /Conectando….*Nenhuma leitura ainda/s,
			es: /Conectando….*Aún no hay lecturas/s,
			de: /Verbinden….*Noch kein Messwert/s,
		},
		title: /^DHT$/,
	},
	waiting: {
		before: () => {},
		reach: async page => void (await untilLink(page, "live")),
		shown: {
			en: /Live.*No reading yet/s,
			pt: /Ao vivo.*Nenhuma leitura ainda/s,
			es: /En directo.*Aún no hay lecturas/s,
			de: /Live.*Noch kein Messwert/s,
		},
		title: /^– · Greenhouse$/,
	},
	live: {
		device: { intervalMs: 10_000 },
		before: publish,
		reach: async page => void (await untilLink(page, "live")),
		shown: { en: /Live/, pt: /Ao vivo/, es: /En directo.*Humedad/s, de: /Live.*Luftfeuchte/s },
		title: /^(24[.,]4 °C|75[.,]9 °F) · 46[.,]4 % · Greenhouse$/,
	},
	stale: {
		device: { intervalMs: 200 },
		before: publish,
		reach: async page => {
			await untilLink(page, "live");
			await untilStatus(page, "stale");
		},
		shown: {
			en: /Last reading \d+ seconds? ago/,
			pt: /Última leitura há \d+ segundos?/,
			es: /Última lectura hace \d+ segundos?/,
			de: /Letzter Messwert vor \d+ Sekunden?/,
		},
		title: /^⚠ (24|75)/,
	},
	missed: {
		device: { intervalMs: 10_000 },
		before: publish,
		reach: async (page, device) => {
			await untilLink(page, "live");
			device.miss("checksum", "Room", 2);
			await page.waitForFunction(() => document.querySelector("[data-part=status]")!.textContent !== "");
			await untilStatus(page, "live");
		},
		shown: {
			en: /46\.4.*Last reading/s,
			pt: /46,4.*Última leitura/s,
			es: /46,4.*Última lectura/s,
			de: /46,4.*Letzter Messwert/s,
		},
		title: /^(24[.,]4 °C|75[.,]9 °F) · 46[.,]4 % · Greenhouse$/,
	},
	zoomed: {
		device: { intervalMs: 10_000 },
		before(device) {
			device.about = { comfort: { temperature: [19, 24], humidity: [40, 60] } };
			device.publish(-3.4, 46.4);
			device.publish(24.4, 46.4);
		},
		reach: async page => {
			await untilLink(page, "live");
			await page.waitForSelector(".tube .comfort", { state: "attached" });
		},
		shown: { en: /Live/, pt: /Ao vivo/, es: /En directo/, de: /Live/ },
		title: /^(24[.,]4 °C|75[.,]9 °F) · 46[.,]4 % · Greenhouse$/,
	},
	fault: {
		before: publish,
		reach: async (page, device) => {
			await untilLink(page, "live");
			device.fail("no-answer");
			await untilStatus(page, "fault");
		},
		shown: {
			en: /no-answer: check power/i,
			pt: /O sensor não responde: confira a alimentação/,
			es: /El sensor no responde: revisa la alimentación/,
			de: /Der Sensor antwortet nicht: Stromversorgung/,
		},
		title: /^⚠ – · Greenhouse$/,
	},
	lost: {
		device: { intervalMs: 10_000 },
		before: publish,
		reach: async (page, device) => {
			await untilLink(page, "live");
			await page.waitForSelector("#history:not([hidden])");
			await device.stop();
			await untilLink(page, "lost");
		},
		shown: {
			en: /Out of reach since \d\d?:\d\d.*Last reading \d+ seconds? ago/s,
			pt: /Fora de alcance desde \d\d:\d\d.*Última leitura há \d+ segundos?/s,
			es: /Fuera de alcance desde \d\d?:\d\d.*Última lectura hace \d+ segundos?/s,
			de: /Nicht erreichbar seit \d\d:\d\d.*Letzter Messwert vor \d+ Sekunden?/s,
		},
		title: /^⚠ (24|75)/,
	},
	full: {
		device: { intervalMs: 10_000, streams: 0 },
		before: publish,
		reach: async page => void (await untilLink(page, "full")),
		shown: {
			en: /All streams are taken/,
			pt: /Todos os canais ocupados/,
			es: /Todos los canales están ocupados/,
			de: /Alle Streams sind belegt/,
		},
		title: /^(24|75)/,
	},
};

/** The title comes with the chart's script. */
async function untilTitle(page: Page, wanted: RegExp): Promise<void> {
	for (let waited = 0; waited < 3000 && !wanted.test(await page.title()); waited += 50) await page.waitForTimeout(50);
	assert.match(await page.title(), wanted);
}

const factors = {
	state: Object.keys(states),
	language: [...languageKeys],
	unit: ["C", "F"],
	theme: ["light", "dark"],
	width: ["320", "768", "1440"],
};

const rows = pairwise(factors);

test("the rows hold every pair of values", () => {
	const names = Object.keys(factors) as (keyof typeof factors)[];
	for (const one of names)
		for (const other of names)
			for (const first of factors[one])
				for (const second of one === other ? [first] : factors[other])
					assert.ok(
						rows.some(row => row[one] === first && row[other] === second),
						`${one} ${first} with ${other} ${second}`,
					);
});

/** A language's file may come after the first drawing: the next one, within a second, is in that language. */
async function untilShown(page: Page, expected: RegExp): Promise<void> {
	const end = performance.now() + 5000;
	while (!expected.test(await shownText(page)) && performance.now() < end) await page.waitForTimeout(50);
	assert.match(await shownText(page), expected);
}

for (const row of rows) {
	const { state: name, language, unit, theme, width } = row;
	browserTest(`${name} in ${language}, °${unit}, ${theme}, at ${width} px`, async browser => {
		const state = states[name]!;
		const device = new FakeDevice(state.device);
		await device.start();
		state.before(device);
		const seen = await visit(browser, device.address, {
			viewport: { width: Number(width), height: 900 },
			colorScheme: theme === "light" ? "dark" : "light",
			before: `for (const [name, value] of Object.entries(${JSON.stringify({ language, unit, theme })})) localStorage.setItem(name, value);`,
		});
		try {
			await state.reach(seen.page, device);
			await untilShown(seen.page, state.shown[language as LanguageKey]);
			await untilTitle(seen.page, state.title);
			assert.deepEqual(await violations(seen.page), []);
			const { scrollWidth, dataset, lang } = await seen.page.evaluate(() => {
				const { scrollWidth, dataset, lang } = document.documentElement;
				return { scrollWidth, dataset: { ...dataset }, lang };
			});
			assert.equal(scrollWidth, Number(width), "nothing scrolls sideways");
			assert.equal(dataset.theme, theme);
			assert.equal(lang, languages[language as LanguageKey].locale);
			assert.equal(await seen.page.textContent("[data-part=unit]"), `°${unit}`);
			assert.deepEqual(seen.complaints, []);
			assert.deepEqual([...seen.hosts], [device.address]);
		} finally {
			await seen.close();
			await device.stop();
		}
	});
}
