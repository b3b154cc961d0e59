// The installer, from the page's button to the open device, with a fake serial port at the browser's edge.

import { deepEqual, equal, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { browserTest, type Visit, visit } from "../page/browser.js";
import { right } from "./fake-program.js";
import type { FakeBoard } from "./fake-serial.js";
import { fakeSerial, startSite } from "./page.js";

const site = await startSite();
const serial = await fakeSerial();

interface Manifest {
	builds: { chipFamily: string; parts: { path: string; offset: number }[] }[];
}
const manifest = JSON.parse(readFileSync(join(site.folder, "manifest.json"), "utf8")) as Manifest;

/** Opens the page with an ESP32-C3 plugged in. @param isBlank Whether nothing was installed on it. */
const plugIn = (browser: Browser, isBlank: boolean, script = serial) =>
	visit(browser, site.address, { before: `${script};board.isBlank = ${isBlank};` });

const boardOf = (page: Page) => page.evaluate(() => (globalThis as unknown as { board: FakeBoard }).board);

const press = (page: Page, name: string) => page.locator("ewt-install-dialog").getByText(name, { exact: true }).click();

const untilTold = (page: Page, message: string) =>
	page.locator(`ewt-install-dialog ewt-page-message[label="${message}"]`).waitFor();

/** Installs on a blank board, from the page's button to the last message. */
async function install({ page }: Visit, erase: boolean): Promise<void> {
	await page.click("esp-web-install-button button");
	await press(page, "Install dht-gauges");
	if (erase) await page.locator("ewt-install-dialog ew-checkbox").click();
	await press(page, "Next");
	await press(page, "Install");
	await untilTold(page, "Installation complete!");
	await press(page, "Next");
}

/** Enters the password of the network that the installer proposes. */
async function joinNetwork(page: Page, password: string): Promise<void> {
	const field = page.locator("ewt-install-dialog ew-filled-text-field[name=password]");
	// The field's first drawing empties it.
	for (let entered = ""; entered !== password; ) {
		await field.locator("input").fill(password);
		entered = await field.evaluate(async element => {
			for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
			return (element as HTMLInputElement).value;
		});
	}
	await press(page, "Connect");
}

/** What is wrong on the page's console, where the installer gives account of its work, a board without Improv included. */
const wrongs = ({ complaints }: Visit) =>
	complaints.filter(line => /Content Security|Error|refused/i.test(line) && !line.startsWith("Improv initialization"));

browserTest("the flash has afterwards what the release has for the chip, each image at its address", async browser => {
	const visited = await plugIn(browser, true);
	await install(visited, false);
	const { writes, log, erasures } = await boardOf(visited.page);
	equal(erasures, 0);
	const { parts } = manifest.builds.find(({ chipFamily }) => chipFamily === "ESP32-C3")!;
	deepEqual(
		writes.map(({ offset }) => offset),
		parts.map(({ offset }) => offset),
	);
	writes.forEach(({ deflated, size }, index) => {
		const flashed = inflateSync(Buffer.from(deflated, "base64"));
		const image = readFileSync(join(site.folder, parts[index]!.path));
		equal(size, flashed.length);
		ok(flashed.subarray(0, image.length).equals(image), parts[index]!.path);
		ok(flashed.length - image.length < 4);
	});
	deepEqual(
		log.filter(line => line.startsWith("reset")),
		["reset into the loader", "reset"],
	);
	await visited.close();
});

browserTest("then the Wi-Fi is chosen over Improv, a wrong password is told, and the device opens", async browser => {
	const visited = await plugIn(browser, true);
	const { page } = visited;
	await install(visited, true);
	const dialog = page.locator("ewt-install-dialog");
	await joinNetwork(page, "wrong horse");
	await dialog.getByText("Unable to connect").waitFor();
	await joinNetwork(page, right.password);
	await untilTold(page, "Device connected to the network!");
	equal(await dialog.locator("ew-list-item[type=link]").getAttribute("href"), `http://${right.address}/`);
	deepEqual((await boardOf(page)).credentials, [
		{ ssid: "Home", password: "wrong horse" },
		{ ssid: "Home", password: right.password },
	]);
	await visited.close();
});

browserTest("an older version is updated without a question, and nothing else in flash is erased", async browser => {
	const visited = await plugIn(browser, false, await fakeSerial("0.9.0"));
	const { page } = visited;
	await page.click("esp-web-install-button button");
	await press(page, "Update dht-gauges");
	await press(page, "Install");
	await untilTold(page, "Installation complete!");
	const { writes, erasures } = await boardOf(page);
	deepEqual([writes.length, erasures], [4, 0]);
	await visited.close();
});

browserTest("a board that has this version is not offered it again, and keeps what it has", async browser => {
	const visited = await plugIn(browser, false);
	const { page } = visited;
	await page.click("esp-web-install-button button");
	await page.getByText("Connected to dht").waitFor();
	equal(await page.getByText("Install dht-gauges").count(), 0);
	deepEqual((await boardOf(page)).writes, []);
	await visited.close();
});

browserTest("an installation asks no other host for anything, and the page's policy lets all of it", async browser => {
	const visited = await plugIn(browser, true);
	await install(visited, true);
	await visited.page.getByText("Configure Wi-Fi").waitFor();
	deepEqual([...visited.hosts], [new URL(site.address).origin]);
	deepEqual(wrongs(visited), []);
	await visited.close();
});
