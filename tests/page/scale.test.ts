// The scales: zoomed to the readings, or as the settings have them, with a comfort band; what pointers leave free.

import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { browserTest, untilLink, visit } from "./browser.js";
import { FakeDevice } from "./device.js";

async function read(
	browser: Browser,
	body: (page: Page, device: FakeDevice) => Promise<void>,
	about: FakeDevice["about"] = {},
): Promise<void> {
	const device = new FakeDevice({ intervalMs: 10_000 });
	device.about = about;
	await device.start();
	device.publish(24.4, 46.4);
	const { page, complaints, close } = await visit(browser, device.address);
	try {
		await body(page, device);
		assert.deepEqual(complaints, []);
	} finally {
		await close();
		await device.stop();
	}
}

browserTest("the scale stays where it is while values move in it, and grows by tens", browser =>
	read(browser, async (page, device) => {
		await untilLink(page, "live");
		const scale = () =>
			page.evaluate(() => ["min", "max"].map(end => document.querySelector(".tube")!.getAttribute(`aria-value${end}`)));
		const seen: string[] = [];
		for (const temperature of [24.4, 25, 22, 18.5, 24, 30, 22, 34]) {
			await page.waitForTimeout(5);
			device.publish(temperature, 46.4);
			await page.waitForFunction(
				at => document.querySelector(".tube")?.getAttribute("aria-valuenow") === at,
				`${temperature}`,
			);
			seen.push((await scale()).join(" to "));
		}
		assert.deepEqual(seen, [...Array(7).fill("10 to 40"), "10 to 50"]);
	}),
);

const settings = { scale: { temperature: [-10, 50] }, comfort: { temperature: [20, 35], humidity: [40, 60] } } as const;

browserTest("the settings' scale and comfort band are shown, in both units", browser =>
	read(
		browser,
		async page => {
			const tube = () =>
				page.evaluate(() => {
					const svg = document.querySelector(".tube")!;
					const end = (name: string) => Number(svg.getAttribute(`aria-value${name}`));
					return { min: end("min"), max: end("max"), band: svg.querySelector(".comfort")!.getAttribute("d")! };
				});
			await untilLink(page, "live");
			// The tube is 256 units long, and its highest value is at 24.
			assert.deepEqual(await tube(), { min: -10, max: 50, band: "M98 88V152" });
			const arc = (await page.getAttribute(".dial .comfort", "stroke-dasharray"))!;
			assert.equal(Math.round(Number.parseFloat(arc)), 20);
			await page.selectOption("[name=unit]", "F");
			await page.waitForSelector(".tube[aria-valuemax='130']");
			const { min, band } = await tube();
			assert.equal(min, 10);
			const [, top, bottom] = /^M98 ([\d.]+)V([\d.]+)$/.exec(band)!.map(Number);
			const y = (fahrenheit: number) => Math.round(24 + (256 * (130 - fahrenheit)) / 120);
			assert.deepEqual([Math.round(top!), Math.round(bottom!)], [y(95), y(68)]);
		},
		settings,
	),
);

browserTest("no pointer covers a label, whatever the humidity", browser =>
	read(browser, async page => {
		await untilLink(page, "live");
		const covered = await page.evaluate(() => {
			const box = (element: Element) => element.getBoundingClientRect();
			const needle = document.querySelector<SVGElement>(".needle")!;
			const labels = [...document.querySelectorAll(".dial text")];
			needle.style.transition = "none";
			const found: string[] = [];
			for (let angle = -135; angle <= 135; angle += 1.35) {
				needle.style.transform = `rotate(${angle}deg)`;
				const svg = needle as unknown as SVGGraphicsElement;
				const matrix = svg.getScreenCTM()!;
				const tip = new DOMPoint(100, 40).matrixTransform(matrix);
				for (const label of labels) {
					const { left, right, top, bottom } = box(label);
					if (tip.x > left && tip.x < right && tip.y > top && tip.y < bottom) found.push(label.textContent!);
				}
			}
			return found;
		});
		assert.deepEqual(covered, []);
	}),
);
