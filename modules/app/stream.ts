/** The device's events, as its broadcaster has to know them. */

import type { Heartbeat } from "../api/schema.js";
import type { Settings } from "../config/settings.js";
import type { Clock } from "../platform/clock.js";
import type { Host } from "../platform/host.js";
import type { Text } from "../platform/text.js";
import type { BroadcasterOptions, RestrictedEvents } from "../sse/broadcaster.js";

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

/** The components that the stream tells of; each is looked up when it is needed. */
export interface StreamSources {
	readonly host: Host;
	readonly configuration: { readonly settings: Settings };
	/** Names this run of the device. */
	readonly bootId: string;
	readonly report: { hello(): object };
	readonly logEvents: RestrictedEvents;
}

/** A class for its methods, which are in flash: an object with closures would take 500 bytes of the heap. */
export class StreamOptions implements BroadcasterOptions {
	readonly #sources: StreamSources;

	constructor(sources: StreamSources) {
		this.#sources = sources;
	}

	get clock(): Clock {
		return this.#sources.host.clock;
	}

	get text(): Text {
		return this.#sources.host.text;
	}

	get boot(): string {
		return this.#sources.bootId;
	}

	get restricted(): RestrictedEvents {
		return this.#sources.logEvents;
	}

	get limit(): number {
		return this.#sources.configuration.settings.maxStreams;
	}

	get progressMs(): number {
		return this.#sources.configuration.settings.progressMs;
	}

	get heartbeatMs(): number {
		return streamOptions.heartbeatMs;
	}

	get supersedes() {
		return streamOptions.supersedes;
	}

	get topics(): number {
		return streamOptions.topics;
	}

	get keyParameter(): string {
		return streamOptions.keyParameter;
	}

	get busy(): string {
		return streamOptions.busy;
	}

	hello(): object {
		return this.#sources.report.hello();
	}

	heartbeat(): Heartbeat {
		return { uptimeMs: this.clock.ticks };
	}
}
