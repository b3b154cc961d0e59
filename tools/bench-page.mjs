// `npm run bench:page`: how long from navigation to the first reading on a slow link, next to a page of canvas-gauges with the
// same two gauges, both gzipped by the desktop host. `-- RUNS` for another number of runs than nine.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { buildPage } from "./build.mjs";
import { compile, root } from "./compile.mjs";
import { numberOf } from "./words.mjs";

const runs = numberOf("runs", 9);
/** A weak Wi-Fi: bytes a second, and ms a round trip. */
const link = { offline: false, downloadThroughput: 150_000, uploadThroughput: 150_000, latency: 20 };

await compile("modules", "tests");
const { files } = await buildPage();

/** A module of the compiled project. */
const load = (/** @type {string} */ path) => import(join(root, "build/node", path));
const { launch } = await load("tests/page/chromium.js");
const { listen } = await load("modules/platform/node/sockets.js");
const { limits, nodeHost, random } = await load("modules/platform/node/host.js");
const { NodeClock } = await load("modules/platform/node/clock.js");
const { simulatedCapture } = await load("modules/platform/simulated/capture.js");
const { simulatedSensors } = await load("modules/platform/simulated/attached-sensors.js");
const { Configuration } = await load("modules/config/configuration.js");
const { App } = await load("modules/app/app.js");

/** The other page: as its documentation has it, with the library inlined, so that it too is one request. */
const other = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Gauges</title>
<link rel="icon" href="data:,">
<canvas id="temperature"></canvas><canvas id="humidity"></canvas>
<script>${readFileSync(createRequire(import.meta.url).resolve("canvas-gauges/gauge.min.js"), "utf8").replaceAll("</script", "<\\/script")}</script>
<script>
const temperature = new LinearGauge({ renderTo: "temperature", width: 120, height: 400, units: "°C", minValue: -20, maxValue: 100,
	majorTicks: [-20, 0, 20, 40, 60, 80, 100], highlights: [{ from: 60, to: 100, color: "orange" }] }).draw();
const humidity = new RadialGauge({ renderTo: "humidity", width: 300, height: 300, units: "%", minValue: 0, maxValue: 100,
	majorTicks: [0, 20, 40, 60, 80, 100], highlights: [{ from: 80, to: 100, color: "orange" }] }).draw();
let moving = 2;
for (const gauge of [temperature, humidity])
	gauge.on("animationEnd", () => --moving || performance.measure("first-reading-at-rest", { start: 0 }));
new EventSource("/sensor-data-events").addEventListener("sensor-data", ({ data }) => {
	const reading = JSON.parse(data);
	temperature.value = reading.temperature;
	humidity.value = reading.humidity;
	if (!performance.getEntriesByName("first-reading").length) performance.measure("first-reading", { start: 0 });
});
</script></html>`;
const otherFiles = new Map([
	["index.html", Buffer.from(other)],
	["index.html.gz", gzipSync(other, { level: 9 })],
	["index.csp", Buffer.from("default-src 'self' data: 'unsafe-inline'")],
]);

/** Serves a page on a port of its own. @returns Its address. */
async function serve(/** @type {Map<string, Buffer>} */ pages) {
	const listening = await listen("127.0.0.1", 0, limits);
	const clock = new NodeClock();
	const PulseCapture = simulatedCapture({ clock, sensors: simulatedSensors([{ pin: 4, model: "DHT22" }], random, {}) });
	const assets = { get: (/** @type {string} */ name) => pages.get(name) };
	const host = nodeHost({ clock, listening, assets, PulseCapture, storage: undefined, presses: [] });
	const configuration = new Configuration({ ...host, config: {}, limits, fixed: { port: listening.port } });
	new App({ host, configuration });
	return `http://127.0.0.1:${listening.port}/`;
}

/** @returns One visit's times in ms, by name. */
async function visit(/** @type {import("playwright-core").Browser} */ browser, /** @type {string} */ address) {
	const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
	const page = await context.newPage();
	const session = await context.newCDPSession(page);
	await session.send("Network.enable");
	await session.send("Network.emulateNetworkConditions", link);
	await page.goto(address);
	const names = ["first-reading", "first-reading-at-rest"];
	await page.waitForFunction(names => names.every(name => performance.getEntriesByName(name).length), names);
	const times = await page.evaluate(
		names => names.map(name => performance.getEntriesByName(name)[0]?.duration ?? Number.NaN),
		names,
	);
	await context.close();
	return times;
}

const median = (/** @type {number[]} */ values) => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const pages = { own: await serve(files), "canvas-gauges": await serve(otherFiles) };
const browser = await launch();
// Both have a reading by now, and the browser is warm after one visit of each, which is not counted.
await new Promise(resolve => setTimeout(resolve, 5000));
/** @type {Record<string, number[][]>} */
const times = { own: [], "canvas-gauges": [] };
for (let run = 0; run <= runs; run++)
	for (const [name, address] of Object.entries(pages)) {
		const seen = await visit(browser, address);
		if (run > 0) times[name]?.push(seen);
	}
await browser.close();

const size = { own: files.get("index.html.gz"), "canvas-gauges": otherFiles.get("index.html.gz") };
const result = Object.entries(times).map(([name, rows]) => ({
	page: name,
	"gzipped bytes": size[/** @type {keyof typeof size} */ (name)]?.byteLength,
	"value set, ms": Math.round(median(rows.map(([set = Number.NaN]) => set))),
	"at rest, ms": Math.round(median(rows.map(([, rest = Number.NaN]) => rest))),
}));
console.table(result);
console.log(`${runs} runs, medians; ${link.downloadThroughput / 1000} kB/s, ${link.latency} ms`);
/** Run by run, since what else the machine does meets both pages of a run alike. */
const ratio = (/** @type {number} */ column) => {
	const rows = times["canvas-gauges"] ?? [];
	const ratios = times.own?.map((row, run) => (row[column] ?? Number.NaN) / (rows[run]?.[column] ?? Number.NaN));
	return median(ratios ?? []).toFixed(2);
};
console.log(`ratio: value set ${ratio(0)} (at most 0.55), at rest ${ratio(1)} (at most 0.2)`);
process.exit(0);
