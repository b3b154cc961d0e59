/** Sends each event to every client of the stream; a slow client skips to the newest. */

import { ACCEPT, type FieldRule, fieldRule } from "../http/field-rules.js";
import type { Handler } from "../http/handler.js";
import { parameter, type Request } from "../http/request.js";
import { HTTPError, Response } from "../http/response.js";
import type { Clock, Timer } from "../platform/clock.js";
import type { TCP } from "../platform/io.js";
import { EventLog, type EventLogOptions } from "./event-log.js";
import { type Publisher, Subscriber } from "./subscriber.js";
import { writeAll } from "./write-all.js";

/** Events that some clients alone get. */
export interface RestrictedEvents {
	/** Their name, without line breaks. */
	readonly event: string;
	/** What the right to them depends on, as of now; `undefined` while nobody has it. A stream has it no more once this changes. */
	readonly key: string | undefined;
	/** Whether the sender of `request` has the right. */
	allows(request: Request): boolean;
	/** Data of what is sent first to a client that has it. */
	newest(): readonly object[];
}

export interface BroadcasterOptions extends EventLogOptions {
	clock: Clock;
	/** Data of `hello`, the first event of each stream, as of now. */
	hello(): object;
	/** Data of `heartbeat`, as of now. */
	heartbeat(): object;
	/** The query parameter that narrows a stream to one key. @defaultValue none */
	keyParameter?: string;
	/** @defaultValue none */
	restricted?: RestrictedEvents;
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

/** An event without an id. */
const encode = (event: string, data: object) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** Streams that are up to date. */
interface UpToDate {
	/** Of those that get every event. */
	readonly sockets: readonly TCP[];
	/** Those that asked for one key. */
	readonly narrowed: readonly Subscriber[];
}

/** At rest nothing is kept. */
const NOBODY: UpToDate = Object.freeze({ sockets: [], narrowed: [] }, true);

const socketsOf = (subscribers: readonly Subscriber[]) => subscribers.map(({ socket }) => socket!);

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
	/** Those that are up to date; `undefined` after a change, until the next event. */
	#upToDate: UpToDate | undefined;
	#timer: Timer | undefined;
	/** Those that get restricted events, all by the same key. Absent while there are none: at rest nothing is kept. */
	#restricted: { readonly key: string; readonly subscribers: Subscriber[] } | undefined;

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

	/** Pages of other origins in the local network may read the stream. */
	get isShared(): true {
		return true;
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
		this.#send(bytes, key, 0);
	}

	/**
	 * Sends a restricted event to the streams that have the right to it and are up to date. It has no id, and is kept nowhere: a stream that
	 * is behind never gets it.
	 */
	publishRestricted(data: object): void {
		const { restricted, text } = this.#options;
		const subscribers = this.#entitled;
		if (!restricted || !subscribers) return;
		const upToDate = subscribers.filter(({ pending }) => pending === 0);
		writeAll(socketsOf(upToDate), text.encode(encode(restricted.event, data)));
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
		const first = `retry: ${this.#retryMs}\n\nevent: hello\ndata: ${hello}\n\n`;
		const greeting = options.text.encode(first + this.#entitle(request, subscriber));
		this.#subscribers.push(subscriber);
		this.counters.streams++;
		return new Response(200, "Content-Type: text/event-stream\r\nCache-Control: no-cache\r\nVary: Origin\r\n", {
			bytes: greeting,
			detach: subscriber,
		});
	}

	change(): void {
		this.#upToDate = undefined;
	}

	remove(subscriber: Subscriber): void {
		this.#upToDate = undefined;
		const at = this.#subscribers.indexOf(subscriber);
		if (at >= 0) this.#subscribers.splice(at, 1);
		const entitled = this.#restricted?.subscribers;
		const index = entitled?.indexOf(subscriber) ?? -1;
		if (index >= 0) entitled!.splice(index, 1);
		if (entitled?.length === 0) this.#restricted = undefined;
	}

	/** The streams that are up to date. */
	#findUpToDate(): UpToDate {
		const subscribers = this.#subscribers;
		if (subscribers.length === 0) return NOBODY;
		const sockets: TCP[] = [];
		const narrowed: Subscriber[] = [];
		for (let at = 0; at < subscribers.length; at++) {
			const subscriber = subscribers[at]!;
			if (subscriber.pending !== 0) continue;
			if (subscriber.key === undefined) sockets.push(subscriber.socket!);
			else narrowed.push(subscriber);
		}
		this.#upToDate = { sockets, narrowed };
		return this.#upToDate;
	}

	/** The streams that have the right to restricted events now. */
	get #entitled(): Subscriber[] | undefined {
		if (this.#restricted?.key !== this.#options.restricted?.key) this.#restricted = undefined;
		return this.#restricted?.subscribers;
	}

	/** Notes the stream's right to restricted events. @returns Those it gets first; empty without the right. */
	#entitle(request: Request, subscriber: Subscriber): string {
		const { restricted } = this.#options;
		const key = restricted?.key;
		if (!restricted || key === undefined || request.method !== "GET" || !restricted.allows(request)) return "";
		const subscribers = this.#entitled ?? [];
		subscribers.push(subscriber);
		this.#restricted = { key, subscribers };
		return restricted
			.newest()
			.map(data => encode(restricted.event, data))
			.join("");
	}

	#beat(): void {
		const options = this.#options;
		const bytes = options.text.encode(encode("heartbeat", options.heartbeat()));
		this.#send(bytes, undefined, 1);
	}

	/**
	 * Writes an event to each stream that is up to date. One that cannot take it falls behind.
	 * @param key `undefined` for all. @param ahead 0 for the newest event of the log, 1 for one without an id, which comes after it.
	 */
	#send(bytes: Uint8Array, key: string | undefined, ahead: 0 | 1): void {
		const { sockets, narrowed } = this.#upToDate ?? this.#findUpToDate();
		let behind = writeAll(sockets, bytes);
		if (narrowed.length > 0) {
			const asked = narrowed.filter(subscriber => key === undefined || subscriber.key === key);
			behind = [...behind, ...writeAll(socketsOf(asked), bytes)];
		}
		for (let at = 0; at < behind.length; at++) (behind[at]!.target as Subscriber).fallBehind(this.log.last + ahead);
	}
}
