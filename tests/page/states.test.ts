// Every state of the page, with its appearance and strings, in all pairs of language, unit, theme and width.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
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
	shown: { en: RegExp; pt: RegExp };
	title: RegExp;
}

const publish = (device: FakeDevice) => device.publish(24.4, 46.4);

const states: Record<string, State> = {
	connecting: {
		before(device) {
			device.hold = /feed|api|events/;
		},
		reach: page => untilStatus(page, "waiting"),
		shown: { en: /Connecting….*No reading yet/s, pt: /Conectando….*Nenhuma leitura ainda/s },
		title: /^– · DHT$/,
	},
	waiting: {
		before: () => {},
		reach: async page => void (await untilLink(page, "live")),
		shown: { en: /Live.*No reading yet/s, pt: /Ao vivo.*Nenhuma leitura ainda/s },
		title: /^– · Greenhouse$/,
	},
	live: {
		device: { intervalMs: 10_000 },
		before: publish,
		reach: async page => void (await untilLink(page, "live")),
		shown: { en: /Live/, pt: /Ao vivo/ },
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
			en: /No new reading\. Last reading \d+ seconds? ago/,
			pt: /Sem leitura nova\. Última leitura há \d+ segundos?/,
		},
		title: /^⚠ (24|75)/,
	},
	fault: {
		before: publish,
		reach: async (page, device) => {
			await untilLink(page, "live");
			device.fail("no-answer");
			await untilStatus(page, "fault");
		},
		shown: { en: /no-answer: check power/i, pt: /O sensor não responde: confira a alimentação/ },
		title: /^⚠ – · Greenhouse$/,
	},
	lost: {
		device: { intervalMs: 10_000 },
		before: publish,
		reach: async (page, device) => {
			await untilLink(page, "live");
			await device.stop();
			await untilLink(page, "lost");
		},
		shown: {
			en: /Out of reach since \d\d?:\d\d.*Last reading \d+ seconds? ago/s,
			pt: /Fora de alcance desde \d\d:\d\d.*Última leitura há \d+ segundos?/s,
		},
		title: /^⚠ (24|75)/,
	},
	full: {
		device: { intervalMs: 10_000, streams: 0 },
		before: publish,
		reach: async page => void (await untilLink(page, "full")),
		shown: { en: /All streams are taken/, pt: /Todos os canais ocupados/ },
		title: /^(24|75)/,
	},
};

const factors = {
	state: Object.keys(states),
	language: ["en", "pt"],
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
			assert.match(await shownText(seen.page), state.shown[language as "en" | "pt"]);
			assert.match(await seen.page.title(), state.title);
			assert.deepEqual(await violations(seen.page), []);
			const { scrollWidth, dataset, lang } = await seen.page.evaluate(() => {
				const { scrollWidth, dataset, lang } = document.documentElement;
				return { scrollWidth, dataset: { ...dataset }, lang };
			});
			assert.equal(scrollWidth, Number(width), "nothing scrolls sideways");
			assert.equal(dataset.theme, theme);
			assert.equal(lang, language === "pt" ? "pt-BR" : "en");
			assert.equal(await seen.page.textContent("[data-part=unit]"), `°${unit}`);
			assert.deepEqual(seen.complaints, []);
			assert.deepEqual([...seen.hosts], [device.address]);
		} finally {
			await seen.close();
			await device.stop();
		}
	});
}
