// The settings page on the device's own server, on a phone: every kind of wrong value, and what a change brings about.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import type { Page } from "playwright-core";
import { type Device, startDevice } from "../e2e/device.js";
import { browserTest, visit } from "./browser.js";

const folder = mkdtempSync(join(tmpdir(), "settings-"));
after(() => rmSync(folder, { recursive: true }));

const password = "correct horse";
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Starts a device with its password, and ends it with the test. */
async function withDevice(config: object, body: (device: Device) => Promise<void>): Promise<void> {
	const path = join(folder, "config.json");
	writeFileSync(path, JSON.stringify({ config }));
	const device = await startDevice("--config", path);
	try {
		await body(device);
	} finally {
		await device.stop();
	}
}

const field = (name: string) => `#settings > fieldset [name="${name}"]`;
const sensorField = (name: string, at = 1) => `#sensors > fieldset:nth-child(${at}) [name="${name}"]`;

async function save(page: Page): Promise<string> {
	await page.$eval("#outcome", element => {
		element.textContent = "";
	});
	await page.click("#settings [type=submit]");
	await page.waitForFunction(() => document.querySelector("#outcome")?.textContent !== "");
	return (await page.textContent("#outcome")) ?? "";
}

interface Wrong {
	/** The field and what is written there. */
	field: string;
	value: string;
	/** What the device says, and what the page says in Portuguese. */
	en: RegExp;
	pt: RegExp;
	/** The field that is marked, where it is another one. */
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
	{ field: field("hosts"), value: "good bad_one", en: /hosts\[1\]: "bad_one"/, pt: /no máximo 8 nomes/ },
	{ field: field("hosts"), value: "a b c d e f g h i", en: /hosts: an array is/, pt: /no máximo 8 nomes/ },
	{ field: field("origins"), value: "example.org", en: /origins\[0\]: "example.org"/, pt: /no máximo 8 origens/ },
	{
		field: field("adminPassword"),
		value: "short",
		en: /adminPassword: .*8 to 64 characters/,
		pt: /de 8 a 64 caracteres/,
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
	{ field: sensorField("pin"), value: "", en: /sensors\[0\]\.pin: ""/, pt: /um número inteiro de 0 a 48/ },
	{ field: sensorField("pin"), value: "four", en: /sensors\[0\]\.pin: "four"/, pt: /um número inteiro de 0 a 48/ },
	{ field: sensorField("pin"), value: "49", en: /sensors\[0\]\.pin: 49/, pt: /um número inteiro de 0 a 48/ },
	{
		field: sensorField("pin", 2),
		value: "4",
		en: /sensors\[1\]\.pin: 4 is not allowed; it is taken by sensors\[0\]\.pin/,
		pt: /cada pino uma vez/,
	},
	{ field: sensorField("powerPin"), value: "4", en: /sensors\[0\]\.powerPin: 4/, pt: /cada pino uma vez/ },
	{ field: sensorField("powerPin"), value: "-1", en: /sensors\[0\]\.powerPin: -1/, pt: /powerPin: valor/ },
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
	{ field: sensorField("warn.humidity.above"), value: "101", en: /warn\.humidity\.above: 101/, pt: /above: valor/ },
	{ field: field("password"), value: "wrong horse", en: /The password is wrong/, pt: /A senha está errada/ },
];

for (const language of ["en", "pt"] as const)
	browserTest(`every kind of wrong value is refused, named and marked, in ${language}`, async browser => {
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
				// A wrong password alone changes nothing that could be refused for another reason.
				if (selector === field("password")) await page.selectOption(field("units"), "F");
				await page.fill(selector, value);
				assert.match(await save(page), language === "en" ? en : pt, `${selector}: ${value}`);
				assert.equal(await page.getAttribute(marked, "aria-invalid"), "true", `${selector}: ${value}`);
				assert.equal(await page.locator("[aria-invalid=true]").count(), 1, `${selector}: ${value}`);
				await page.fill(selector, old);
			}
			assert.equal(await (await fetch(`${device.url}/api/settings`)).text(), before, "nothing was changed");
			assert.deepEqual(seen.complaints, []);
			assert.deepEqual([...seen.hosts], [device.url]);
			await seen.close();
		});
	});

browserTest("what is saved takes effect at once, and the password may change with it", async browser => {
	const sensors = [
		{
			name: "Room",
			model: "DHT22",
			pin: 4,
			calibration: {
				humidity: {
					points: [
						[30, 33],
						[75, 76],
					],
				},
			},
		},
	];
	await withDevice({ adminPassword: password, sensors }, async device => {
		const seen = await visit(browser, `${device.url}/settings`, phone);
		const { page } = seen;
		await page.waitForSelector("#settings:not([hidden])");
		assert.match(await save(page), /^Nothing was changed/);
		await page.selectOption(field("units"), "F");
		assert.match(await save(page), /^Give the password/);
		await page.fill(field("password"), password);
		await page.fill(field("intervalMs"), "3000");
		await page.fill(sensorField("name"), "Kitchen 🌡");
		assert.equal(await page.inputValue(sensorField("calibration.humidity")), "30=33 75=76");
		await page.fill(sensorField("calibration.temperature"), "-0,5");
		await page.fill(sensorField("warn.temperature.above"), "");
		await page.click("#add");
		await page.fill(sensorField("name", 2), "Attic");
		await page.fill(sensorField("pin", 2), "7");
		await page.fill(field("adminPassword"), "battery staple");
		const requests: string[] = [];
		page.on("request", request => requests.push(request.postData() ?? ""));
		assert.match(await save(page), /^Saved\.$/);
		assert.ok(requests.some(body => body.includes("sealed")) && !requests.some(body => body.includes("battery")));

		const settings = (await (await fetch(`${device.url}/api/settings`)).json()) as { sensors: object[]; units: string };
		assert.equal(settings.units, "F");
		assert.deepEqual(settings.sensors, [
			{
				name: "Kitchen 🌡",
				model: "DHT22",
				pin: 4,
				calibration: {
					temperature: { offset: -0.5 },
					humidity: {
						points: [
							[30, 33],
							[75, 76],
						],
					},
				},
				warn: { temperature: { below: null, above: null }, humidity: { below: null, above: 80 } },
			},
			{
				name: "Attic",
				model: "auto",
				pin: 7,
				warn: { temperature: { below: null, above: null }, humidity: { below: null, above: null } },
			},
		]);
		const { intervalMs, readings } = (await (await fetch(`${device.url}/api/readings`)).json()) as {
			intervalMs: number;
			readings: { sensor: string }[];
		};
		assert.equal(intervalMs, 3000);
		assert.deepEqual(
			readings.map(({ sensor }) => sensor),
			["Kitchen 🌡", "Attic"],
		);

		await page.click('#sensors > fieldset:nth-child(2) [name="remove"]');
		assert.match(await save(page), /^Saved\.$/, "with the new password");
		await page.fill(field("password"), password);
		await page.fill(field("intervalMs"), "4000");
		assert.match(await save(page), /The password is wrong/);
		assert.deepEqual(seen.complaints, []);
		await seen.close();
	});
});

browserTest("a private device asks for its password, then shows its gauges", async browser => {
	await withDevice({ adminPassword: password, private: true }, async device => {
		const seen = await visit(browser, `${device.url}/`, phone);
		const { page } = seen;
		await page.waitForSelector("#sign-in:not([hidden])");
		assert.match(page.url(), /\/settings$/);
		await page.fill("#sign-in [name=password]", "wrong horse");
		await page.click("#sign-in [type=submit]");
		await page.waitForFunction(() => document.querySelector("#sign-in [role=alert]")?.textContent !== "");
		assert.match((await page.textContent("#sign-in [role=alert]")) ?? "", /The password is wrong/);
		await page.fill("#sign-in [name=password]", password);
		await page.click("#sign-in [type=submit]");
		await page.waitForSelector("#settings:not([hidden])");
		await page.goto(`${device.url}/`);
		await page.waitForSelector('[data-link="live"]');
		assert.deepEqual(seen.complaints, []);
		await seen.close();
	});
});

browserTest("both pages are accessible, and say where nothing can be done", async browser => {
	await withDevice({}, async device => {
		for (const [path, words] of [
			["/settings", /only through the device's own access point/],
			["/setup", /This host has no Wi-Fi/],
		] as const) {
			const seen = await visit(browser, device.url + path, phone);
			await seen.page.waitForFunction(source => new RegExp(source).test(document.body.innerText), words.source);
			await seen.page.evaluate(axe);
			const found = await seen.page.evaluate(async () => {
				// biome-ignore lint/suspicious/noExplicitAny: axe is a global of the page here
				const { violations } = await (globalThis as any).axe.run();
				// biome-ignore lint/suspicious/noExplicitAny: as above
				return violations.map(({ id, nodes }: any) => `${id}: ${nodes.map(({ html }: any) => html)}`);
			});
			assert.deepEqual(found, [], path);
			assert.deepEqual(seen.complaints, []);
			await seen.close();
		}
	});
});
