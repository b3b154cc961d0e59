/** The events that clients may still be sent: the last ones, and of each name and key the newest. */

import type { Text } from "../platform/text.js";

export interface EventLogOptions {
	text: Text;
	/** Identifies this run of the program; the first part of each id, without line breaks. */
	boot: string;
	/**
	 * By event: those of the same key that a newer one of it makes needless to newcomers, besides the ones of its own name.
	 * @defaultValue none
	 */
	supersedes?: Readonly<Record<string, readonly string[]>>;
	/** Last events kept for clients that return, from 1: the oldest is dropped. @defaultValue 32 */
	ring?: number;
	/** Pairs of event and key whose newest event is kept, from 1: the one published longest ago is dropped. @defaultValue 32 */
	topics?: number;
}

/** How far a client has come. */
export interface Cursor {
	/** The number of the first event that is to be sent. */
	pending: number;
	/** Up to this number all events are sent, beyond it only the newest. */
	readonly replayUntil: number;
	/** The only key whose events are sent; `undefined` for all. */
	readonly key: string | undefined;
}

/** A pair of event and key, with the newest of its events. */
interface Topic {
	readonly event: string;
	readonly key: string;
	/** Tells it from others of the same event and key; absent where there are none. */
	readonly name?: string;
	number: number;
	/** JSON. */
	data: string;
}

/** Keeps events as JSON: their bytes are made again for a client that was not sent them, for they take more memory. */
export class EventLog {
	#text: Text;
	/** The first part of each id. */
	#prefix: string;
	#supersedes: Readonly<Record<string, readonly string[]>>;
	#maxTopics: number;
	/** The event numbered n is at n % length, and so is its topic; `undefined` where its key is gone. */
	#ring: (string | undefined)[];
	#ringTopics: (Topic | undefined)[];
	/** Those whose newest event is not superseded. */
	#topics: Topic[] = [];
	#last = 0;

	/** @throws {RangeError} An option is out of range. */
	constructor({ text, boot, supersedes = {}, ring = 32, topics = 32 }: EventLogOptions) {
		for (const [key, value] of Object.entries({ ring, topics }))
			if (!Number.isInteger(value) || value < 1) throw new RangeError(`${key} ${value}: a whole number from 1`);
		this.#text = text;
		this.#prefix = `${boot}-`;
		this.#supersedes = supersedes;
		this.#maxTopics = topics;
		this.#ring = new Array(ring).fill(undefined);
		this.#ringTopics = new Array(ring).fill(undefined);
	}

	/** The number of the newest event; 0 before the first. */
	get last(): number {
		return this.#last;
	}

	/** The id of the newest event; `null` before the first. */
	get lastId(): string | null {
		return this.#last === 0 ? null : `${this.#prefix}${this.#last}`;
	}

	/** @returns The number of an event of this boot, `undefined` where `id` is no such event's. */
	numberOf(id: string | undefined): number | undefined {
		if (!id?.startsWith(this.#prefix) || id.length > this.#prefix.length + 15) return undefined;
		const digits = id.slice(this.#prefix.length);
		const number = /^[1-9]\d{0,14}$/.test(digits) ? Number(digits) : 0;
		return number >= 1 && number <= this.#last ? number : undefined;
	}

	/** @param name Of each event, key and name the newest is kept. @returns The event as it is sent. */
	append(event: string, key: string, data: object, name?: string): Uint8Array {
		const json = JSON.stringify(data);
		const number = ++this.#last;
		const topic = this.#topic(event, key, name);
		topic.number = number;
		topic.data = json;
		const ring = this.#ring;
		const at = number % ring.length;
		ring[at] = json;
		this.#ringTopics[at] = topic;
		return this.#encode(number, event, json);
	}

	/** Drops the events of keys other than `keys`. */
	keepOnly(keys: readonly string[]): void {
		this.#topics = this.#topics.filter(topic => keys.includes(topic.key));
		for (const [at, topic] of this.#ringTopics.entries()) {
			if (!topic || keys.includes(topic.key)) continue;
			this.#ring[at] = undefined;
			this.#ringTopics[at] = undefined;
		}
	}

	/** @returns The first event from `cursor.pending` on, which becomes its number; `undefined` when there is none. */
	next(cursor: Cursor): Uint8Array | undefined {
		const { pending, replayUntil, key } = cursor;
		const ring = this.#ring;
		const newest = this.#first(pending, key);
		const until = newest ? Math.min(replayUntil, newest.number - 1) : replayUntil;
		for (let number = Math.max(pending, this.#last - ring.length + 1); number <= until; number++) {
			const at = number % ring.length;
			const topic = this.#ringTopics[at];
			if (!topic || (key !== undefined && topic.key !== key)) continue;
			cursor.pending = number;
			return this.#encode(number, topic.event, ring[at]!);
		}
		if (!newest) return undefined;
		cursor.pending = newest.number;
		return this.#encode(newest.number, newest.event, newest.data);
	}

	/** @returns The topic of `event`, `key` and `name`, whose superseded topics are dropped. */
	#topic(event: string, key: string, name: string | undefined): Topic {
		const topics = this.#topics;
		let found: Topic | undefined;
		for (let at = topics.length - 1; at >= 0; at--) {
			const topic = topics[at]!;
			if (topic.key !== key) continue;
			if (topic.event !== event) {
				if (this.#supersedes[event]?.includes(topic.event)) topics.splice(at, 1);
			} else if (topic.name === name) found = topic;
		}
		if (found) return found;
		if (topics.length === this.#maxTopics) topics.splice(topics.indexOf(this.#first(0, undefined)!), 1);
		const topic: Topic = { event, key, number: 0, data: "", ...(name !== undefined && { name }) };
		topics.push(topic);
		return topic;
	}

	/** @returns Of the newest events the first that is numbered `from` or later, and is of `key` where that is given. */
	#first(from: number, key: string | undefined): Topic | undefined {
		let first: Topic | undefined;
		for (const topic of this.#topics) {
			if (topic.number < from || (first && topic.number > first.number)) continue;
			if (key === undefined || topic.key === key) first = topic;
		}
		return first;
	}

	#encode(number: number, event: string, data: string): Uint8Array {
		// In XS, `concat` makes one string, and a template one for each of its pieces.
		return this.#text.encode("id: ".concat(this.#prefix, String(number), "\nevent: ", event, "\ndata: ", data, "\n\n"));
	}
}
