// The settings page, on a phone: every kind of wrong value, in both languages.

import assert from "node:assert/strict";
import { browserTest, visit } from "./browser.js";
import { field, give, password, phone, save, sensorField, unfold, withDevice } from "./settings-page.js";

interface Wrong {
	/** The input and its content. */
	field: string;
	value: string;
	/** The device's message, and the page's in Portuguese. */
	en: RegExp;
	pt: RegExp;
	/** The input that is marked, where it is another one. */
	marked?: string;
}

const wrong: Wrong[] = [
	{ field: field("name"), value: "", en: /name: "" is not allowed/, pt: /name: valor não permitido; de 1 a 24 letras/ },
	{ field: field("name"), value: "my device", en: /name: "my device"/, pt: /de 1 a 24 letras/ },
	{ field: field("intervalMs"), value: "", en: /intervalMs: ""/, pt: /um número inteiro de 10 a 3600000/ },
	{ field: field("intervalMs"), value: "soon", en: /intervalMs: "soon"/, pt: /intervalMs: valor/ },
	{ field: field("intervalMs"), value: "2.5", en: /intervalMs: 2.5 is/, pt: /intervalMs: valor/ },
	{ field: field("intervalMs"), value: "9", en: /a whole number from 10 to 3600000 is/, pt: /intervalMs: valor/ },
	{ field: field("timeServer"), value: "http://time", en: /timeServer: .* a host name is/, pt: /um nome de servidor/ },
	{ field: field("mqttHost"), value: "mqtt://broker", en: /mqttHost: .* a host name, or nothing/, pt: /ou nada/ },
	{ field: field("mqttPort"), value: "0", en: /mqttPort: 0 .* 1 to 65535/, pt: /um número inteiro de 1 a 65535/ },
	{ field: field("mqttPrefix"), value: "a/#", en: /mqttPrefix: "a\/#" is/, pt: /em níveis separados/ },
	{ field: field("hosts"), value: "good bad_one", en: /hosts\[1\]: "bad_one"/, pt: /no máximo 8 nomes/ },
	{ field: field("hosts"), value: "a b c d e f g h i", en: /hosts: an array is/, pt: /no máximo 8 nomes/ },
	{ field: field("origins"), value: "example.org", en: /origins\[0\]: "example.org"/, pt: /no máximo 8 origens/ },
	{
		field: field("adminPassword"),
		value: "short",
		en: /adminPassword: .*8 to 64 characters/,
		pt: /de 8 a 64 caracteres/,
	},
	{
		field: "#webhooks > div:nth-of-type(1) [name=url]",
		value: "https://ntfy.sh/dht",
		en: /webhooks\[0\]\.url: "https:\/\/ntfy\.sh\/\*\*\*" .*http:\/\/ with a host name/,
		pt: /webhooks\[0\]\.url: valor não permitido; uma URL inteira/,
	},
	{ field: sensorField("warn.delayMs"), value: "-1", en: /sensors\[0\]\.warn\.delayMs: -1/, pt: /delayMs: valor/ },
	{
		field: sensorField("warn.humidity.hysteresis"),
		value: "21",
		en: /sensors\[0\]\.warn\.humidity\.hysteresis: 21/,
		pt: /um número de 0 a 20/,
	},
	{ field: sensorField("name"), value: "", en: /sensors\[0\]\.name: ""/, pt: /sensors\[0\]\.name: valor/ },
	{
		field: sensorField("name"),
		value: "x".repeat(65),
		en: /sensors\[0\]\.name: "x+"/,
		pt: /sensors\[0\]\.name: valor/,
	},
	{
		field: sensorField("name", 2),
		value: "Room",
		en: /sensors\[1\]\.name: "Room" .*no two sensors/,
		pt: /cada nome uma vez/,
	},
	{
		field: sensorField("pin", 2),
		value: "4",
		en: /sensors\[1\]\.pin: 4 is not allowed; it is taken by sensors\[0\]\.pin/,
		pt: /cada pino uma vez/,
	},
	{ field: sensorField("powerPin"), value: "4", en: /sensors\[0\]\.powerPin: 4/, pt: /cada pino uma vez/ },
	{
		field: sensorField("calibration.temperature"),
		value: "51",
		en: /sensors\[0\]\.calibration\.temperature\.offset: 51/,
		pt: /um número de -50 a 50/,
	},
	{
		field: sensorField("calibration.temperature"),
		value: "warm",
		en: /calibration\.temperature\.offset: "warm"/,
		pt: /um número de -50 a 50/,
	},
	{
		field: sensorField("calibration.humidity"),
		value: "30=33",
		en: /calibration\.humidity\.points: an array .*two pairs/,
		pt: /dois pontos/,
	},
	{
		field: sensorField("calibration.humidity"),
		value: "30=33 30=40",
		en: /sensors\[0\]\.calibration: /,
		pt: /dois pontos/,
		marked: sensorField("calibration.temperature"),
	},
	{
		field: sensorField("warn.temperature.below"),
		value: "70",
		en: /warn\.temperature\.below: 70 .*less than above \(60\)/,
		pt: /um número menor/,
	},
	{
		field: sensorField("scale.temperature"),
		value: "30 -10",
		en: /sensors\[0\]\.scale\.temperature\[0\]: 30 .*less than -10/,
		pt: /scale\.temperature\[0\]: valor não permitido; dois números, o menor primeiro/,
	},
	{ field: sensorField("comfort.humidity"), value: "40", en: /comfort\.humidity: .*a pair/, pt: /dois números/ },
	{ field: sensorField("warn.humidity.above"), value: "101", en: /warn\.humidity\.above: 101/, pt: /above: valor/ },
	{ field: field("password"), value: "wrong horse", en: /The password is wrong/, pt: /A senha está errada/ },
];

for (const language of ["en", "pt"] as const)
	browserTest(`every kind of wrong value is rejected, named and marked, in ${language}`, async browser => {
		const sensors = [
			{ name: "Room", model: "DHT22", pin: 4 },
			{ name: "Attic", model: "DHT11", pin: 5 },
		];
		await withDevice({ adminPassword: password, sensors }, async device => {
			const before = await (await fetch(`${device.url}/api/settings`)).text();
			const seen = await visit(browser, `${device.url}/settings`, {
				...phone,
				before: `localStorage.setItem("language", "${language}")`,
			});
			const { page } = seen;
			await page.waitForSelector("#settings:not([hidden])");
			assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360, "nothing scrolls sideways");
			for (const { field: selector, value, en, pt, marked = selector } of wrong) {
				const old = await page.inputValue(selector);
				await page.fill(field("password"), password);
				// A wrong password needs a change beside it.
				if (selector === field("password")) await page.selectOption(field("units"), "F");
				await unfold(page);
				await give(page, selector, value);
				assert.match(await save(page), language === "en" ? en : pt, `${selector}: ${value}`);
				assert.equal(await page.getAttribute(marked, "aria-invalid"), "true", `${selector}: ${value}`);
				assert.equal(await page.locator("[aria-invalid=true]").count(), 1, `${selector}: ${value}`);
				await give(page, selector, old);
			}
			assert.equal(await (await fetch(`${device.url}/api/settings`)).text(), before, "nothing was changed");
			assert.deepEqual(seen.complaints, []);
			assert.deepEqual([...seen.hosts], [device.url]);
			await seen.close();
		});
	});
