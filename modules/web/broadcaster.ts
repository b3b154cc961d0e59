/** Sends each event to every client of the stream; a slow client skips to the newest. */

import type { Clock, Text, Timer } from "../platform/types.js";
import { Answer, Refusal } from "./answer.js";
import { encodeEvent, type Hello, type SensorData, type SensorFault } from "./events.js";
import { parameter, type Request } from "./request.js";
import type { Handler } from "./routes.js";
import { Stream } from "./stream.js";

export interface BroadcasterOptions {
	clock: Clock;
	text: Text;
	/** Names this run of the device; the first part of each id. */
	boot: string;
	/** What a client is told first, as of now. */
	hello(): Hello;
	/** Most streams, from 1. @defaultValue 8 */
	limit?: number;
	/** Events kept for clients that return, from 1. @defaultValue 32 */
	ring?: number;
	/** @defaultValue 5000 */
	heartbeatMs?: number;
	/** A client that takes nothing for so long is dropped. @defaultValue 10000 */
	progressMs?: number;
	/** After which a browser returns. @defaultValue 1000 */
	retryMs?: number;
}

/** An event that was published. */
interface Published {
	number: number;
	sensor: string;
	bytes: Uint8Array;
}

/** The newest of a sensor. */
interface Newest {
	data: Published | undefined;
	/** Only while it is newer than `data`. */
	fault: Published | undefined;
}

export class Broadcaster implements Handler {
	readonly allow = "GET, HEAD";
	readonly counters = { streams: 0, refused: 0, evicted: 0 };
	#clock: Clock;
	#text: Text;
	/** What each id starts with. */
	#prefix: string;
	#hello: () => Hello;
	#limit: number;
	#progressMs: number;
	#retryMs: number;
	#streams: Stream[] = [];
	/** The event numbered n is at n % length. */
	#ring: (Published | undefined)[];
	#last = 0;
	#newest = new Map<string, Newest>();
	#timer: Timer | undefined;

	/** @throws {RangeError} An option is out of range. */
	constructor({
		clock,
		text,
		boot,
		hello,
		limit = 8,
		ring = 32,
		heartbeatMs = 5000,
		progressMs = 10000,
		retryMs = 1000,
	}: BroadcasterOptions) {
		for (const [key, value] of Object.entries({ limit, ring, heartbeatMs, progressMs, retryMs }))
			if (!Number.isInteger(value) || value < 1) throw new RangeError(`${key} ${value}: a whole number from 1`);
		this.#clock = clock;
		this.#text = text;
		this.#prefix = `${boot}-`;
		this.#hello = hello;
		this.#limit = limit;
		this.#progressMs = progressMs;
		this.#retryMs = retryMs;
		this.#ring = new Array(ring).fill(undefined);
		this.#timer = clock.repeat(() => this.#heartbeat(), heartbeatMs);
	}

	/** Streams open now. */
	get streams(): number {
		return this.#streams.length;
	}

	/** The id of the newest event; `null` before the first. */
	get lastEventId(): string | null {
		return this.#last === 0 ? null : `${this.#prefix}${this.#last}`;
	}

	publish(name: "sensor-data", data: SensorData): void;
	publish(name: "sensor-fault", data: SensorFault): void;
	publish(name: "sensor-data" | "sensor-fault", data: SensorData | SensorFault): void {
		const sensor = data.sensor;
		const number = ++this.#last;
		const bytes = encodeEvent(this.#text, name, data, this.#prefix + number);
		const published = { number, sensor, bytes };
		this.#ring[number % this.#ring.length] = published;
		const newest = this.#newest.get(sensor);
		if (!newest)
			this.#newest.set(
				sensor,
				name === "sensor-data" ? { data: published, fault: undefined } : { data: undefined, fault: published },
			);
		else if (name === "sensor-data") {
			newest.data = published;
			newest.fault = undefined;
		} else newest.fault = published;
		this.#send(bytes, sensor);
	}

	/** Ends every stream; nothing is sent afterwards. */
	close(): void {
		this.#clock.clear(this.#timer);
		this.#timer = undefined;
		for (const stream of this.#streams.slice()) stream.close();
	}

	/** Opens a stream. @throws {Refusal} 406; 503: there are as many as there may be. */
	answer(request: Request): Answer {
		const accept = request.fields.accept;
		if (accept !== undefined && !/text\/event-stream|text\/\*|\*\/\*/i.test(accept))
			throw new Refusal(406, "This is a text/event-stream.");
		if (this.#streams.length >= this.#limit) {
			this.counters.refused++;
			throw new Refusal(503, "All streams are in use: poll /api/readings.", "Retry-After: 10\r\n");
		}
		const returned = this.#numberOf(request.fields.lastEventId ?? parameter(request, "lastEventId"));
		const stream = new Stream(
			this,
			parameter(request, "sensor"),
			(returned ?? 0) + 1,
			returned === undefined ? 0 : this.#last,
		);
		const text = this.#text;
		const greeting = text.encode(`retry: ${this.#retryMs}\n\nevent: hello\ndata: ${JSON.stringify(this.#hello())}\n\n`);
		this.#streams.push(stream);
		this.counters.streams++;
		return new Answer(200, "Content-Type: text/event-stream\r\nCache-Control: no-cache\r\n", {
			bytes: greeting,
			takeover: stream,
		});
	}

	/** May be called for a stream that is gone. */
	remove(stream: Stream): void {
		const at = this.#streams.indexOf(stream);
		if (at >= 0) this.#streams.splice(at, 1);
	}

	/** Sends what `stream` is owed, as far as its socket takes it. */
	catchUp(stream: Stream): void {
		stream.since = this.#clock.ticks;
		for (;;) {
			const next = this.#next(stream);
			if (!next) {
				stream.owed = 0;
				return;
			}
			stream.owed = next.number;
			if (next.bytes.byteLength > stream.room) {
				stream.room = 0;
				return;
			}
			stream.owed++;
			stream.room = stream.socket?.write(next.bytes) ?? stream.gone();
		}
	}

	/** Drops `stream` if it makes no progress. */
	check(stream: Stream, now: number): void {
		if (stream.owed === 0 || now - stream.since < this.#progressMs) return;
		this.counters.evicted++;
		stream.close();
	}

	#heartbeat(): void {
		this.#send(encodeEvent(this.#text, "heartbeat", { uptimeMs: this.#clock.ticks }), undefined);
	}

	/** Writes to each stream that is up to date and has room; what cannot be written is owed. */
	#send(bytes: Uint8Array, sensor: string | undefined): void {
		const streams = this.#streams;
		const size = bytes.byteLength;
		let at = streams.length;
		while (at > 0)
			try {
				while (at > 0) {
					const stream = streams[--at]!;
					if (stream.sensor !== undefined && sensor !== undefined && stream.sensor !== sensor) continue;
					if (size <= stream.room) {
						stream.room = stream.socket!.write(bytes) ?? stream.gone();
					} else if (stream.owed === 0) {
						stream.owed = sensor === undefined ? this.#last + 1 : this.#last;
						stream.replay = 0;
						stream.since = this.#clock.ticks;
						stream.room = 0;
					}
				}
			} catch {
				// The peer has gone; the others have not.
				streams[at]!.close();
			}
	}

	/** The event that `stream` is to be sent next. */
	#next({ owed, replay, sensor }: Stream): Published | undefined {
		let next: Published | undefined;
		for (const { data, fault } of this.#newest.values()) {
			if (sensor !== undefined && (data ?? fault)?.sensor !== sensor) continue;
			if (data && data.number >= owed && (!next || data.number < next.number)) next = data;
			if (fault && fault.number >= owed && (!next || fault.number < next.number)) next = fault;
		}
		for (let number = Math.max(owed, this.#last - this.#ring.length + 1, 1); number <= replay; number++) {
			if (next && next.number <= number) break;
			const kept = this.#ring[number % this.#ring.length];
			if (kept && (sensor === undefined || kept.sensor === sensor)) return kept;
		}
		return next;
	}

	/** @returns The number in an id of this boot, `undefined` when it is not one. */
	#numberOf(id: string | undefined): number | undefined {
		if (!id?.startsWith(this.#prefix)) return undefined;
		const digits = id.slice(this.#prefix.length);
		const number = /^\d{1,15}$/.test(digits) ? Number(digits) : 0;
		return number >= 1 && number <= this.#last ? number : undefined;
	}
}
