// A recorded day of faults, played on the page; and that nothing of the page moves through readings and faults.

import assert from "node:assert/strict";
import { sensorData, sensorFault } from "../../modules/app/sensor-events.js";
import type { Gauges } from "../../www/gauges/gauges.js";
import { harness } from "../sampling/harness.js";
import { browserTest, untilLink, visit } from "./browser.js";
import { FakeDevice } from "./device.js";

const intervalMs = 2000;
const dayMs = 86_400_000;
/** A twentieth of the day; the whole with `npm run soak:page`. */
const spanMs = process.env.SOAK_MINUTES ? dayMs : dayMs / 20;

type Played = { reading: ReturnType<typeof sensorData> } | { fault: ReturnType<typeof sensorFault> };

/** Records a sensor that misses 5 % of its reads, and is silent for up to two minutes twice an hour. */
function record(): { played: Played[]; silences: number[] } {
	const bench = harness({ intervalMs });
	const { clock, sensor, readings, faults } = bench;
	const played: Played[] = [];
	const silences: number[] = [];
	const take = () => {
		const events: Played[] = [];
		for (const reading of readings.splice(0)) events.push({ reading: sensorData(reading) });
		for (const fault of faults.splice(0)) events.push({ fault: sensorFault(fault) });
		played.push(...events.sort((a, b) => ticksOf(a) - ticksOf(b)));
	};
	sensor.setFault("checksum", 0.05);
	for (let half = 0; half * 1_800_000 < spanMs; half++) {
		clock.advance(900_000);
		take();
		silences.push(clock.ticks);
		sensor.setFault("no-answer", 1);
		clock.advance(10_000 + (half % 12) * 10_000);
		sensor.setFault("no-answer", 0);
		take();
		clock.advance(890_000 - (half % 12) * 10_000);
		take();
	}
	bench.sampler.close();
	return { played, silences };
}

const ticksOf = (one: Played) => ("reading" in one ? one.reading.uptimeMs : one.fault.uptimeMs);

interface Shown {
	at: number;
	status: string | undefined;
	temperature: string | null;
	words: string | null;
}

/** Runs in the page: shows each event at its time, and looks at the card then and each second after. */
function play({ played, fromMs }: { played: Played[]; fromMs: number }): Shown[] {
	const { gauges } = globalThis as unknown as { gauges: Gauges };
	const { model, view } = gauges;
	let now = fromMs;
	model.link = "live";
	model.greet({ boot: "recorded", intervalMs: model.intervalMs, name: model.name });
	Object.defineProperty(gauges.elapsed, "now", { get: () => now });
	const card = document.querySelector<HTMLElement>("article")!;
	const text = (name: string) => card.querySelector(`[data-part=${name}]`)!.textContent;
	const shown: Shown[] = [];
	const look = () => {
		view.draw();
		shown.push({ at: now, status: card.dataset.status, temperature: text("temperature"), words: text("status") });
	};
	for (const one of played) {
		const at = "reading" in one ? one.reading.uptimeMs : one.fault.uptimeMs;
		while (now + 1000 < at) {
			now += 1000;
			look();
		}
		now = Math.max(now, at);
		model.anchor(now, now);
		if ("reading" in one) model.read(one.reading);
		else model.fail(one.fault);
		look();
	}
	return shown;
}

/** What the rule demands at each of these times, worked out from the recording alone. */
function judge(played: readonly Played[], shown: readonly Shown[]): { missed: number; failed: number[] } {
	let next = 0;
	let reading: ReturnType<typeof sensorData> | undefined;
	let misses = 0;
	let missed = 0;
	const failed: number[] = [];
	for (const [index, { at, status, temperature, words }] of shown.entries()) {
		while (next < played.length && ticksOf(played[next]!) <= at && shown[index]) {
			const one = played[next++]!;
			misses = "reading" in one ? 0 : misses + 1;
			if ("reading" in one) reading = one.reading;
			if (misses === 3) failed.push(at);
		}
		if (!reading) continue;
		const age = at - reading.uptimeMs;
		const wanted = misses >= 3 ? "fault" : age > 3 * intervalMs ? "stale" : "live";
		assert.equal(status, wanted, `at ${at}, ${misses} misses, a reading ${age} ms old`);
		assert.equal(temperature, misses >= 3 ? "–" : reading.temperature.toFixed(1), `at ${at}`);
		if (misses === 0 && wanted === "live") assert.equal(words, "", `at ${at}`);
		else
			assert.match(
				words!,
				new RegExp(`[Ll]ast reading ${Math.round(age / 1000)} seconds? ago|minutes? ago`),
				`at ${at}`,
			);
		if (misses > 0 && misses < 3) missed++;
	}
	return { missed, failed };
}

browserTest(
	"a day of faults: no card leaves live for one or two misses, and each that goes on is shown at the third",
	async browser => {
		const { played, silences } = record();
		const device = new FakeDevice({ intervalMs });
		await device.start();
		device.hold = /events/;
		const { page, complaints, close } = await visit(browser, device.address);
		try {
			await page.waitForFunction(() => performance.getEntriesByName("first-reading").length > 0);
			const fromMs = ticksOf(played[0]!);
			const shown = await page.evaluate(play, { played, fromMs });
			const { missed, failed } = judge(played, shown);
			assert.ok(missed > spanMs / intervalMs / 30, `${missed} looks at a missed read`);
			for (const silence of silences) {
				const first = failed.find(at => at > silence);
				assert.ok(first !== undefined && first - silence <= 3 * intervalMs + 500, `${silence}: shown at ${first}`);
			}
			console.log(
				`${played.length} events, ${shown.length} looks, ${missed} at a missed read, ${failed.length} faults`,
			);
			assert.deepEqual(complaints, []);
		} finally {
			await close();
			await device.stop();
		}
	},
	600_000,
);

const rooms = ["Room", "Cellar", "Attic", "Shed", "Bath", "Kitchen", "Loft", "Greenhouse"];

for (const [width, count, language] of [
	[390, 1, "en"],
	[390, 4, "pt"],
	[390, 8, "en"],
	[1440, 1, "es"],
	[1440, 4, "en"],
	[1440, 8, "de"],
	[320, 2, "en"],
	[320, 1, "de"],
	[320, 1, "es"],
	[320, 1, "pt"],
] as const)
	browserTest(
		`nothing moves after the first reading: ${count} sensors at ${width} px, in ${language}`,
		async browser => {
			const sensors = rooms.slice(0, count);
			const device = new FakeDevice({ intervalMs: 10_000, sensors });
			await device.start();
			for (const sensor of sensors) device.publish(24.4, 46.4, sensor);
			const observe = () => {
				const moved: string[] = [];
				Object.assign(globalThis, { moved });
				// With the second frame of the first values transitions begin. What was shown before them gives way with the first.
				let since = Number.POSITIVE_INFINITY;
				new MutationObserver(() => {
					if (document.body.classList.contains("moving")) since = Math.min(since, performance.now());
				}).observe(document, { subtree: true, attributeFilter: ["class"] });
				new PerformanceObserver(list => {
					for (const entry of list.getEntries() as (PerformanceEntry & {
						value: number;
						sources: { node: Node | null }[];
					})[])
						if (entry.startTime > since)
							moved.push(
								`${entry.value} ${entry.sources.map(({ node }) => (node as Element)?.outerHTML?.slice(0, 80) ?? node?.nodeValue).join(" | ")}`,
							);
				}).observe({ type: "layout-shift", buffered: true });
			};
			const { page, close } = await visit(browser, device.address, {
				// What is below the viewport does not count as moved.
				viewport: { width, height: count > 2 ? 5600 : 900 },
				before: `localStorage.setItem("language", "${language}"); (${observe})()`,
			});
			try {
				await untilLink(page, "live");
				await page.waitForSelector("body.moving");
				await page.waitForSelector("#history:not([hidden])");
				for (const temperature of [24.6, 25.1, 26.3]) {
					await page.waitForTimeout(1200);
					for (const sensor of sensors) device.publish(temperature, temperature * 2, sensor);
				}
				device.miss("checksum");
				await page.waitForTimeout(1200);
				device.fail("no-answer");
				await page.waitForSelector("[data-status=fault]");
				await page.waitForTimeout(1200);
				// Scales that grow, and numbers with as many characters as there are.
				for (const [temperature, humidity] of [
					[31, 70],
					[-12.3, 100],
					[48, 9],
				] as const) {
					device.publish(temperature, humidity);
					await page.waitForTimeout(500);
				}
				const moved = await page.evaluate(() => (globalThis as unknown as { moved: string[] }).moved);
				assert.deepEqual(moved, []);
			} finally {
				await close();
				await device.stop();
			}
		},
	);
