// The gauge page: joins what it knows (the model), where it comes from (the feed) and what is seen (the view).

import type { SensorData } from "../modules/web/events.js";
import type { History } from "./chart.js";
import { Elapsed } from "./elapsed.js";
import { Feed } from "./feed.js";
import { type Dated, Model } from "./model.js";
import { Preferences } from "./preferences.js";
import { View } from "./view.js";

/** Where the build has put the chart. */
declare const CHART_URL: string;

let history: History | undefined;
let loading = false;
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

async function ask(): Promise<void> {
	const answer = await fetch("/api/readings", { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
	if (!answer?.ok) return;
	model.readings(await answer.json(), elapsed.now);
	view.draw();
}

/** Adds the chart, once the gauges live; tried again after a failure. */
async function addHistory(): Promise<void> {
	if (loading || !model.sensors.size || (model.link !== "live" && model.link !== "full")) return;
	loading = true;
	try {
		const { History }: typeof import("./chart.js") = await import(CHART_URL);
		history = new History({
			place: document.querySelector<HTMLElement>("#history")!,
			gapMs: () => 3 * model.intervalMs,
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

void ask();
const feed = new Feed(message => {
	if (model.take(message, elapsed.now)) void ask();
	view.request();
	void addHistory();
});

setInterval(() => {
	feed.look();
	view.request();
}, 1000);
addEventListener("pagehide", () => feed.leave());
addEventListener("pageshow", ({ persisted }) => {
	if (persisted) feed.join();
});
addEventListener("online", () => feed.wake());
document.addEventListener("visibilitychange", () => {
	if (document.hidden) return;
	feed.wake();
	view.draw();
});
