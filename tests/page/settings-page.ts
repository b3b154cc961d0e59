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

/** Runs `body` on a device with this configuration. */
export async function withDevice(config: object, body: (device: Device) => Promise<void>): Promise<void> {
	const path = join(folder, "config.json");
	writeFileSync(path, JSON.stringify({ config }));
	const device = await startDevice("--config", path);
	try {
		await body(device);
	} finally {
		await device.stop();
	}
}

/** @returns The selector of a setting's input. */
export const field = (name: string) => `#settings > fieldset [name="${name}"]`;
/** @returns The selector of an input of the `index`th sensor, from 1. */
export const sensorField = (name: string, index = 1) => `#sensors > fieldset:nth-child(${index}) [name="${name}"]`;

/** Saves the form. @returns The outcome that the page shows. */
export async function save(page: Page): Promise<string> {
	await page.$eval("#outcome", element => {
		element.textContent = "";
	});
	await page.click("#settings [type=submit]");
	await page.waitForFunction(() => document.querySelector("#outcome")?.textContent !== "");
	return (await page.textContent("#outcome")) ?? "";
}
