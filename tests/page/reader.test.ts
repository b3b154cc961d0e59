// The page in use: choices, the history, the keyboard, without motion and without JavaScript.

import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { browserTest, shownText, untilLink, type Visit, type VisitOptions, visit } from "./browser.js";
import { FakeDevice, type FakeDeviceOptions } from "./device.js";

async function read(
	browser: Browser,
	body: (seen: Visit, device: FakeDevice) => Promise<void>,
	options: VisitOptions = {},
	deviceOptions: FakeDeviceOptions = {},
): Promise<void> {
	const device = new FakeDevice({ intervalMs: 10_000, ...deviceOptions });
	await device.start();
	device.publish(24.4, 46.4);
	const seen = await visit(browser, device.address, options);
	try {
		await body(seen, device);
		assert.deepEqual(seen.complaints, []);
	} finally {
		await seen.close();
		await device.stop();
	}
}

browserTest("choices are applied at once and kept", browser =>
	read(browser, async ({ page }) => {
		await untilLink(page, "live");
		await page.selectOption("[name=language]", "pt");
		await page.selectOption("[name=unit]", "F");
		await page.selectOption("[name=theme]", "dark");
		for (let visits = 0; visits < 2; visits++) {
			assert.match(await shownText(page), /Temperatura[\s\S]*75,9 °F[\s\S]*Umidade[\s\S]*46,4 %/);
			const { theme } = await page.evaluate(() => ({ ...document.documentElement.dataset }));
			assert.equal(theme, "dark");
			await page.reload();
			await untilLink(page, "live");
		}
	}),
);

browserTest("the browser's language and theme are the default", browser =>
	read(
		browser,
		async ({ page }) => {
			await untilLink(page, "live");
			assert.match(await shownText(page), /Umidade/);
			assert.equal(await page.getAttribute("html", "data-theme"), "dark");
			await page.emulateMedia({ colorScheme: "light" });
			await page.waitForSelector("html[data-theme=light]", { timeout: 2000 });
		},
		{ locale: "pt-BR", colorScheme: "dark" },
	),
);

browserTest("the settings' language and unit come before the browser's, and after the reader's own", browser =>
	read(
		browser,
		async ({ page }) => {
			const shown = /Temperatura[\s\S]*75,9 °F[\s\S]*Umidade/;
			await untilLink(page, "live");
			assert.match(await shownText(page), shown);
			assert.equal(await page.inputValue("[name=language]"), "pt");
			assert.equal(await page.inputValue("[name=unit]"), "F");
			await page.selectOption("[name=language]", "en");
			await page.reload();
			await untilLink(page, "live");
			assert.match(await shownText(page), /Temperature[\s\S]*75\.9 °F[\s\S]*Humidity/);
		},
		{ locale: "en-GB" },
		{ language: "pt", units: "F" },
	),
);

browserTest("meters have their values, limits and spoken values", browser =>
	read(browser, async ({ page }) => {
		await untilLink(page, "live");
		const meter = (name: string) =>
			page.evaluate(selector => {
				const { attributes } = document.querySelector(selector)!;
				return Object.fromEntries(
					[...attributes].filter(({ name }) => /role|aria/.test(name)).map(({ name, value }) => [name, value]),
				);
			}, name);
		assert.deepEqual(await meter(".tube"), {
			role: "meter",
			"aria-label": "Temperature",
			"aria-valuemin": "10",
			"aria-valuemax": "40",
			"aria-valuenow": "24.4",
			"aria-valuetext": "24.4 °C",
		});
		assert.deepEqual(await meter(".dial"), {
			role: "meter",
			"aria-label": "Humidity",
			"aria-valuemin": "0",
			"aria-valuemax": "100",
			"aria-valuenow": "46.4",
			"aria-valuetext": "46.4 %",
		});
	}),
);

browserTest("the live region announces changes of state, not readings", browser =>
	read(browser, async ({ page }, device) => {
		await untilLink(page, "live");
		await page.evaluate(() => {
			const news: string[] = [];
			Object.assign(globalThis, { news });
			const region = document.querySelector("#news")!;
			new MutationObserver(() => news.push(region.textContent!)).observe(region, { childList: true, subtree: true });
		});
		for (let count = 0; count < 10; count++) {
			device.publish(20 + count, 50);
			await page.waitForTimeout(50);
		}
		device.fail("checksum");
		await page.waitForSelector("[data-status=fault]");
		const news = await page.evaluate(() => (globalThis as unknown as { news: string[] }).news);
		assert.deepEqual(news, ["Live. Room: Sensor fault"]);
	}),
);

browserTest("needle and tube point at the value, from the first drawing on", browser =>
	read(browser, async ({ page }, device) => {
		await untilLink(page, "live");
		const transforms = () =>
			page.evaluate(() =>
				[".needle", ".tube svg .fluid"].map(name => document.querySelector<HTMLElement>(name)!.style.transform),
			);
		device.publish(25, 75);
		await page.waitForFunction(() => document.querySelector("[data-part=humidity]")?.textContent === "75.0");
		assert.deepEqual(await transforms(), ["rotate(67.5deg)", "translateY(128px)"]);
		device.publish(-20, 0);
		await page.waitForFunction(() => document.querySelector("[data-part=humidity]")?.textContent === "0.0");
		assert.deepEqual(
			await transforms(),
			["rotate(-135deg)", "translateY(219.429px)"],
			"the scale goes from -30 to 40 now",
		);
	}),
);

for (const [reducedMotion, duration] of [
	["no-preference", "1s"],
	["reduce", "0s"],
] as const)
	browserTest(`motion: ${reducedMotion}`, browser =>
		read(
			browser,
			async ({ page }) => {
				await page.waitForSelector("body.moving");
				const found = await page.evaluate(
					() => getComputedStyle(document.querySelector(".needle")!).transitionDuration.split(",")[0],
				);
				assert.equal(found, duration);
			},
			{ reducedMotion },
		),
	);

browserTest("the chart is read with keyboard, pointer and finger", browser =>
	read(
		browser,
		async ({ page }, device) => {
			const slider = page.locator("#history [role=slider]");
			await slider.waitFor();
			for (const temperature of [20, 21]) {
				await page.waitForTimeout(2100);
				device.publish(temperature, 50);
			}
			await page.waitForSelector("[role=slider][aria-valuemax='2']");
			await slider.focus();
			const heard: (string | undefined)[] = [];
			for (const key of ["Home", "ArrowRight", "End", "ArrowLeft"]) {
				await page.keyboard.press(key);
				await page.waitForTimeout(100);
				heard.push(/[\d.]+ °C/.exec((await slider.getAttribute("aria-valuetext"))!)?.[0]);
			}
			assert.deepEqual(heard, ["24.4 °C", "20.0 °C", "21.0 °C", "20.0 °C"]);
			const box = (await page.locator("#history .u-over").boundingBox())!;
			await page.mouse.move(box.x + box.width - 2, box.y + 20);
			await page.waitForTimeout(100);
			assert.match((await slider.getAttribute("aria-valuetext"))!, /21\.0 °C · 50\.0 %/);
			await page.touchscreen.tap(box.x + 2, box.y + 20);
			await page.waitForTimeout(100);
			assert.match((await slider.getAttribute("aria-valuetext"))!, /24\.4 °C/);
			await page.getByRole("button", { name: "24 h" }).click();
			assert.equal(await page.getByRole("button", { name: "24 h" }).getAttribute("aria-pressed"), "true");
			await page.waitForSelector("[role=slider][aria-valuemax='0'], [role=slider][aria-valuemax='1']");
		},
		{ hasTouch: true },
		{ intervalMs: 2000 },
	),
);

browserTest("everything is reached with Tab", browser =>
	read(browser, async ({ page }) => {
		await page.waitForSelector("#history [role=slider]");
		const reached: string[] = [];
		for (let presses = 0; presses < 18; presses++) {
			await page.keyboard.press("Tab");
			reached.push(
				await page.evaluate(() => {
					const { localName, role, textContent, ariaLabel } = document.activeElement as HTMLElement;
					return `${role ?? localName} ${ariaLabel ?? (localName === "body" ? "" : textContent)}`;
				}),
			);
		}
		assert.deepEqual(reached.slice(0, 15), [
			"select Language",
			"select Unit",
			"select Appearance",
			"a Settings",
			"button 15 min",
			"button 24 h",
			"button 7 d",
			"a CSV",
			"slider History",
			"summary Data received",
			"a /sensor-data-events",
			"a /api/readings",
			"a /api/history",
			"a /api/device",
			"a /metrics",
		]);
	}),
);

browserTest("the last event is shown as it came", browser =>
	read(browser, async ({ page }, device) => {
		await untilLink(page, "live");
		device.publish(21.3, 55.5);
		await page.waitForFunction(() => document.querySelector("pre")?.textContent?.startsWith("id: b1-2"));
		assert.match(
			(await page.textContent("pre"))!,
			/^id: b1-2\nevent: sensor-data\ndata: \{"temperature":21\.3,"humidity":55\.5,"sensor":"Room",.*\}$/,
		);
	}),
);

browserTest("four sensors make a grid, and a name is never markup", browser =>
	read(
		browser,
		async ({ page }) => {
			await untilLink(page, "live");
			const boxes = await page.evaluate(() =>
				[...document.querySelectorAll("article")].map(card => Math.round(card.getBoundingClientRect().top)),
			);
			assert.deepEqual(new Set(boxes).size, 1);
			assert.equal(boxes.length, 4);
			assert.equal(await page.textContent("article:last-child h2"), "<img src=x onerror=alert(1)>");
		},
		{ viewport: { width: 1440, height: 900 } },
		{ sensors: ["Room", "Cellar", "Attic", "<img src=x onerror=alert(1)>"] },
	),
);

browserTest("without JavaScript there is a way to the readings", browser =>
	read(
		browser,
		async ({ page }) => {
			const link = page.getByRole("link", { name: "Plain-text readings" });
			assert.ok(await link.isVisible());
		},
		{ javaScriptEnabled: false },
	),
);
