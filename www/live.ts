// Keeps the gauges up to date, and adds the chart: loaded once the first readings are shown. The hub of all tabs is in it.

import type { Readings } from "../modules/api/schema.js";
import type { Gauges } from "./gauges/gauges.js";
import { take } from "./gauges/intake.js";
import { Feed } from "./stream/feed.js";

/** The URL of the chart's script, set by the build. */
declare const CHART_URL: string;

let loading = false;
/** Loads of the chart that failed. */
let failures = 0;

/** Fetches and shows the readings; a failure changes nothing. */
async function refresh(gauges: Gauges): Promise<void> {
	const readings: Readings | undefined = await fetch("/api/readings", { signal: AbortSignal.timeout(2000) })
		.then(response => response.json())
		.catch(() => undefined);
	if (readings) gauges.show(readings);
}

/**
 * Adds the chart once the gauges are live. A failed load is repeated at the next message; browsers keep a failure by its
 * URL, so that each attempt has another one.
 */
async function addHistory(gauges: Gauges): Promise<void> {
	const { elapsed, model, view } = gauges;
	if (loading || !model.sensors.size || (model.link !== "live" && model.link !== "full")) return;
	loading = true;
	try {
		const { HistoryChart }: typeof import("./history/chart.js") = await import(
			failures ? `${CHART_URL}?${failures}` : CHART_URL
		);
		const chart = new HistoryChart({
			section: document.querySelector("#history")!,
			model,
			now: () => elapsed.now,
			onChange: () => view.request(),
		});
		gauges.onReading = (sensor, { event, at }) => chart.push(sensor, at, event.temperature, event.humidity);
		for (const { name, reading } of model.sensors.values()) if (reading) gauges.onReading(name, reading);
		view.extra = chart;
	} catch {
		failures++;
		loading = false;
	}
}

export function follow(gauges: Gauges): void {
	const { elapsed, model, view } = gauges;
	const feed = new Feed(message => {
		if (take(model, message, elapsed.now)) void refresh(gauges);
		view.request();
		void addHistory(gauges);
	});
	view.translate(document);
	view.draw();
	setInterval(() => feed.check(), 1000);
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
}
