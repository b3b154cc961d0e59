// The operations that have a budget in budgets.json: run on XS by tools/xs/costs.mjs.

import type { Cost } from "./costs.js";
import { alerts } from "./operations/alerts.js";
import { app } from "./operations/app.js";
import { cable } from "./operations/cable.js";
import { connections } from "./operations/connections.js";
import { datagrams } from "./operations/datagrams.js";
import { mqtt } from "./operations/mqtt.js";
import { requests } from "./operations/requests.js";
import { sensors } from "./operations/sensors.js";
import { streams } from "./operations/streams.js";

declare const tell: (costs: Record<string, Cost>) => void;

const operations: Record<string, () => Cost> = {
	...sensors,
	...streams,
	...requests,
	...datagrams,
	...connections,
	...mqtt,
	...alerts,
	...app,
	...cable,
};

const costs: Record<string, Cost> = {};
for (const [name, measure] of Object.entries(operations)) costs[name] = measure();
tell(costs);
