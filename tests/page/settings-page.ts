// A device with its settings page on a phone.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import type { Page } from "playwright-core";
import { type Device, startDevice } from "../e2e/device.js";

const folder = mkdtempSync(join(tmpdir(), "settings-"));
after(() => rmSync(folder, { recursive: true }));

export const password = "correct horse";
export const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

let states = 0;

/** Runs `body` on a device with this configuration. @param keeps Whether it has storage, and with that slots to restart from. */
export async function withDevice(
	config: object,
	body: (device: Device) => Promise<void>,
	keeps = false,
): Promise<void> {
	const path = join(folder, "config.json");
	writeFileSync(path, JSON.stringify({ config }));
	const device = await startDevice("--config", path, ...(keeps ? ["--state", join(folder, `state${states++}`)] : []));
	try {
		await body(device);
	} finally {
		await device.stop();
	}
}

/** @returns The selector of a setting's input. */
export const field = (name: string) => `#settings > fieldset [name="${name}"]`;
/** @returns The selector of an input of the `index`th sensor, from 1. */
export const sensorField = (name: string, index = 1) => `#sensors > details:nth-child(${index}) [name="${name}"]`;

/** Unfolds all sensors. */
export async function unfold(page: Page): Promise<void> {
	await page.$$eval("#sensors > details", all => {
		for (const one of all) (one as HTMLDetailsElement).open = true;
	});
}

/** Gives an input or select its value. */
export async function give(page: Page, selector: string, value: string): Promise<void> {
	if (await page.locator(selector).evaluate(element => element.localName === "select"))
		await page.selectOption(selector, value);
	else await page.fill(selector, value);
}

/** Saves the form. @returns The outcome that the page shows. */
export async function save(page: Page): Promise<string> {
	await page.$eval("#outcome", element => {
		element.textContent = "";
	});
	await page.click("#settings [type=submit]");
	await page.waitForFunction(() => document.querySelector("#outcome")?.textContent !== "");
	return (await page.textContent("#outcome")) ?? "";
}
