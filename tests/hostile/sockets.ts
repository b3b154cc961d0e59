// Sockets with a chip's windows that keep nothing but what a read brings: what is measured is the server's.

import type { Listener, ListenerOptions, TCP, TCPOptions } from "../../modules/platform/io.js";

/** Bytes that a socket takes, and brings at once, as on an ESP32-S3, C3 or C6. */
export const window = 5744;

export class WindowTCP implements TCP {
	target: unknown;
	readonly remoteAddress: string | undefined;
	/** Whether what is sent is acknowledged. */
	reading = true;
	closed = false;
	/** Of the newest answer; 0 before it. */
	status = 0;
	/** Of all answers, each with a space behind it. */
	statuses = "";
	/** Bytes that the device has sent. */
	sent = 0;
	room = window;
	#unread: Uint8Array | undefined;
	#options: TCPOptions | undefined;

	constructor(options: TCPOptions | { remoteAddress: string }) {
		if ("remoteAddress" in options) {
			this.remoteAddress = options.remoteAddress;
			return;
		}
		const from = options.from as WindowTCP;
		this.remoteAddress = from.remoteAddress;
		this.target = options.target;
		this.#options = options;
		from.taken = this;
	}

	/** Whether the device leaves unread what it was sent. */
	get isFull(): boolean {
		return this.#unread !== undefined;
	}

	/** What took it over. */
	taken: WindowTCP | undefined;

	read(byteLength?: number): ArrayBuffer | undefined {
		const bytes = this.#unread;
		if (!bytes) return undefined;
		const count = byteLength ?? bytes.byteLength;
		this.#unread = count < bytes.byteLength ? bytes.subarray(count) : undefined;
		return bytes.slice(0, count).buffer as ArrayBuffer;
	}

	write(bytes: Uint8Array | ArrayBuffer): number {
		if (bytes.byteLength > this.room) throw new Error("would block");
		this.#look(bytes as Uint8Array);
		this.sent += bytes.byteLength;
		this.room -= bytes.byteLength;
		return this.room;
	}

	/** Every answer begins a write of its own. */
	#look(bytes: Uint8Array): void {
		if (bytes[0] !== 72 || bytes[4] !== 47 || bytes[8] !== 32) return;
		this.status = (bytes[9]! - 48) * 100 + (bytes[10]! - 48) * 10 + bytes[11]! - 48;
		this.statuses += `${this.status} `;
	}

	close(): void {
		this.closed = true;
	}

	/** Sends `bytes` as far as the device reads them. */
	send(bytes: Uint8Array): void {
		for (let at = 0; at < bytes.byteLength && !this.closed && !this.#unread; at += window) {
			this.#unread = bytes.subarray(at, at + window);
			this.#options?.onReadable?.call(this, this.#unread.byteLength);
			this.acknowledge();
		}
	}

	/** Takes what the device has sent, and what it then sends. */
	acknowledge(): void {
		while (this.reading && !this.closed && this.room < window) this.take(window);
	}

	/** Takes at most `count` bytes. */
	take(count: number): void {
		this.room = Math.min(window, this.room + count);
		this.#options?.onWritable?.call(this, this.room);
	}

	leave(): void {
		this.#unread = undefined;
		if (!this.closed) this.#options?.onError?.call(this);
	}
}

/** The one that a device made last. */
export class WindowListener implements Listener {
	static newest: WindowListener | undefined;
	target: unknown;
	#options: ListenerOptions;
	#waiting: WindowTCP | undefined;

	constructor(options: ListenerOptions) {
		this.#options = options;
		this.target = options.target;
		WindowListener.newest = this;
	}

	read(): TCP | undefined {
		const tcp = this.#waiting;
		this.#waiting = undefined;
		return tcp;
	}

	close(): void {}

	/** @returns The device's end of a new connection, as it reads and writes it. */
	connect(remoteAddress: string): WindowTCP {
		const tcp = new WindowTCP({ remoteAddress });
		this.#waiting = tcp;
		this.#options.onReadable?.call(this, 1);
		const taken = tcp.taken ?? tcp;
		taken.take(0);
		return taken;
	}
}
