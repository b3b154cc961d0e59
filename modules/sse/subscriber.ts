/** One client of the stream. */

import { Standing } from "../http/eviction.js";
import type { DetachedOwner } from "../http/response.js";
import type { TCP } from "../platform/io.js";
import type { Broadcaster } from "./broadcaster.js";

export class Subscriber implements DetachedOwner {
	readonly broadcaster: Broadcaster;
	/** The only sensor wanted; `undefined` for all. */
	readonly sensor: string | undefined;
	socket: TCP | undefined;
	/** Bytes that the socket takes now. */
	room = 0;
	/** The number of the first event that it has not been sent; 0 when it is up to date. */
	pending: number;
	/** Up to this number all events are sent, beyond it only the newest of each sensor. */
	replayUntil: number;
	/** When it last made progress. */
	since = 0;

	constructor(broadcaster: Broadcaster, sensor: string | undefined, owed: number, replay: number) {
		this.broadcaster = broadcaster;
		this.sensor = sensor;
		this.pending = owed;
		this.replayUntil = replay;
	}

	attach(socket: TCP, room: number): void {
		if (!this.broadcaster.awaits(this)) {
			socket.close();
			return;
		}
		this.socket = socket;
		this.room = room;
		if (this.pending) this.send();
	}

	/** A client has nothing to say. */
	receive(): void {
		try {
			this.socket?.read();
		} catch {
			this.close();
		}
	}

	send(): void {
		try {
			this.broadcaster.catchUp(this);
		} catch {
			// The peer has gone.
			this.close();
		}
	}

	check(now: number): void {
		this.broadcaster.check(this, now);
	}

	standing(): number {
		return Standing.stream;
	}

	close(): void {
		this.broadcaster.remove(this);
		this.socket?.close();
		this.socket = undefined;
	}
}
