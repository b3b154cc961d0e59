/** Sends each event to every client of the stream; a slow client skips to the newest. */

import type { Heartbeat, Hello, SensorData, SensorFault } from "../api/schema.js";
import type { Handler } from "../http/handler.js";
import { parameter, type Request } from "../http/request.js";
import { HTTPError, Response } from "../http/response.js";
import type { Clock, Timer } from "../platform/clock.js";
import type { Text } from "../platform/text.js";
import { Subscriber } from "./subscriber.js";

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

/** The newest event of a sensor. */
interface Newest {
	readonly sensor: string;
	number: number;
	bytes: Uint8Array;
}

/** What comes between the id and the data of an event. */
const INTRO = Object.freeze(
	{
		"sensor-data": "\nevent: sensor-data\ndata: ",
		"sensor-fault": "\nevent: sensor-fault\ndata: ",
	},
	true,
);
/** What of `Accept` admits a stream. */
const ACCEPTED: readonly string[] = Object.freeze(["text/event-stream", "text/*", "*/*"]);
/** What ends it. */
const END = "\n\n";

export class Broadcaster implements Handler {
	readonly allow = "GET, HEAD";
	readonly counters = { streams: 0, refused: 0, evicted: 0 };
	#clock: Clock;
	#text: Text;
	/** What each id starts with. */
	#prefix: string;
	/** What each event with an id starts with. */
	#start: string;
	#hello: () => Hello;
	#limit: number;
	#progressMs: number;
	#retryMs: number;
	/** The streams that are sent each event as it comes… */
	#current: Subscriber[] = [];
	/** …and the streams that want only one sensor, or are owed something. */
	#others: Subscriber[] = [];
	/** The event numbered n is at n % length, and so is its sensor; nothing is where the sensor is gone. */
	#ring: (Uint8Array | undefined)[];
	#ringSensors: (string | undefined)[];
	#last = 0;
	/** The newest of each sensor, by name of the event. */
	#newest = { "sensor-data": new Map<string, Newest>(), "sensor-fault": new Map<string, Newest>() };
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
		this.#start = `id: ${boot}-`;
		this.#hello = hello;
		this.#limit = limit;
		this.#progressMs = progressMs;
		this.#retryMs = retryMs;
		this.#ring = new Array(ring).fill(undefined);
		this.#ringSensors = new Array(ring).fill(undefined);
		this.#timer = clock.repeat(() => this.#heartbeat(), heartbeatMs);
	}

	/** Streams open now. */
	get streams(): number {
		return this.#current.length + this.#others.length;
	}

	/** The id of the newest event; `null` before the first. */
	get lastEventId(): string | null {
		return this.#last === 0 ? null : `${this.#prefix}${this.#last}`;
	}

	publish(name: "sensor-data", data: SensorData): void;
	publish(name: "sensor-fault", data: SensorFault): void;
	publish(name: "sensor-data" | "sensor-fault", data: SensorData | SensorFault): void {
		const number = ++this.#last;
		const sensor = data.sensor;
		const bytes = this.#text.encode(this.#start.concat(String(number), INTRO[name], JSON.stringify(data), END));
		const at = number % this.#ring.length;
		this.#ring[at] = bytes;
		this.#ringSensors[at] = sensor;
		const newest = this.#newest[name];
		const earlier = newest.get(sensor);
		if (earlier) {
			earlier.number = number;
			earlier.bytes = bytes;
		} else newest.set(sensor, { sensor, number, bytes });
		this.#send(bytes, sensor);
	}

	/** Forgets the events of sensors other than `sensors`, which are gone. */
	keepOnly(sensors: readonly string[]): void {
		for (const newest of Object.values(this.#newest))
			for (const sensor of [...newest.keys()]) if (!sensors.includes(sensor)) newest.delete(sensor);
		for (const [at, sensor] of this.#ringSensors.entries()) {
			if (sensor === undefined || sensors.includes(sensor)) continue;
			this.#ring[at] = undefined;
			this.#ringSensors[at] = undefined;
		}
	}

	/** Ends every stream; nothing is sent afterwards. */
	close(): void {
		this.#clock.clear(this.#timer);
		this.#timer = undefined;
		this.endStreams();
	}

	/** Ends every stream; their clients may return. */
	endStreams(): void {
		for (const stream of [...this.#current, ...this.#others]) stream.close();
	}

	/** Whether `stream`, which has no socket yet, has not been ended. */
	awaits(stream: Subscriber): boolean {
		return this.#others.includes(stream);
	}

	/** Opens a stream. @returns 406; 503 where there are as many as there may be, which after `close` is none. */
	handle(request: Request): Response | HTTPError {
		const accept = request.fields.accept?.toLowerCase();
		if (accept !== undefined && !ACCEPTED.some(type => accept.includes(type)))
			return new HTTPError(406, "This is a text/event-stream.");
		if (!this.#timer || this.streams >= this.#limit) {
			this.counters.refused++;
			return new HTTPError(503, "All streams are in use: poll /api/readings.", "Retry-After: 10\r\n");
		}
		const returned = this.#numberOf(request.fields.lastEventId ?? parameter(request, "lastEventId"));
		const stream = new Subscriber(
			this,
			parameter(request, "sensor"),
			(returned ?? 0) + 1,
			returned === undefined ? 0 : this.#last,
		);
		const text = this.#text;
		const greeting = text.encode(`retry: ${this.#retryMs}\n\nevent: hello\ndata: ${JSON.stringify(this.#hello())}\n\n`);
		this.#others.push(stream);
		this.counters.streams++;
		return new Response(200, "Content-Type: text/event-stream\r\nCache-Control: no-cache\r\n", {
			bytes: greeting,
			detach: stream,
		});
	}

	/** May be called for a stream that is gone. */
	remove(stream: Subscriber): void {
		if (!drop(this.#others, stream)) drop(this.#current, stream);
	}

	/** Sends what `stream` is owed, as far as its socket takes it. @throws {Error} The socket's. */
	catchUp(stream: Subscriber): void {
		const { socket } = stream;
		if (!socket) return;
		stream.since = this.#clock.ticks;
		for (let bytes = this.#next(stream); bytes; bytes = this.#next(stream)) {
			if (bytes.byteLength > stream.room) return;
			const room = socket.write(bytes);
			if (room === undefined) return;
			stream.pending++;
			stream.room = room;
		}
		stream.pending = 0;
		if (stream.sensor === undefined && drop(this.#others, stream)) this.#current.push(stream);
	}

	/** Drops `stream` if it makes no progress. */
	check(stream: Subscriber, now: number): void {
		if (stream.pending === 0 || now - stream.since < this.#progressMs) return;
		this.counters.evicted++;
		stream.close();
	}

	#heartbeat(): void {
		const data: Heartbeat = { uptimeMs: this.#clock.ticks };
		this.#send(this.#text.encode(`event: heartbeat\ndata: ${JSON.stringify(data)}\n\n`), undefined);
	}

	/** Writes to each stream that is up to date; one whose socket has no room is owed what it could not take, one that failed tells it. */
	#send(bytes: Uint8Array, sensor: string | undefined): void {
		const current = this.#current;
		const length = bytes.byteLength;
		let at = current.length;
		while (at > 0)
			try {
				while (at > 0) {
					const stream = current[--at]!;
					if (stream.room < length) this.#fallBack(at, sensor);
					else stream.room = stream.socket!.write(bytes) ?? 0;
				}
			} catch {
				this.#fallBack(at, sensor);
			}
		if (this.#others.length) this.#sendOthers(bytes, sensor);
	}

	/** The stream at `at` did not get the newest event. */
	#fallBack(at: number, sensor: string | undefined): void {
		const [stream] = this.#current.splice(at, 1);
		this.#others.push(stream!);
		this.#owe(stream!, sensor);
	}

	#sendOthers(bytes: Uint8Array, sensor: string | undefined): void {
		for (let at = this.#others.length - 1; at >= 0; at--) {
			const stream = this.#others[at]!;
			if (stream.pending !== 0 || !stream.socket || (sensor !== undefined && stream.sensor !== sensor)) continue;
			try {
				if (stream.room < bytes.byteLength) this.#owe(stream, sensor);
				else stream.room = stream.socket.write(bytes) ?? 0;
			} catch {
				this.#owe(stream, sensor);
			}
		}
	}

	/** Notes that `stream` did not get the newest event, which is of `sensor`, or a heartbeat. */
	#owe(stream: Subscriber, sensor: string | undefined): void {
		stream.pending = sensor === undefined ? this.#last + 1 : this.#last;
		stream.since = this.#clock.ticks;
	}

	/** @returns The event that `stream` is to be sent next, whose number is what it is owed from now on. */
	#next(stream: Subscriber): Uint8Array | undefined {
		const { pending: owed, replayUntil: replay, sensor } = stream;
		const { "sensor-data": readings, "sensor-fault": faults } = this.#newest;
		let next: Newest | undefined;
		for (const newest of [readings, faults])
			for (const event of newest.values()) {
				if (event.number < owed || (next && event.number > next.number)) continue;
				if (sensor !== undefined && event.sensor !== sensor) continue;
				// A fault counts while it is newer than the reading.
				if (event.number >= (readings.get(event.sensor)?.number ?? 0)) next = event;
			}
		for (let number = Math.max(owed, this.#last - this.#ring.length + 1, 1); number <= replay; number++) {
			if (next && next.number <= number) break;
			const at = number % this.#ring.length;
			const bytes = this.#ring[at];
			if (!bytes || (sensor !== undefined && this.#ringSensors[at] !== sensor)) continue;
			stream.pending = number;
			return bytes;
		}
		if (next) stream.pending = next.number;
		return next?.bytes;
	}

	/** @returns The number in an id of this boot, `undefined` when it is not one. */
	#numberOf(id: string | undefined): number | undefined {
		if (!id?.startsWith(this.#prefix) || id.length > this.#prefix.length + 15) return undefined;
		const digits = id.slice(this.#prefix.length);
		const number = /^[1-9]\d{0,14}$/.test(digits) ? Number(digits) : 0;
		return number >= 1 && number <= this.#last ? number : undefined;
	}
}

/** @returns Whether `item` was among `items`. */
function drop<Item>(items: Item[], item: Item): boolean {
	const at = items.indexOf(item);
	if (at >= 0) items.splice(at, 1);
	return at >= 0;
}
