// `npm run pictures`: takes the pictures in docs/ and build/pictures of the page on the desktop host, after two minutes of readings.

import { join } from "node:path";
import { buildPage } from "./build.mjs";
import { compile, root } from "./compile.mjs";

await compile("modules", "tests");
await buildPage();
const { launch } = await import(join(root, "build/node/tests/page/chromium.js"));
const { startDevice } = await import(join(root, "build/node/tests/e2e/device.js"));

const phone = { width: 390, height: 844 };
const desktop = { width: 1440, height: 900 };
const all = [
	"Room=DHT22",
	"Cellar=DHT11",
	"Attic=AM2302",
	"Greenhouse=AM2320",
	"Kitchen=DHT22",
	"Bath=DHT22",
	"Shed=DHT11",
	"Loft=DHT22",
];
/** Those that the docs show; the others are in build/pictures, to be looked at. */
const shown = ["phone-light-1", "phone-dark-1", "desktop-light-1", "desktop-dark-4"];

/** @type {[path: string, args: string[], import("playwright-core").BrowserContextOptions][]} */
const pictures = [1, 4, 8].flatMap(count =>
	[phone, desktop].flatMap(viewport =>
		/** @type {const} */ (["light", "dark"]).map(colorScheme => {
			const kind = `${viewport === phone ? "phone" : "desktop"}-${colorScheme}`;
			const path = shown.includes(`${kind}-${count}`) ? `docs/${kind}.png` : `build/pictures/${kind}-${count}.png`;
			const args = all.slice(0, count).flatMap(sensor => ["--sensor", sensor]);
			return [path, args, { viewport, colorScheme, deviceScaleFactor: viewport === phone ? 2 : 1 }];
		}),
	),
);

const browser = await launch();
await Promise.all(
	pictures.map(async ([path, args, options]) => {
		const device = await startDevice(...args);
		const page = await browser.newPage({ locale: "en-GB", ...options });
		await page.goto(device.url);
		await page.waitForTimeout(120_000);
		await page.screenshot({ path: join(root, path), fullPage: path.startsWith("build") });
		await page.close();
		await device.stop();
		console.log(path);
	}),
);

/** Of twelve devices, which are fakes. @type {[name: string, query: string, hour: number, import("playwright-core").BrowserContextOptions][]} */
const homes = [
	["home-desktop", "", 12, { viewport: { width: 1440, height: 1800 } }],
	["home-phone", "", 12, { viewport: phone, deviceScaleFactor: 2 }],
	["kiosk-day", "?kiosk", 12, { viewport: { width: 1024, height: 768 } }],
	["kiosk-night", "?kiosk", 23, { viewport: { width: 1024, height: 768 } }],
];

const { home } = await import(join(root, "build/node/tests/page/homes.js"));
const devices = await home(12);
for (const [name, query, hour, options] of homes) {
	const page = await browser.newPage({ locale: "en-GB", ...options });
	await page.addInitScript(`Date.prototype.getHours = () => ${hour}`);
	await page.goto(`${devices[0].address}/${query}`);
	for (let second = 0; second < 5; second++) {
		for (const [at, device] of devices.entries()) device.publish(18 + (at % 7) / 2, 45 + at, `Air ${at}`);
		await page.waitForTimeout(800);
	}
	// Of a phone the first of the other devices.
	if (options.viewport === phone) await page.evaluate(() => document.querySelector("#home")?.scrollIntoView());
	await page.screenshot({ path: join(root, `docs/${name}.png`) });
	await page.close();
	console.log(`docs/${name}.png`);
}
for (const device of devices) await device.stop();
await browser.close();
