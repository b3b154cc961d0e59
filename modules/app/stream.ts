/** The device's events, as its broadcaster has to know them. */

import type { BroadcasterOptions } from "../sse/broadcaster.js";

export const streamOptions = Object.freeze(
	{
		/** Between two heartbeats, ms. */
		heartbeatMs: 5000,
		// A fault counts while it is newer than the reading.
		supersedes: { "sensor-data": ["sensor-fault"] },
		// Eight sensors with a reading, a fault and four alerts each.
		topics: 48,
		keyParameter: "sensor",
		busy: "All streams are in use: poll /api/readings.",
	} satisfies Partial<BroadcasterOptions>,
	true,
);
