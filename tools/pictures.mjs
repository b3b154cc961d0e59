// `npm run pictures`: takes the pictures in docs/ of the page on the desktop host, after two minutes of readings.

import { join } from "node:path";
import { buildPage } from "./build.mjs";
import { compile, root } from "./compile.mjs";

await compile("modules", "tests");
await buildPage();
const { launch } = await import(join(root, "build/node/tests/page/chromium.js"));
const { startDevice } = await import(join(root, "build/node/tests/e2e/device.js"));

const phone = { width: 390, height: 844 };
const desktop = { width: 1440, height: 900 };
const one = ["--sensor", "Room=DHT22"];
const four = ["Room=DHT22", "Cellar=DHT11", "Attic=AM2302", "Greenhouse=AM2320"].flatMap(sensor => [
	"--sensor",
	sensor,
]);

/** @type {[name: string, args: string[], import("playwright-core").BrowserContextOptions][]} */
const pictures = [
	["phone-light", one, { viewport: phone, colorScheme: "light", deviceScaleFactor: 2 }],
	["phone-dark", one, { viewport: phone, colorScheme: "dark", deviceScaleFactor: 2 }],
	["desktop-light", one, { viewport: desktop, colorScheme: "light" }],
	["desktop-dark", four, { viewport: desktop, colorScheme: "dark" }],
];

const browser = await launch();
await Promise.all(
	pictures.map(async ([name, args, options]) => {
		const device = await startDevice(...args);
		const page = await browser.newPage({ locale: "en-GB", ...options });
		await page.goto(device.url);
		await page.waitForTimeout(120_000);
		await page.screenshot({ path: join(root, `docs/${name}.png`) });
		await page.close();
		await device.stop();
		console.log(`docs/${name}.png`);
	}),
);
await browser.close();
