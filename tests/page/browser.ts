// Visits to the page in Chromium, which is required where CI=true.

import { after, test } from "node:test";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { launch, program } from "./chromium.js";

/** An observed page. */
export interface Visit {
	page: Page;
	/** Console messages and uncaught errors of the page's code. */
	complaints: string[];
	/** The origins of all requests. */
	hosts: Set<string>;
	close(): Promise<void>;
}

export interface VisitOptions extends BrowserContextOptions {
	/** A script that runs before the page's own. */
	before?: string;
}

/** Opens `address` in a fresh context, or in that of `beside`. */
export async function visit(
	browser: Browser,
	address: string,
	{ before, ...options }: VisitOptions = {},
	beside?: Visit,
): Promise<Visit> {
	const context = beside ? beside.page.context() : await browser.newContext({ locale: "en-GB", ...options });
	if (before) await context.addInitScript(before);
	const page = await context.newPage();
	const complaints: string[] = [];
	const hosts = new Set<string>();
	page.on("console", message => {
		// The browser logs each failed request.
		if (!message.text().startsWith("Failed to load resource")) complaints.push(message.text());
	});
	page.on("pageerror", error => complaints.push(String(error.stack)));
	context.on("request", request => {
		if (!request.url().startsWith("data:")) hosts.add(new URL(request.url()).origin);
	});
	await page.goto(address);
	return { page, complaints, hosts, close: () => context.close() };
}

/** Waits until the page's link is `link`. @returns How long that took in ms. */
export async function untilLink(page: Page, link: string, timeout = 10_000): Promise<number> {
	const start = performance.now();
	await page.waitForSelector(`html[data-link=${link}]`, { timeout });
	return performance.now() - start;
}

/** Waits until a card has `status`. */
export async function untilStatus(page: Page, status: string, timeout = 5000): Promise<void> {
	await page.waitForSelector(`article[data-status=${status}]`, { timeout });
}

/** @returns The visible text. */
export function shownText(page: Page): Promise<string> {
	return page.evaluate(() => document.body.innerText);
}

let browser: Promise<Browser> | undefined;

/** A test with the browser that all tests of a file share; skipped without Chromium. */
export function browserTest(name: string, body: (browser: Browser) => Promise<void>, timeout = 120_000): void {
	const skip = program || process.env.CI === "true" ? false : "no Chromium found";
	test(name, { skip, timeout }, async () => {
		browser ??= launch();
		await body(await browser);
	});
}

after(async () => (await browser)?.close());
