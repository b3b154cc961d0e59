// Sockets that do next to nothing, so that what is measured is the server and not they. The peer takes whatever is sent at once.

import type { Clock } from "../../modules/platform/clock.js";
import type { Listener, ListenerOptions, TCP, TCPOptions } from "../../modules/platform/io.js";

/** Bytes that a socket takes before the peer acknowledges them, as on an ESP32-S3, C3 or C6. */
export const window = 5744;

/** The callbacks of all sockets, which the server shares between them. */
let callbacks: TCPOptions | undefined;
let listening: { listener: BenchListener; options: ListenerOptions } | undefined;
let taken: BenchTCP | undefined;

export class BenchTCP implements TCP {
	target: unknown;
	remoteAddress: string | undefined;
	unread: ArrayBuffer | undefined;
	room = window;

	constructor(options?: TCPOptions) {
		if (!options) return;
		this.target = options.target;
		callbacks = options;
		taken = this;
	}

	read(): ArrayBuffer | undefined {
		const bytes = this.unread;
		this.unread = undefined;
		return bytes;
	}

	write(bytes: Uint8Array): number {
		this.room -= bytes.byteLength;
		if (this.room < 0) throw new Error("would block");
		return this.room;
	}

	close(): void {}

	/** Bytes arrive. */
	receive(bytes: ArrayBuffer): void {
		this.unread = bytes;
		callbacks?.onReadable?.call(this, bytes.byteLength);
	}

	/** The peer acknowledges all that was sent. */
	acknowledge(): void {
		this.room = window;
		callbacks?.onWritable?.call(this, window);
	}

	/** The peer leaves. */
	leave(): void {
		callbacks?.onError?.call(this);
	}
}

export class BenchListener implements Listener {
	target: unknown;
	waiting: BenchTCP | undefined;

	constructor(options: ListenerOptions) {
		this.target = options.target;
		listening = { listener: this, options };
	}

	read(): TCP | undefined {
		const tcp = this.waiting;
		this.waiting = undefined;
		return tcp;
	}

	close(): void {}
}

/** A client connects to the listener made last. @returns The device's end. */
export function connect(): BenchTCP {
	const { listener, options } = listening!;
	listener.waiting = new BenchTCP();
	options.onReadable?.call(listener, 1);
	taken!.acknowledge();
	return taken!;
}

/** Stands still; what is set on it comes when it is called. */
export class BenchClock implements Clock {
	ticks = 1000;
	time: number | undefined;
	/** What was set last. */
	due: (() => void) | undefined;

	set(callback: () => void): object {
		this.due = callback;
		return this;
	}

	repeat(): object {
		return this;
	}

	clear(): void {}
}
