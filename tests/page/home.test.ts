// Twelve devices on one page: states, streams and connections, and many events of each (`npm run soak:rooms`).

import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { browserTest, untilLink, visit } from "./browser.js";
import { home, list } from "./homes.js";
import { longest, weigh } from "./load.js";

const events = Number(process.env.SOAK_EVENTS ?? 1800);

/** Whether the browser says no more than that a device may not be read. */
const isOfClosed = (line: string) => /CORS|EventSource/.test(line);

/** Name, link and newest value of each other device, in order. */
function shown(page: Page): Promise<string[]> {
	return page.evaluate(() =>
		[...document.querySelectorAll<HTMLElement>("#home section")].map(section => {
			const value = section.querySelector("[data-part=temperature]")?.textContent ?? "";
			return `${section.querySelector("h2")!.textContent} ${section.dataset.link} ${value}`.trim();
		}),
	);
}

async function until(page: Page, wanted: readonly string[], ms = 20_000): Promise<void> {
	const end = performance.now() + ms;
	for (;;) {
		const found = await shown(page);
		if (found.join() === wanted.join()) return;
		if (performance.now() > end) deepEqual(found, wanted);
		await page.waitForTimeout(100);
	}
}

async function states(browser: Browser): Promise<void> {
	const devices = await home(12);
	devices[10]!.isPrivate = true;
	devices[11]!.isOlder = true;
	list(devices);
	const seen = await visit(browser, devices[0]!.address);
	const { page } = seen;
	const live = (at: number) => `device-${at} live ${15 + at}.0`;
	const closed = ["device-10 private", "device-11 older"];
	const others = [1, 2, 3, 4, 5, 6, 7, 8, 9];
	await until(page, [...others.map(live), ...closed]);
	const said = (at: number) => page.textContent(`#home section:nth-child(${at}) p`);
	equal(await said(10), "It is there, and private: only its own page shows its values");
	equal(await said(11), "It is there, with version 0.9.0, which this page cannot read");

	const beside = await visit(browser, devices[0]!.address, {}, seen);
	await until(beside.page, [...others.map(live), ...closed]);
	deepEqual(
		devices.slice(0, 10).map(({ openStreams }) => openStreams),
		new Array(10).fill(1),
	);
	// The first device has the page, its files and the requests of both tabs besides.
	deepEqual(
		devices.slice(0, 10).filter(({ mostSockets }) => mostSockets > 6),
		[],
	);
	await beside.page.close();
	await page.waitForTimeout(500);
	deepEqual(
		devices.slice(0, 10).map(({ openStreams }) => openStreams),
		new Array(10).fill(1),
	);

	for (const at of [1, 2, 3]) await devices[at]!.stop();
	devices[4]!.name = "den";
	list(devices, [1, 2, 3]);
	const lost = [1, 2, 3].map(at => `device-${at} lost ${15 + at}.0`);
	await until(page, [...lost, "den live 19.0", ...[5, 6, 7, 8, 9].map(live), ...closed], 45_000);
	match(await page.textContent("#home section:first-child").then(String), /Out of reach since \d/);
	await devices[1]!.start();
	devices[1]!.publish(30, 50, "Air 1");
	await until(page, ["device-1 live 30.0", ...lost.slice(1), "den live 19.0", ...[5, 6, 7, 8, 9].map(live), ...closed]);
	deepEqual(
		seen.complaints.filter(line => !isOfClosed(line)),
		[],
	);
	await seen.close();
	for (const device of devices) await device.stop();
}

/** What is wrong with the page on the wall. */
function fit(page: Page) {
	return page.evaluate(() => ({
		scrolls: document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth,
		night: document.documentElement.classList.contains("night"),
		charts: [...document.querySelectorAll("main canvas")].filter(canvas => canvas.getClientRects().length > 0).length,
		unnamed: [...document.querySelectorAll<HTMLElement>("main article h2")].filter(h2 => !h2.dataset.device).length,
		cut: [...document.querySelectorAll("main article :is(b, span[data-part=unit])")].filter(b => {
			const { left, right, top, bottom } = b.getBoundingClientRect();
			const card = b.closest("article")!.getBoundingClientRect();
			return left < card.left || right > card.right || top < card.top || bottom > card.bottom || bottom === top;
		}).length,
	}));
}

const screens = {
	tablet: { width: 1024, height: 768 },
	upright: { width: 800, height: 1280 },
	phone: { width: 390, height: 844 },
	lying: { width: 740, height: 360 },
};

async function onTheWall(browser: Browser): Promise<void> {
	for (const [count, hour, viewport] of [
		[12, 12, screens.tablet],
		[12, 23, screens.tablet],
		[12, 12, screens.upright],
		[12, 12, screens.phone],
		[17, 12, screens.lying],
		[1, 12, screens.tablet],
		[2, 5, screens.phone],
	] as const) {
		const devices = await home(count);
		const before = `Date.prototype.getHours = () => ${hour};`;
		const { page, complaints, close } = await visit(browser, `${devices[0]!.address}/?kiosk`, { viewport, before });
		await page.waitForFunction(wanted => document.querySelectorAll("main article").length === wanted, count);
		devices[0]!.publish(-18.5, 100, "Air 0");
		await page.waitForTimeout(1500);
		deepEqual(
			await fit(page),
			{ scrolls: false, night: hour !== 12, charts: 0, unnamed: 0, cut: 0 },
			`${count}, ${hour}`,
		);
		deepEqual(complaints, []);
		await close();
		for (const device of devices) await device.stop();
	}
}

async function nightAndMorning(browser: Browser): Promise<void> {
	const [device] = await home(1);
	const before = `
		globalThis.hour = 21;
		Date.prototype.getHours = () => globalThis.hour;
		globalThis.locks = [];
		WakeLock.prototype.request = async function (type) { globalThis.locks.push(type); };`;
	const { page, close } = await visit(browser, `${device!.address}/?kiosk`, { colorScheme: "light", before });
	const dim = () =>
		page.evaluate(() => [document.documentElement.dataset.theme, getComputedStyle(document.documentElement).filter]);
	const at = (hour: number) => page.evaluate(now => Object.assign(globalThis, { hour: now }), hour);
	await page.waitForSelector("html.kiosk");
	await page.waitForTimeout(1500);
	deepEqual(await dim(), ["light", "none"]);
	deepEqual(await page.evaluate(() => Reflect.get(globalThis, "locks")), ["screen"]);
	await at(22);
	await page.waitForSelector("html.night");
	deepEqual(await dim(), ["dark", "brightness(0.4)"]);
	await at(6);
	await page.waitForSelector("html:not(.night)");
	deepEqual(await dim(), ["light", "none"]);
	// The browser takes the lock back from a page that is hidden.
	await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
	deepEqual(await page.evaluate(() => Reflect.get(globalThis, "locks")), ["screen", "screen"]);
	await close();
	await device!.stop();
}

async function onTheHomeScreen(browser: Browser): Promise<void> {
	const [device] = await home(1);
	const { page, complaints, close } = await visit(browser, device!.address);
	await page.waitForSelector("link[rel=manifest]", { state: "attached" });
	const session = await page.context().newCDPSession(page);
	const { data, errors } = await session.send("Page.getAppManifest");
	const { name, short_name, icons } = JSON.parse(data!);
	deepEqual([errors, name, short_name], [[], "DHT gauges", "Gauges"]);
	const loaded = await page.evaluate(
		sources =>
			Promise.all(
				sources.map(async src => {
					const image = Object.assign(new Image(), { src });
					await image.decode();
					return [image.naturalWidth > 0, image.naturalWidth === image.naturalHeight];
				}),
			),
		[...icons.map(({ src }: { src: string }) => src), "/icon.png"],
	);
	deepEqual(loaded, [
		[true, true],
		[true, true],
		[true, true],
	]);
	deepEqual(complaints, []);
	await close();
	await device!.stop();
}

async function compared(browser: Browser): Promise<void> {
	const devices = await home(3);
	for (const [at, device] of devices.entries())
		for (let minute = 0; minute < 30; minute++)
			device.remember(minute * 60_000, 20 + at + minute / 10, 50, `Air ${at}`);
	const seen = await visit(browser, devices[0]!.address);
	await seen.page.waitForSelector("#compare");
	await seen.page.click("#compare summary");
	await seen.page.waitForSelector("#compare li:nth-child(3)");
	const legend = () => seen.page.textContent("#compare ul");
	match(String(await legend()), /device-0 · Air 0: 15\.0 °C.*device-2 · Air 2: 17\.0 °C/);
	await seen.page.selectOption("#compare select", "humidity");
	await seen.page.waitForFunction(() => document.querySelector("#compare ul")!.textContent!.includes("%"));
	match(String(await legend()), /device-2 · Air 2: 42\.0 %/);
	deepEqual(seen.complaints, []);
	await seen.close();
	for (const device of devices) await device.stop();
}

async function soak(browser: Browser): Promise<void> {
	const devices = await home(12);
	devices[10]!.isPrivate = true;
	devices[11]!.isOlder = true;
	list(devices);
	const { page, complaints, close } = await visit(browser, devices[0]!.address);
	await untilLink(page, "live");
	const closed = ["device-10 private", "device-11 older"];
	const others = new Array(9).fill(0);
	await until(page, [...others.map((_, at) => `device-${at + 1} live ${16 + at}.0`), ...closed]);
	const session = await page.context().newCDPSession(page);
	await session.send("Performance.enable");
	let sent = 0;
	const send = async (count: number) => {
		for (const end = sent + count; sent < end; sent += 20) {
			for (const [at, device] of devices.entries())
				for (let one = 1; one <= 20; one++) device.publish(20 + 5 * Math.sin((sent + one) / 7), 50, `Air ${at}`);
			await page.waitForTimeout(30);
		}
		await page.waitForTimeout(1500);
	};
	await send(events / 2);
	const before = await weigh(session);
	// A stall of the machine is counted, too: what the page itself does is in most tenths.
	const tenths: number[] = [];
	for (let tenth = 0; tenth < 5; tenth++) {
		await browser.startTracing(page, { categories: ["toplevel"] });
		await send(events / 10);
		tenths.push(longest(await browser.stopTracing()));
	}
	const after = await weigh(session);
	const [, , longestMs = 0] = tenths.sort((one, other) => one - other);
	const sockets = Math.max(...devices.map(({ mostSockets }) => mostSockets));
	// One that lets nobody read is left after the second look at it.
	const streams = () => devices.map(({ openStreams }) => openStreams).join();
	const wanted = [...new Array(10).fill(1), 0, 0].join();
	for (const end = performance.now() + 60_000; streams() !== wanted && performance.now() < end; )
		await page.waitForTimeout(200);
	equal(streams(), wanted);
	for (const [at, device] of devices.entries()) device.publish(22.2, 50, `Air ${at}`);
	const states = others.map((_, at) => `device-${at + 1} live 22.2`);
	await until(page, [...states, ...closed]);
	equal(complaints.filter(line => !isOfClosed(line)).length, 0);

	for (const at of [1, 2, 3]) await devices[at]!.stop();
	devices[4]!.name = "den";
	list(devices, [1, 2, 3]);
	for (const at of [0, 1, 2]) states[at] = states[at]!.replace("live", "lost");
	states[3] = states[3]!.replace("device-4", "den");
	await until(page, [...states, ...closed], 60_000);
	const last = await weigh(session);
	console.log(
		`${sent} events of each: heap ${before.heap} -> ${after.heap} -> ${last.heap} bytes, nodes ${before.nodes} -> ${after.nodes} -> ${last.nodes}, listeners ${before.listeners} -> ${after.listeners} -> ${last.listeners}, longest tasks ${tenths.map(ms => ms.toFixed(1)).join(", ")} ms, at most ${sockets} connections to a device`,
	);
	for (const { heap, nodes, listeners } of [after, last]) {
		ok(heap < before.heap * 1.2, "heap");
		ok(nodes <= before.nodes * 1.1, "nodes");
		ok(listeners <= before.listeners + 5, "listeners");
	}
	// Each of the three says that it is lost, in seven nodes; a card of a sensor has some eighty.
	ok(last.nodes <= after.nodes + 40, "nodes of those that are gone");
	ok(longestMs <= 50, "tasks");
	ok(sockets <= 6, "connections");
	await close();
	for (const device of devices) await device.stop();
}

browserTest(
	"eleven other devices: there, gone, renamed, private and of an older version, a stream each for all tabs",
	states,
);
browserTest("on a wall one to seventeen devices fit one screen of any kind", onTheWall, 240_000);
browserTest(
	"on a wall the page dims at night, is as before in the morning, and keeps the screen awake",
	nightAndMorning,
);
browserTest("the manifest gives the home screen a name and icons", onTheHomeScreen);
browserTest("a person compares the same quantity of all devices", compared);
browserTest(
	`${events} events of each of twelve devices leak nothing and block nothing; three vanish, one is renamed`,
	soak,
	300_000 + 40 * events,
);
