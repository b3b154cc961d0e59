// The page's first script: shows the gauges with the first readings while the rest of the page is loading.

import type { Readings } from "../../modules/api/schema.js";
import { Gauges } from "./gauges.js";

/** Fetched by the page's head; `undefined` when that failed. */
declare const first: Promise<Readings | undefined>;

const gauges = new Gauges();
Object.assign(globalThis, { gauges });
void first.then(readings => readings && gauges.show(readings));
