// The page's second script: keeps the gauges up to date, and adds the chart.

import type { Readings } from "../modules/api/schema.js";
import type { Gauges } from "./gauges/gauges.js";
import { take } from "./gauges/intake.js";
import { Tab } from "./gauges/tab.js";
import type { HistoryChart } from "./history/chart.js";
import { Feed } from "./stream/feed.js";

/** The URL of the chart's script, set by the build. */
declare const CHART_URL: string;

/** Made by the page's first script. */
declare const gauges: Gauges;
/** Made by the page's head: settles once the first readings have come or failed. */
declare const first: Promise<unknown>;

/** The page joins the stream with the first readings, or after this many ms without. */
const PATIENCE_MS = 250;

const { elapsed, model, view } = gauges;
const find = <Found extends Element = HTMLElement>(selector: string) => document.querySelector<Found>(selector)!;
let loading = false;
let feed: Feed | undefined;

/** Fetches and shows the readings; a failure changes nothing. */
async function refresh(): Promise<void> {
	const readings: Readings | undefined = await fetch("/api/readings", { signal: AbortSignal.timeout(2000) })
		.then(response => response.json())
		.catch(() => undefined);
	if (readings) gauges.show(readings);
}

/** Adds the chart once the gauges are live. A failed load is repeated at the next message. */
async function addHistory(): Promise<void> {
	if (loading || !model.sensors.size || (model.link !== "live" && model.link !== "full")) return;
	loading = true;
	let chart: HistoryChart;
	try {
		const { HistoryChart }: typeof import("./history/chart.js") = await import(CHART_URL);
		chart = new HistoryChart({
			section: find("#history"),
			model,
			now: () => elapsed.now,
			onChange: () => view.request(),
		});
	} catch {
		loading = false;
		return;
	}
	gauges.onReading = (sensor, { event, at }) => chart.push(sensor, at, event.temperature, event.humidity);
	for (const { name, reading } of model.sensors.values()) if (reading) gauges.onReading(name, reading);
	view.extra = chart;
}

function follow(): void {
	view.draw();
	feed ??= new Feed(message => {
		if (take(model, message, elapsed.now)) void refresh();
		view.request();
		void addHistory();
	});
}

view.translate(find("#data"));
view.tab = new Tab(find("[rel=icon]"));
void first.then(follow);
setTimeout(follow, PATIENCE_MS);
setInterval(() => {
	feed?.check();
	view.request();
}, 1000);
addEventListener("pagehide", () => feed?.leave());
addEventListener("pageshow", ({ persisted }) => {
	if (persisted) feed?.join();
});
addEventListener("online", () => feed?.wake());
document.addEventListener("visibilitychange", () => {
	if (document.hidden) return;
	feed?.wake();
	view.draw();
});
