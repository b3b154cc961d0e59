/** Sends each event to every client of the stream; a slow client skips to the newest. */

import { ACCEPT, type FieldRule, fieldRule } from "../http/field-rules.js";
import type { Handler } from "../http/handler.js";
import { parameter, type Request } from "../http/request.js";
import { HTTPError, Response } from "../http/response.js";
import type { Clock, Timer } from "../platform/clock.js";
import { EventLog, type EventLogOptions } from "./event-log.js";
import { type Publisher, Subscriber } from "./subscriber.js";

export interface BroadcasterOptions extends EventLogOptions {
	clock: Clock;
	/** Data of `hello`, the first event of each stream, as of now. */
	hello(): object;
	/** Data of `heartbeat`, as of now. */
	heartbeat(): object;
	/** The query parameter that narrows a stream to one key. @defaultValue none */
	keyParameter?: string;
	/** The text of 503, where all streams are in use. @defaultValue "All streams are in use." */
	busy?: string;
	/** Most streams, from 1. @defaultValue 8 */
	limit?: number;
	/** @defaultValue 5000 */
	heartbeatMs?: number;
	/** A client that takes nothing for so long is evicted. @defaultValue 10000 */
	progressMs?: number;
	/** After which a browser returns. @defaultValue 1000 */
	retryMs?: number;
}

/** The header fields that a broadcaster reads; for `fields` of the server. */
export const STREAM_FIELDS: readonly FieldRule[] = Object.freeze([ACCEPT, fieldRule("last-event-id", 64)], true);

/** The longest key that narrows a stream, UTF-16 units: it is kept as long as the stream. */
const MAX_KEY = 128;
/** Media ranges of `Accept` that allow a stream. */
const ACCEPTED: readonly string[] = Object.freeze(["text/event-stream", "text/*", "*/*"]);

export class Broadcaster implements Handler, Publisher {
	readonly allow = "GET, HEAD";
	readonly counters = { streams: 0, refused: 0, evicted: 0 };
	readonly clock: Clock;
	readonly log: EventLog;
	readonly progressMs: number;
	#options: BroadcasterOptions;
	#limit: number;
	#retryMs: number;
	#subscribers: Subscriber[] = [];
	#timer: Timer | undefined;

	/** @throws {RangeError} An option is out of range. */
	constructor(options: BroadcasterOptions) {
		const { clock, limit = 8, heartbeatMs = 5000, progressMs = 10000, retryMs = 1000 } = options;
		for (const [key, value] of Object.entries({ limit, heartbeatMs, progressMs, retryMs }))
			if (!Number.isInteger(value) || value < 1) throw new RangeError(`${key} ${value}: a whole number from 1`);
		this.log = new EventLog(options);
		this.clock = clock;
		this.progressMs = progressMs;
		this.#options = options;
		this.#limit = limit;
		this.#retryMs = retryMs;
		this.#timer = clock.repeat(() => this.#beat(), heartbeatMs);
	}

	/** Streams open now. */
	get streams(): number {
		return this.#subscribers.length;
	}

	/** The id of the newest event; `null` before the first. */
	get lastEventId(): string | null {
		return this.log.lastId;
	}

	/**
	 * Sends an event to all clients but those that asked for another key.
	 * @param event Its name, without line breaks. @param key Names what it is about. @param data Becomes JSON.
	 * @param topic Where several events of one name and key are to be kept for newcomers: tells them apart.
	 */
	publish(event: string, key: string, data: object, topic?: string): void {
		const bytes = this.log.append(event, key, data, topic);
		this.#send(bytes, key, this.log.last);
	}

	/** Forgets the events of keys other than `keys`, which are gone. */
	keepOnly(keys: readonly string[]): void {
		this.log.keepOnly(keys);
	}

	/** Ends every stream; nothing is sent afterwards. */
	close(): void {
		this.clock.clear(this.#timer);
		this.#timer = undefined;
		this.endStreams();
	}

	/** Ends every stream; their clients may return. */
	endStreams(): void {
		for (const subscriber of [...this.#subscribers]) subscriber.close();
	}

	/** Opens a stream. @returns 404 for a key that no event can have; 406; 503 where there are as many as there may be, which after `close` is none. */
	handle(request: Request): Response | HTTPError {
		const options = this.#options;
		const { keyParameter, busy = "All streams are in use." } = options;
		const accept = request.fields.accept?.toLowerCase();
		if (accept !== undefined && !ACCEPTED.some(type => accept.includes(type)))
			return new HTTPError(406, "This is a text/event-stream.");
		if (!this.#timer || this.streams >= this.#limit) {
			this.counters.refused++;
			return new HTTPError(503, busy, "Retry-After: 10\r\n");
		}
		const key = keyParameter === undefined ? undefined : parameter(request, keyParameter);
		if (key !== undefined && key.length > MAX_KEY)
			return new HTTPError(404, `${keyParameter}: no event has a key of more than ${MAX_KEY} characters.`);
		const returned = this.log.numberOf(request.fields["last-event-id"] ?? parameter(request, "lastEventId"));
		const subscriber = new Subscriber(this, key, (returned ?? 0) + 1, returned === undefined ? 0 : this.log.last);
		const hello = JSON.stringify(options.hello());
		const greeting = options.text.encode(`retry: ${this.#retryMs}\n\nevent: hello\ndata: ${hello}\n\n`);
		this.#subscribers.push(subscriber);
		this.counters.streams++;
		return new Response(200, "Content-Type: text/event-stream\r\nCache-Control: no-cache\r\n", {
			bytes: greeting,
			detach: subscriber,
		});
	}

	remove(subscriber: Subscriber): void {
		const at = this.#subscribers.indexOf(subscriber);
		if (at >= 0) this.#subscribers.splice(at, 1);
	}

	#beat(): void {
		const options = this.#options;
		const bytes = options.text.encode(`event: heartbeat\ndata: ${JSON.stringify(options.heartbeat())}\n\n`);
		this.#send(bytes, undefined, this.log.last + 1);
	}

	/**
	 * Writes an event to each stream that is up to date. One that cannot take it falls behind.
	 * @param key `undefined` for all. @param number The event's, or the next one's where it has none.
	 */
	#send(bytes: Uint8Array, key: string | undefined, number: number): void {
		const subscribers = this.#subscribers;
		const length = bytes.byteLength;
		let at = subscribers.length;
		// One `try` for all: one for each stream would take a third of the time of its write.
		while (at > 0)
			try {
				while (at > 0) {
					const subscriber = subscribers[--at]!;
					if (subscriber.pending !== 0) continue;
					if (subscriber.key !== undefined && key !== undefined && subscriber.key !== key) continue;
					if (subscriber.writable < length) subscriber.fallBehind(number);
					else subscriber.writable = subscriber.socket!.write(bytes) ?? 0;
				}
			} catch {
				subscribers[at]!.fallBehind(number);
			}
	}
}
