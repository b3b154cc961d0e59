/** One client of the stream: writes events to its socket, and notes which are pending. */

import type { DetachedOwner } from "../http/response.js";
import { Standing } from "../http/standing.js";
import type { Clock } from "../platform/clock.js";
import type { TCP } from "../platform/io.js";
import type { Cursor, EventLog } from "./event-log.js";

/** The sender of events, as its subscribers see it. */
export interface Publisher {
	readonly clock: Clock;
	/** A subscriber whose socket takes nothing for so long is evicted, ms. */
	readonly progressMs: number;
	readonly counters: { evicted: number };
	readonly log: EventLog;
	/** A subscriber is up to date, or is no more. */
	change(): void;
	/** May be called for a subscriber that is gone. */
	remove(subscriber: Subscriber): void;
}

/** Its fields are not private: a private field takes more memory. */
export class Subscriber implements DetachedOwner, Cursor {
	/** `undefined` once it is closed. */
	publisher: Publisher | undefined;
	readonly key: string | undefined;
	socket: TCP | undefined = undefined;
	/** Bytes that the socket takes now. */
	writable = 0;
	/** 0 when it is up to date; not before it has a socket. */
	pending: number;
	readonly replayUntil: number;
	/** When it last made progress, or events became pending. */
	since = 0;

	constructor(publisher: Publisher, key: string | undefined, pending: number, replayUntil: number) {
		this.publisher = publisher;
		this.key = key;
		this.pending = pending;
		this.replayUntil = replayUntil;
	}

	attach(socket: TCP, writable: number): void {
		if (!this.publisher) {
			socket.close();
			return;
		}
		this.socket = socket;
		this.writable = writable;
		this.send();
	}

	/** Discards what the client sends. */
	receive(): void {
		try {
			this.socket?.read();
		} catch {
			this.close();
		}
	}

	/** Notes that it was not sent the event `number`. */
	fallBehind(number: number): void {
		this.pending = number;
		this.publisher!.change();
		this.since = this.publisher!.clock.ticks;
	}

	/** Sends pending events, as many as the socket takes. */
	send(): void {
		const { publisher, socket } = this;
		if (!publisher || !socket) return;
		this.since = publisher.clock.ticks;
		try {
			for (let bytes = publisher.log.next(this); bytes; bytes = publisher.log.next(this)) {
				if (bytes.byteLength > this.writable) return;
				const writable = socket.write(bytes);
				if (writable === undefined) return;
				this.writable = writable;
				this.pending++;
			}
			this.pending = 0;
			publisher.change();
		} catch {
			// The peer has gone.
			this.close();
		}
	}

	check(now: number): void {
		const { publisher } = this;
		if (!publisher || this.pending === 0 || now - this.since < publisher.progressMs) return;
		publisher.counters.evicted++;
		this.close();
	}

	standing(): number {
		return Standing.stream;
	}

	close(): void {
		this.publisher?.remove(this);
		this.publisher = undefined;
		this.socket?.close();
		this.socket = undefined;
	}
}
