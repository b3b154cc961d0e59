// The gauge page: joins what it knows (the model), where it comes from (the feed) and what is seen (the view).

import type { Readings, SensorData } from "../modules/web/events.js";
import type { History } from "./chart.js";
import { Elapsed } from "./elapsed.js";
import { Feed } from "./feed.js";
import { type Dated, Model } from "./model.js";
import { Preferences } from "./preferences.js";
import { View } from "./view.js";

/** Where the build has put the chart. */
declare const CHART_URL: string;

/** Asked for by the page's head, while the rest of the page is under way; `undefined` where the device did not answer. */
declare const first: Promise<Readings | undefined>;

/** The gauges are drawn and the stream is joined with the first readings, or after this many ms without. */
const PATIENCE_MS = 250;

let history: History | undefined;
let loading = false;
let feed: Feed | undefined;
const elapsed = new Elapsed();
const preferences = new Preferences(store(), navigator.languages);
const model = new Model((sensor, reading) => remember(sensor.name, reading));
const view = new View({ model, preferences, now: () => elapsed.now });

function store(): Storage | undefined {
	try {
		return localStorage;
	} catch {
		return undefined;
	}
}

/** @returns What the device has now; `undefined` where it does not answer in time. */
async function get(): Promise<Readings | undefined> {
	try {
		return await (await fetch("/api/readings", { signal: AbortSignal.timeout(2000) })).json();
	} catch {
		return undefined;
	}
}

async function show(asked: Promise<Readings | undefined>): Promise<void> {
	const readings = await asked;
	if (!readings) return;
	model.readings(readings, elapsed.now);
	if (preferences.suggest(readings)) view.apply();
	else view.request();
}

/** Adds the chart, once the gauges live; tried again after a failure. */
async function addHistory(): Promise<void> {
	if (loading || !model.sensors.size || (model.link !== "live" && model.link !== "full")) return;
	loading = true;
	try {
		const { History }: typeof import("./chart.js") = await import(CHART_URL);
		history = new History({
			place: document.querySelector<HTMLElement>("#history")!,
			model,
			now: () => elapsed.now,
			onChange: () => view.request(),
		});
	} catch {
		loading = false;
		return;
	}
	for (const { name, reading } of model.sensors.values()) if (reading) remember(name, reading);
	view.extra = history;
}

function remember(name: string, { event, at }: Dated<SensorData>): void {
	history?.push(name, at, event.temperature, event.humidity);
}

function follow(): void {
	view.draw();
	feed ??= new Feed(message => {
		if (model.take(message, elapsed.now)) void show(get());
		view.request();
		void addHistory();
	});
}

void show(first).then(follow);
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
