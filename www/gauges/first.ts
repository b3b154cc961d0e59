// The page's first script: the gauges with the first readings, shown while the rest of the page is still under way.

import type { Readings } from "../../modules/api/schema.js";
import { Gauges } from "./gauges.js";

/** Asked for by the page's head; `undefined` where the device did not answer. */
declare const first: Promise<Readings | undefined>;

const gauges = new Gauges();
Object.assign(globalThis, { gauges });
void first.then(readings => readings && gauges.show(readings));
