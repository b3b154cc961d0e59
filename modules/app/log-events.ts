/** The lines of the log as events of the stream, for those who have shown the password. */

import type { LogEvent } from "../api/schema.js";
import type { Access } from "../auth/access.js";
import type { Request } from "../http/request.js";
import type { Log, LogLine, LogListener } from "../log/log.js";
import type { Broadcaster, RestrictedEvents } from "../sse/broadcaster.js";

/** Used of the app, once it is whole. */
interface Sources {
	readonly access: Access;
	readonly log: Log;
	readonly broadcaster: Broadcaster;
}

/** A class for its methods, which are in flash: closures would take 1 KB of the heap. */
export class LogEvents implements RestrictedEvents, LogListener {
	readonly #sources: Sources;

	constructor(sources: Sources) {
		this.#sources = sources;
	}

	get event(): string {
		return "log";
	}

	get key(): string | undefined {
		return this.#sources.access.readerKey;
	}

	allows(request: Request): boolean {
		return this.#sources.access.isReader(request);
	}

	newest(): readonly LogEvent[] {
		return this.#sources.log.lines.map(logEvent);
	}

	onLine(line: LogLine): void {
		this.#sources.broadcaster.publishRestricted(logEvent(line));
	}
}

function logEvent({ ticks, ...line }: LogLine): LogEvent {
	return { uptimeMs: ticks, ...line };
}
