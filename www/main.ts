// The page's second script: keeps the gauges up to date, and adds the chart.

import type { Readings } from "../modules/api/schema.js";
import type { Gauges } from "./gauges/gauges.js";
import { Tab } from "./gauges/tab.js";
import type { History } from "./history/chart.js";
import { Feed } from "./stream/feed.js";
import { take } from "./stream/intake.js";

/** Where the build has put the chart. */
declare const CHART_URL: string;

/** Of the page's first script. */
declare const gauges: Gauges;
/** Of the page's head: the first readings, which the first script shows. */
declare const first: Promise<unknown>;

/** The gauges are drawn and the stream is joined with the first readings, or after this many ms without. */
const PATIENCE_MS = 250;

const { elapsed, model, view } = gauges;
const find = <Found extends Element = HTMLElement>(selector: string) => document.querySelector<Found>(selector)!;
let loading = false;
let feed: Feed | undefined;

/** Shows what the device has now; nothing where it does not answer in time. */
async function ask(): Promise<void> {
	const readings: Readings | undefined = await fetch("/api/readings", { signal: AbortSignal.timeout(2000) })
		.then(answer => answer.json())
		.catch(() => undefined);
	if (readings) gauges.show(readings);
}

/** Adds the chart, once the gauges live; tried again after a failure. */
async function addHistory(): Promise<void> {
	if (loading || !model.sensors.size || (model.link !== "live" && model.link !== "full")) return;
	loading = true;
	let history: History;
	try {
		const { History }: typeof import("./history/chart.js") = await import(CHART_URL);
		history = new History({
			place: find("#history"),
			model,
			now: () => elapsed.now,
			onChange: () => view.request(),
		});
	} catch {
		loading = false;
		return;
	}
	gauges.onReading = (sensor, { event, at }) => history.push(sensor, at, event.temperature, event.humidity);
	for (const { name, reading } of model.sensors.values()) if (reading) gauges.onReading(name, reading);
	view.extra = history;
}

function follow(): void {
	view.draw();
	feed ??= new Feed(message => {
		if (take(model, message, elapsed.now)) void ask();
		view.request();
		void addHistory();
	});
}

view.translate(find("#data"));
view.tab = new Tab(find("[rel=icon]"));
void first.then(follow);
setTimeout(follow, PATIENCE_MS);
setInterval(() => {
	feed?.look();
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
