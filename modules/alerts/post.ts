/** Sends one request over a connection of its own, and reads the status of the response: nothing else of it is kept. */

import { isUnicast } from "../config/addresses.js";
import type { Clock, Timer } from "../platform/clock.js";
import type { Resolve, TCP, TCPClientConstructor } from "../platform/io.js";

/** Time for the name, for the connection, and from then on for the status, ms. */
const resolveMs = 5000;
const connectMs = 5000;
const responseMs = 10_000;
/** Bytes of the response that are read at most: a status, and interim responses before it (RFC 9110, 15.2). */
const maxHead = 256;

export interface PostOptions {
	clock: Clock;
	TCP: TCPClientConstructor;
	resolve: Resolve;
	/** An IPv4 address or a name. */
	host: string;
	port: number;
	request: Uint8Array;
	/**
	 * Called once.
	 * @param status Of the response; a sentence where there is none. @param sent Whether the receiver may have seen some of the request.
	 */
	onEnd(status: number | string, sent: boolean): void;
}

export class Post {
	#options: PostOptions;
	#socket: TCP | undefined;
	#timer: Timer | undefined;
	#written = 0;
	/** The beginning of the response, a character a byte. */
	#head = "";
	#closed = false;

	constructor(options: PostOptions) {
		this.#options = options;
		this.#limit(resolveMs, "no name server responds");
		try {
			options.resolve(options.host, address => this.#dial(address));
		} catch (error) {
			// `onEnd` may not come before the constructor has returned.
			this.#limit(0, (error as Error).message);
		}
	}

	/** May be called twice. `onEnd` does not follow. */
	close(): void {
		this.#closed = true;
		this.#options.clock.clear(this.#timer);
		this.#socket?.close();
		this.#socket = undefined;
	}

	/** For the socket's callback. @param free Bytes that the socket takes. */
	write(free: number): void {
		const { request } = this.#options;
		if (this.#closed || this.#written === request.byteLength) return;
		if (this.#written === 0) this.#limit(responseMs, "no response");
		const piece = request.subarray(this.#written, this.#written + free);
		this.#written += piece.byteLength;
		try {
			this.#socket?.write(piece);
		} catch (error) {
			this.end((error as Error).message);
		}
	}

	/** For the socket's callback. @param unread Bytes that have arrived. */
	receive(unread: number): void {
		if (this.#closed) return;
		const bytes = this.#read(Math.min(unread, maxHead - this.#head.length));
		for (let at = 0; at < bytes.byteLength; at++) this.#head += String.fromCharCode(bytes[at]!);
		const status = statusOf(this.#head);
		if (status !== undefined) this.end(status === 0 ? "the response is no HTTP" : status);
		else if (this.#head.length >= maxHead) this.end("the response has no status");
	}

	/** For the socket's callback, too. */
	end(status: number | string = this.#written === 0 ? "no connection" : "no response"): void {
		if (this.#closed) return;
		const sent = this.#written > 0;
		this.close();
		this.#options.onEnd(status, sent);
	}

	/** @returns None where the connection has failed: `onError` follows. */
	#read(byteLength: number): Uint8Array {
		try {
			return new Uint8Array(this.#socket?.read(byteLength) ?? new ArrayBuffer(0));
		} catch {
			return new Uint8Array(0);
		}
	}

	#dial(address: string | undefined): void {
		if (this.#closed) return;
		if (address === undefined) {
			this.end("no such name");
			return;
		}
		if (!isUnicast(address)) {
			this.end(`${address} is the address of no host`);
			return;
		}
		const { TCP, port } = this.#options;
		this.#limit(connectMs, "no connection");
		try {
			this.#socket = new TCP({ address, port, target: this, onWritable, onReadable, onError });
		} catch (error) {
			this.end((error as Error).message);
		}
	}

	#limit(ms: number, reason: string): void {
		const { clock } = this.#options;
		clock.clear(this.#timer);
		this.#timer = clock.set(() => this.end(reason), ms);
	}
}

/** @returns The status of the first response that is no interim one; 0 for what is no HTTP; `undefined` while it is not there. */
function statusOf(head: string): number | undefined {
	if (head.length < 12) return undefined;
	const [, digits] = /^HTTP\/1\.[01] ([1-9]\d\d)/.exec(head.slice(0, 12)) ?? [];
	const status = Number(digits ?? 0);
	if (status === 0 || status >= 200) return status;
	const end = head.indexOf("\r\n\r\n");
	return end < 0 ? undefined : statusOf(head.slice(end + 4));
}

function onWritable(this: TCP, free: number): void {
	(this.target as Post).write(free);
}

function onReadable(this: TCP, unread: number): void {
	(this.target as Post).receive(unread);
}

function onError(this: TCP): void {
	(this.target as Post).end();
}
