// The install page in Chromium: what is chosen changes what is shown, in four languages and two themes, without another host.

import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { violations } from "../page/accessibility.js";
import { browserTest, shownText, type Visit, visit } from "../page/browser.js";
import { boards, fakeSerial, rows, startSite, version } from "./page.js";

const site = await startSite();
const empty = await startSite(false);
const serial = await fakeSerial();

/** Opens the page; by default with serial ports. */
async function visitPage(browser: Browser, options: BrowserContextOptions & { before?: string } = {}): Promise<Visit> {
	const visited = await visit(browser, site.address, { before: serial, ...options });
	await visited.page.waitForSelector("[data-needs=firmware]:not([hidden])", { state: "attached" });
	return visited;
}

const choose = (page: Page, value: string) => page.check(`input[value="${value}"]`);

const withoutSerial = "delete Navigator.prototype.serial;";

browserTest("the manifest is read: its version, and files and addresses of the board", async browser => {
	const { page, close } = await visitPage(browser);
	equal(await page.textContent("#version"), `Version ${version}`);
	for (const { chip, bootloader } of Object.values(boards)) {
		await choose(page, chip);
		const offset = (name: string) => Number(rows.find(([row]) => row === name)![3]);
		const file = (kind: string) => `dht-gauges-${version}-${chip}${kind}.bin`;
		const images = [
			[bootloader, file("-bootloader")],
			[0x8000, file("-partition-table")],
			[offset("ota_0"), file("")],
			[offset("otadata"), file("-ota-data")],
		] as const;
		const written = images.map(([at, path]) => `0x${at.toString(16)} ${path}`).join(" ");
		equal(
			await page.textContent("#commands"),
			`python3 -m pip install esptool\nesptool --chip ${chip} write-flash ${written}`,
		);
		deepEqual(
			await page.locator("#files a").allTextContents(),
			images.map(([, path]) => path),
		);
		equal(await page.locator("#update a").getAttribute("href"), file(""));
	}
	await close();
});

browserTest("the commands are copied with one press, or the page says that the browser forbids it", async browser => {
	for (const permissions of [["clipboard-read", "clipboard-write"], []]) {
		const { page, close } = await visitPage(browser, { permissions });
		await page.click("#by-hand summary");
		await page.click("#copy");
		const isAllowed = permissions.length > 0;
		await page.getByText(isAllowed ? "Copied" : "select and copy").waitFor();
		const text = isAllowed ? await page.evaluate(() => navigator.clipboard.readText()) : undefined;
		if (isAllowed) equal(text, await page.textContent("#commands"));
		await close();
	}
});

browserTest("the board changes the drawing and the pins, to those that it can spare", async browser => {
	const { page, close } = await visitPage(browser);
	const pins = async () => (await page.locator("#pin option").allTextContents()).map(text => Number(text.slice(5)));
	for (const { chip, family } of Object.values(boards)) {
		await choose(page, chip);
		match((await page.getAttribute("#drawing", "aria-label"))!, new RegExp(`^Sensor to ${family}: .* data to GPIO 4$`));
		const offered = await pins();
		ok(offered.includes(4) && offered.length >= 7, `${chip}: ${offered}`);
		const taken = { esp32: [0, 1, 3, 6, 12, 16, 34], esp32s2: [0, 19, 26, 43], esp32s3: [0, 19, 26, 35, 43] };
		const taken3 = { esp32c3: [2, 8, 9, 12, 18, 20], esp32c6: [9, 12, 16, 24] };
		for (const pin of { ...taken, ...taken3 }[chip] ?? []) ok(!offered.includes(pin), `${chip} offers ${pin}`);
	}
	await close();
});

browserTest(
	"another pin is in the drawing, and where it is set is told; it goes with a board that has it not",
	async browser => {
		const { page, close } = await visitPage(browser);
		match((await page.textContent("#pin-setting"))!, /nothing to set/);
		await page.selectOption("#pin", "27");
		match((await page.getAttribute("#drawing", "aria-label"))!, /data to GPIO 27$/);
		match((await page.textContent("#pin-setting"))!, /settings and enter 27/);
		await choose(page, "esp32c3");
		equal(await page.inputValue("#pin"), "4");
		await close();
	},
);

browserTest("each form of sensor has its drawing: the resistor only where the sensor has none", async browser => {
	const { page, close } = await visitPage(browser);
	const drawings = [];
	for (const form of ["bare", "module", "cable"]) {
		await choose(page, form);
		drawings.push(await page.innerHTML("#drawing"));
		equal(await page.locator("#drawing .wire:is(.supply, .ground)").count(), 2);
		equal(await page.locator("#drawing .resistor").count(), form === "bare" ? 1 : 0);
	}
	equal(new Set(drawings).size, 3);
	await close();
});

browserTest("choices outlast a reload", async browser => {
	const { page, close } = await visitPage(browser);
	await choose(page, "esp32s3");
	await choose(page, "cable");
	await page.selectOption("#pin", "21");
	await page.selectOption("[name=language]", "de");
	await page.selectOption("[name=theme]", "dark");
	const before = await page.innerHTML("#drawing");
	await page.reload();
	await page.waitForSelector("html[lang=de][data-theme=dark]");
	equal(await page.innerHTML("#drawing"), before);
	equal(await page.isChecked("[value=esp32s3]"), true);
	await close();
});

browserTest("what the browser kept of somebody else does no harm", async browser => {
	for (const kept of ["nonsense", "null", '{"board":"avr","pin":99,"language":"__proto__","theme":7}']) {
		const { page, complaints, close } = await visitPage(browser, {
			before: `${serial};localStorage.setItem("install", ${JSON.stringify(kept)});`,
		});
		equal(await page.isChecked("[value=esp32]"), true);
		equal(await page.inputValue("#pin"), "4");
		deepEqual(
			complaints.filter(line => /Error/.test(line)),
			[],
		);
		await close();
	}
});

browserTest("the first of the browser's languages that the page has is taken, English without one", async browser => {
	const texts = new Map<string, string>();
	for (const locale of ["en-GB", "pt-PT", "es-MX", "de-AT", "fr-FR"]) {
		const { page, close } = await visitPage(browser, { locale });
		texts.set(await page.getAttribute("html", "lang").then(lang => `${locale} ${lang}`), await shownText(page));
		equal(await page.getByText("{}").count(), 0);
		await close();
	}
	deepEqual([...texts.keys()], ["en-GB en", "pt-PT pt", "es-MX es", "de-AT de", "fr-FR en"]);
	equal(new Set(texts.values()).size, 4);
});

browserTest(
	"axe finds nothing, in both themes, on a phone and a desktop, with and without serial ports",
	async browser => {
		for (const colorScheme of ["light", "dark"] as const)
			for (const [viewport, before] of [
				[{ width: 360, height: 740 }, withoutSerial],
				[{ width: 1280, height: 900 }, serial],
			] as const) {
				const { page, close } = await visitPage(browser, { colorScheme, viewport, before });
				equal(await page.getAttribute("html", "data-theme"), colorScheme);
				deepEqual(await violations(page), []);
				equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
				await close();
			}
	},
);

browserTest("the themes' colours are those of the gauge page", async browser => {
	const style = readFileSync("www/style/base.css", "utf8");
	const grounds = [...style.matchAll(/--ground: (#\w+)/g)].map(([, colour]) => colour);
	for (const [index, colorScheme] of (["light", "dark"] as const).entries()) {
		const { page, close } = await visitPage(browser, { colorScheme });
		const ground = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--ground"));
		equal(ground, grounds[index]);
		await close();
	}
	notEqual(grounds[0], grounds[1]);
});

browserTest("no request leaves the page's host", async browser => {
	const { page, hosts, complaints, close } = await visitPage(browser);
	for (const image of await page.locator("img:visible").all()) await image.scrollIntoViewIfNeeded();
	await page.waitForLoadState("networkidle");
	deepEqual([...hosts], [new URL(site.address).origin]);
	deepEqual(
		complaints.filter(line => /Content Security|Error/.test(line)),
		[],
	);
	match(
		readFileSync(join(site.folder, "index.html"), "utf8"),
		/http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self';/,
	);
	await close();
});

browserTest("the page is light, and the installer is not loaded before the button is pressed", async browser => {
	const packed = (path: string) => gzipSync(readFileSync(join(site.folder, path)), { level: 9 }).length;
	const budget = 16 * 1024;
	const bytes = ["index.html", "main.js", "site.css", "icon.svg"].reduce((sum, path) => sum + packed(path), 0);
	ok(bytes <= budget, `${bytes} bytes gzipped, ${budget} are allowed`);
	const requests: string[] = [];
	const { page, close } = await visitPage(browser);
	page.on("request", request => requests.push(new URL(request.url()).pathname));
	await page.reload();
	await page.waitForLoadState("networkidle");
	deepEqual(
		requests.filter(path => path.startsWith("/install/") && packed(path.slice(1)) > 2048),
		[],
	);
	await close();
});

browserTest("the page's name and pin are those of the configuration that a release has", async browser => {
	const { config } = JSON.parse(readFileSync("moddable.config.json", "utf8"));
	const { page, close } = await visitPage(browser);
	equal(await page.inputValue("#pin"), `${config.sensors[0].pin}`);
	ok((await page.textContent("#installer"))?.includes(`http://${config.name}.local/`));
	await close();
});

browserTest("a browser without serial ports is told so, gets the commands, and loads no installer", async browser => {
	const requests: string[] = [];
	const { page, close } = await visitPage(browser, { before: withoutSerial });
	page.on("request", request => requests.push(request.url()));
	await page.reload();
	await page.waitForSelector("#unsupported:not([hidden])");
	equal(await page.isVisible("#commands"), true);
	equal(await page.isVisible("esp-web-install-button"), false);
	deepEqual(
		requests.filter(url => url.includes("/install/")),
		[],
	);
	await close();
});

browserTest("without firmware beside it the page says so, and has no button", async browser => {
	const { page, close } = await visit(browser, empty.address, { before: serial });
	await page.waitForSelector("#no-firmware:not([hidden])");
	equal(await page.isVisible("esp-web-install-button"), false);
	equal(await page.isVisible("#drawing"), true);
	await close();
});

browserTest("without scripts the page still reads, in English", async browser => {
	const { page, close } = await visit(browser, site.address, { javaScriptEnabled: false });
	const text = await page.textContent("body");
	ok(text?.includes("This page needs JavaScript to install."));
	ok(text?.includes("1. Your board"));
	equal(text?.includes("{}"), false);
	await close();
});
