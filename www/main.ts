// The page's script: shows the gauges with the first readings, then loads what keeps them up to date.

import type { Readings } from "../modules/api/schema.js";
import { Gauges } from "./gauges/gauges.js";

/** The URL of the script that keeps the gauges up to date, set by the build. */
declare const FEED_URL: string;

/** Fetched by the page's head; `undefined` when that failed. */
declare const first: Promise<Readings | undefined>;

/** The script is loaded once the first readings are shown in the reader's language, or after this many ms without. */
const PATIENCE_MS = 250;
/** From an attempt that failed to the next. */
const PAUSE_MS = 2000;

const gauges = new Gauges();
(globalThis as { gauges?: Gauges }).gauges = gauges;
const { model, view } = gauges;

/** Browsers keep a failure by its URL: each attempt has another one. */
function load(attempt: number): void {
	void import(attempt ? `${FEED_URL}?${attempt}` : FEED_URL).then(
		({ follow }: typeof import("./live.js")) => follow(gauges),
		() => {
			model.link = "lost";
			setTimeout(load, PAUSE_MS, attempt + 1);
		},
	);
}

const shown = first.then(readings => readings && gauges.show(readings)).then(() => view.ready);
void Promise.race([shown, new Promise(resolve => setTimeout(resolve, PATIENCE_MS))]).then(() => load(0));
setInterval(() => view.request(), 1000);
