// The settings page on the device's own server, on a phone: the effect of a change, and what needs a password.

import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import type { Readings } from "../../modules/api/schema.js";
import type { Settings } from "../../modules/config/settings.js";
import type { Device } from "../e2e/device.js";
import { violations } from "./accessibility.js";
import { browserTest, visit } from "./browser.js";
import { field, give, password, phone, save, sensorField, unfold, withDevice } from "./settings-page.js";

async function fetchJSON<Body>(device: Device, path: string): Promise<Body> {
	return (await fetch(device.url + path)).json() as Promise<Body>;
}

const room = {
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
};

/** Runs `body` on the settings page of a device with a password and one calibrated sensor. */
async function edit(browser: Browser, body: (page: Page, device: Device) => Promise<void>): Promise<void> {
	await withDevice({ adminPassword: password, sensors: [room] }, async device => {
		const seen = await visit(browser, `${device.url}/settings`, phone);
		await seen.page.waitForSelector("#settings:not([hidden])");
		await body(seen.page, device);
		assert.deepEqual(seen.complaints, []);
		await seen.close();
	});
}

browserTest("a change is needed, and with it the password", browser =>
	edit(browser, async page => {
		assert.match(await save(page), /^Nothing was changed/);
		await page.selectOption(field("units"), "F");
		assert.match(await save(page), /^Give the password/);
	}),
);

browserTest("the broker is set, its password sealed, and the page says why it is not connected", browser =>
	edit(browser, async (page, device) => {
		await page.waitForFunction(() => document.querySelector("#mqtt")?.textContent === "No broker is set.");
		await page.fill(field("mqttHost"), "127.0.0.1");
		await page.fill(field("mqttPort"), "1");
		await page.fill(field("mqttUser"), "dht");
		await page.fill(field("mqttPassword"), "of the broker");
		await page.fill(field("password"), password);
		const sent = page.waitForRequest(request => request.method() === "PUT");
		assert.match(await save(page), /^Saved\.$/);
		assert.match((await sent).postData() ?? "", /"mqttPassword":\{"sealed":"[0-9a-f]+"\}/);
		await page.waitForFunction(() =>
			document.querySelector("#mqtt")?.textContent?.startsWith("Not connected: the host"),
		);
		const settings = await fetchJSON<object>(device, "/api/settings");
		assert.ok("mqttHost" in settings && !("mqttPassword" in settings));
		assert.equal(await page.inputValue(field("mqttPassword")), "");
	}),
);

browserTest("saved settings take effect at once", browser =>
	edit(browser, async (page, device) => {
		await page.selectOption(field("units"), "F");
		await page.fill(field("intervalMs"), "3000");
		await page.fill(field("password"), password);
		assert.match(await save(page), /^Saved\.$/);
		const { units } = await fetchJSON<Settings>(device, "/api/settings");
		assert.equal(units, "F");
		const { intervalMs } = await fetchJSON<Readings>(device, "/api/readings");
		assert.equal(intervalMs, 3000);
	}),
);

browserTest("a sensor's scale and comfort band are set, shown, and cleared", browser =>
	edit(browser, async (page, device) => {
		const sensor = async () => (await fetchJSON<Settings>(device, "/api/settings")).sensors[0]!;
		await page.fill(field("password"), password);
		await unfold(page);
		await page.fill(sensorField("scale.temperature"), "-10 40");
		await page.fill(sensorField("comfort.humidity"), "40,5 60");
		assert.match(await save(page), /^Saved\.$/);
		const { scale, comfort } = await sensor();
		assert.deepEqual({ scale, comfort }, { scale: { temperature: [-10, 40] }, comfort: { humidity: [40.5, 60] } });
		assert.equal(await page.inputValue(sensorField("scale.temperature")), "-10 40");
		assert.equal(await page.inputValue(sensorField("comfort.humidity")), "40.5 60");
		await unfold(page);
		await page.fill(sensorField("scale.temperature"), "");
		await page.fill(sensorField("comfort.humidity"), "");
		assert.match(await save(page), /^Saved\.$/);
		const { scale: noScale, comfort: noComfort } = await sensor();
		assert.deepEqual([noScale, noComfort], [undefined, undefined]);
	}),
);

browserTest("sensors are changed, added and removed", browser =>
	edit(browser, async (page, device) => {
		await page.fill(field("password"), password);
		await unfold(page);
		await page.fill(sensorField("name"), "Kitchen 🌡");
		assert.equal(await page.inputValue(sensorField("calibration.humidity")), "30=33 75=76");
		await page.fill(sensorField("calibration.temperature"), "-0,5");
		await page.fill(sensorField("warn.temperature.above"), "");
		await page.click("#add");
		await page.fill(sensorField("name", 2), "Attic");
		await give(page, sensorField("pin", 2), "7");
		assert.match(await save(page), /^Saved\.$/);
		const none = { below: null, above: null, hysteresis: 0.5 };
		const kitchen = {
			...room,
			name: "Kitchen 🌡",
			calibration: { temperature: { offset: -0.5 }, ...room.calibration },
			warn: { temperature: none, humidity: { below: null, above: 80, hysteresis: 2 }, delayMs: 60_000 },
		};
		const attic = {
			name: "Attic",
			model: "auto",
			pin: 7,
			warn: { temperature: none, humidity: { ...none, hysteresis: 2 }, delayMs: 60_000 },
		};
		const sensors = async () => (await fetchJSON<Settings>(device, "/api/settings")).sensors;
		assert.deepEqual(await sensors(), [kitchen, attic]);
		const { readings } = await fetchJSON<Readings>(device, "/api/readings");
		assert.deepEqual(
			readings.map(({ sensor }) => sensor),
			["Kitchen 🌡", "Attic"],
		);
		await unfold(page);
		await page.click('#sensors > details:nth-child(2) [name="remove"]');
		assert.match(await save(page), /^Saved\.$/);
		assert.deepEqual(await sensors(), [kitchen]);
	}),
);

browserTest(
	"a webhook's URL is sealed on its way, comes back without its path, and stays when another is added",
	browser =>
		edit(browser, async (page, device) => {
			const requests: string[] = [];
			page.on("request", request => requests.push(request.postData() ?? ""));
			const url = (at: number) => `#webhooks > div:nth-of-type(${at}) [name=url]`;
			const webhooks = async () => (await fetchJSON<Settings>(device, "/api/settings")).webhooks;
			await page.fill(field("password"), password);
			await page.fill(url(2), "http://ntfy.lan/token");
			await page.selectOption("#webhooks > div:nth-of-type(2) [name=format]", "text");
			assert.match(await save(page), /^Saved\.$/);
			assert.equal(await page.inputValue(url(1)), "http://ntfy.lan/***");
			await page.fill(url(3), "http://192.0.2.7:1880/dht");
			assert.match(await save(page), /^Saved\.$/);
			assert.ok(!requests.some(body => /token|192\.0\.2\.7/.test(body)));
			assert.deepEqual(await webhooks(), [
				{ url: "http://ntfy.lan/***", format: "text" },
				{ url: "http://192.0.2.7:1880/***", format: "json" },
			]);
			await page.fill(url(1), "");
			assert.match(await save(page), /^Saved\.$/);
			assert.deepEqual(await webhooks(), [{ url: "http://192.0.2.7:1880/***", format: "json" }]);
			assert.match(await save(page), /^Nothing was changed/);
		}),
);

browserTest(
	"Wi-Fis: a password is sealed on its way and comes back as dots, one stays while another is added",
	browser =>
		edit(browser, async (page, device) => {
			const requests: string[] = [];
			page.on("request", request => requests.push(request.postData() ?? ""));
			const input = (at: number, name: string) => `#networks > div:nth-of-type(${at}) [name=${name}]`;
			const networks = async () => (await fetchJSON<Settings>(device, "/api/settings")).networks;
			await page.fill(field("password"), password);
			await page.fill(input(1, "ssid"), "Home");
			await page.fill(input(1, "wifi"), "correct horse");
			assert.match(await save(page), /^Saved\.$/);
			assert.equal(await page.inputValue(input(1, "wifi")), "***");
			await page.fill(input(3, "ssid"), "Café");
			assert.match(await save(page), /^Saved\.$/);
			assert.deepEqual(await networks(), [{ ssid: "Home", password: "***" }, { ssid: "Café" }]);
			await page.fill(input(2, "wifi"), "short");
			assert.match(await save(page), /networks\[1\]\.password: 8 to 63/);
			assert.equal(await page.getAttribute(input(2, "wifi"), "aria-invalid"), "true");
			assert.ok(!requests.some(body => /horse|short/.test(body)));
		}),
);

browserTest("a new password is sealed on its way, and is the one from then on", browser =>
	edit(browser, async page => {
		const requests: string[] = [];
		page.on("request", request => requests.push(request.postData() ?? ""));
		await page.fill(field("password"), password);
		await page.fill(field("adminPassword"), "battery staple");
		assert.match(await save(page), /^Saved\.$/);
		assert.ok(requests.some(body => body.includes("sealed")) && !requests.some(body => body.includes("battery")));
		await page.fill(field("intervalMs"), "3000");
		assert.match(await save(page), /^Saved\.$/, "with the new password, which the page has entered");
		await page.fill(field("password"), password);
		await page.fill(field("intervalMs"), "4000");
		assert.match(await save(page), /The password is wrong/);
	}),
);

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

browserTest("both pages are accessible, and say what can be done without a password", async browser => {
	await withDevice({}, async device => {
		for (const [path, note] of [
			["/settings", /You are the owner at this computer/],
			["/setup", /This host has no Wi-Fi/],
		] as const) {
			const seen = await visit(browser, device.url + path, phone);
			await seen.page.waitForFunction(source => new RegExp(source).test(document.body.innerText), note.source);
			assert.deepEqual(await violations(seen.page), [], path);
			assert.deepEqual(seen.complaints, []);
			await seen.close();
		}
	});
});

browserTest(
	"inputs of a row stand beside each other and are equally high, however their labels wrap",
	async browser => {
		await withDevice({}, async device => {
			const before = `localStorage.setItem("language", "pt")`;
			const { page, close } = await visit(browser, `${device.url}/settings`, {
				viewport: { width: 1000, height: 800 },
				before,
			});
			await page.waitForSelector("#settings:not([hidden])");
			await unfold(page);
			const [name, model, pin, powerPin] = await page.$$eval(
				"#sensors .pair:first-of-type :is(input, select)",
				inputs => inputs.map(input => [input.getBoundingClientRect().top, input.getBoundingClientRect().height]),
			);
			assert.notEqual(name, undefined);
			assert.deepEqual([model, pin, powerPin], [name, name, name]);
			await close();
		});
	},
);
