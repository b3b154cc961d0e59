// The element <dht-gauge> in pages of another origin, under a strict policy.

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { browserTest, visit } from "./browser.js";
import { FakeDevice } from "./device.js";

const integrity = () =>
	`sha384-${createHash("sha384")
		.update(gunzipSync(readFileSync("build/www/gauge.js.gz")))
		.digest("base64")}`;

/** Serves a page with `body` whose policy allows the element by its hash, and the devices. */
async function host(body: string, devices: readonly FakeDevice[]) {
	const addresses = devices.map(({ address }) => address);
	const hash = integrity();
	const policy = `default-src 'none'; script-src '${hash}'; connect-src ${addresses.join(" ")}`;
	const script = `<script type="module" src="${addresses[0]}/gauge.js" integrity="${hash}" crossorigin></script>`;
	const server = createServer((_, response) => {
		response.writeHead(200, { "Content-Type": "text/html", "Content-Security-Policy": policy });
		response.end(`<!doctype html><title>Dashboard</title>${script}${body}`);
	});
	await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
	server.unref();
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() };
}

/** What the gauge that `selector` finds shows. */
function shown(
	page: Page,
	selector = "dht-gauge",
): Promise<{ name: string; value: string; status: string; link: string; text: string }> {
	return page.evaluate(found => {
		const root = document.querySelector(found)!.shadowRoot!;
		const part = (name: string) => root.querySelector(`[data-part=${name}]`)!.textContent!;
		const { status = "" } = root.querySelector<HTMLElement>("article")!.dataset;
		const { link = "" } = root.querySelector<HTMLElement>("[data-link]")!.dataset;
		return { name: part("name"), value: part("temperature"), status, link, text: root.textContent! };
	}, selector);
}

async function until(page: Page, wanted: Partial<Awaited<ReturnType<typeof shown>>>, selector?: string): Promise<void> {
	const end = performance.now() + 15_000;
	for (;;) {
		const found = await shown(page, selector).catch(() => undefined);
		if (found && Object.entries(wanted).every(([key, value]) => found[key as keyof typeof found] === value)) return;
		ok(performance.now() < end, `${JSON.stringify(found)} is not ${JSON.stringify(wanted)}`);
		await page.waitForTimeout(100);
	}
}

async function started(...sensors: string[]): Promise<FakeDevice> {
	// A busy computer takes some seconds until all of them are shown.
	const device = new FakeDevice({ sensors, intervalMs: 10_000 });
	await device.start();
	for (const [at, sensor] of sensors.entries()) device.publish(20 + at, 50, sensor);
	return device;
}

async function twice(browser: Browser): Promise<void> {
	const device = await started("Room", "Cellar");
	const { address } = device;
	const page = `<dht-gauge id=a src="${address}"></dht-gauge><dht-gauge id=b src="${address}" sensor=Cellar unit=F></dht-gauge>`;
	const site = await host(page, [device]);
	const seen = await visit(browser, site.url);
	await until(seen.page, { name: "Room", value: "20.0", status: "live", link: "live" }, "#a");
	await until(seen.page, { name: "Cellar", value: "69.8", status: "live" }, "#b");
	equal(device.openStreams, 1);
	device.fail("checksum", "Cellar");
	await until(seen.page, { status: "fault", value: "–" }, "#b");
	match((await shown(seen.page, "#b")).text, /checksum/);
	await seen.page.evaluate(() => document.querySelector("#a")!.setAttribute("sensor", "Cellar"));
	await until(seen.page, { name: "Cellar", status: "fault" }, "#a");
	deepEqual(seen.complaints, []);
	await seen.close();
	site.close();
	await device.stop();
}

async function removed(browser: Browser): Promise<void> {
	const device = await started("Room");
	const site = await host(`<dht-gauge src="${device.address}"></dht-gauge>`, [device]);
	const { page, complaints, close } = await visit(browser, site.url);
	for (let round = 0; round < 3; round++) {
		// One that is added again shows what it last had, until its stream is open.
		while (device.openStreams === 0) await page.waitForTimeout(50);
		await until(page, { link: "live", status: "live" });
		equal(device.openStreams, 1);
		await page.evaluate(() => {
			const gauge = document.querySelector("dht-gauge")!;
			Object.assign(globalThis, { gauge });
			gauge.remove();
		});
		while (device.openStreams > 0) await page.waitForTimeout(50);
		await page.evaluate(() => document.body.append((globalThis as unknown as { gauge: Element }).gauge));
	}
	equal(
		await page.evaluate(() => document.querySelector("dht-gauge")!.shadowRoot!.querySelectorAll("article").length),
		1,
	);
	deepEqual(complaints, []);
	await close();
	site.close();
	await device.stop();
}

async function gone(browser: Browser): Promise<void> {
	const [one, other] = [await started("Room"), await started("Attic")];
	const page = `<dht-gauge id=a src="${one.address}"></dht-gauge><dht-gauge id=b src="${other.address}"></dht-gauge>`;
	const site = await host(page, [one, other]);
	const seen = await visit(browser, site.url);
	await until(seen.page, { name: "Room", link: "live" }, "#a");
	await until(seen.page, { name: "Attic", link: "live" }, "#b");
	await other.stop();
	await until(seen.page, { link: "lost" }, "#b");
	match((await shown(seen.page, "#b")).text, /Last reading .* ago[\s\S]*Out of reach since \d/);
	equal((await shown(seen.page, "#a")).link, "live");
	await other.start();
	other.publish(33, 44, "Attic");
	await until(seen.page, { link: "live", value: "33.0" }, "#b");
	one.streams = 0;
	await one.reboot();
	one.publish(18, 40, "Room");
	await until(seen.page, { link: "full", value: "18.0" }, "#a");
	deepEqual(
		seen.complaints.filter(line => !line.includes("EventSource")),
		[],
	);
	await seen.close();
	site.close();
	await one.stop();
	await other.stop();
}

async function themed(browser: Browser): Promise<void> {
	const device = await started("Room");
	const { address } = device;
	const site = await host(`<dht-gauge src="${address}"></dht-gauge>`, [device]);
	for (const [colorScheme, card] of [
		["light", "rgb(255, 254, 251)"],
		["dark", "rgb(24, 33, 39)"],
	] as const) {
		const { page, close } = await visit(browser, site.url, { colorScheme });
		await until(page, { link: "live" });
		const colour = () =>
			page.evaluate(() => {
				const article = document.querySelector("dht-gauge")!.shadowRoot!.querySelector("article")!;
				return getComputedStyle(article).backgroundColor;
			});
		equal(await colour(), card);
		await page.evaluate(() => document.documentElement.style.setProperty("--dht-card", "rgb(1, 2, 3)"));
		equal(await colour(), "rgb(1, 2, 3)");
		await close();
	}
	device.isPrivate = true;
	const { page, close } = await visit(browser, site.url);
	await page.waitForTimeout(1000);
	equal(await page.evaluate(() => document.querySelector("dht-gauge")!.shadowRoot), null);
	await close();
	site.close();
	await device.stop();
}

async function harmless(browser: Browser): Promise<void> {
	const markup = "<img src=x onerror='globalThis.harmed=1'>";
	const device = await started(markup);
	const { address } = device;
	const attribute = markup.replaceAll("<", "&lt;");
	const site = await host(
		`<dht-gauge id=a src="${address}" sensor="${attribute}" unit="${attribute}"></dht-gauge><dht-gauge src="javascript:harmed=1"></dht-gauge>`,
		[device],
	);
	const { page, close } = await visit(browser, site.url);
	await until(page, { name: markup, value: "20.0", link: "live" }, "#a");
	const found = await page.evaluate(() => [
		document.querySelector("#a")!.shadowRoot!.querySelectorAll("img").length,
		"harmed" in globalThis,
	]);
	deepEqual(found, [0, false]);
	await close();
	site.close();
	await device.stop();
}

browserTest("names with markup are shown as text, and no address is run", harmless);
browserTest("two gauges of one device share its stream, and show the page's states", twice);
browserTest("a gauge that is removed ends its stream, and one that is added again opens it", removed);
browserTest("of two devices each gauge shows its own: gone and back, or without a free stream", gone);
browserTest("a gauge has the browser's light or dark, or the page's colours; a private device gives none", themed);
