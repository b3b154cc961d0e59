/** ECMA-419 TCP sockets over node:net that behave as the chip's do: a small send buffer, `would block`, `onError` on close. */

import { connect, isIP, type Socket } from "node:net";
import type { TCP, TCPCallbacks, TCPClientConstructor, TCPClientOptions, TCPOptions } from "../io.js";

/** What lwIP takes in before the peer has to wait, bytes (its TCP_WND). */
const receiveWindow = 5744;

/** How long a closed connection may take to hand over what was written to it, ms. */
const lingerMs = 2000;

/** A connection of Node's that waits in the listener, or is being opened. */
interface Connection {
	socket: Socket;
	/** Bytes. */
	sendBuffer: number;
	/** The peer's, where the connection is still being opened. */
	address?: string;
}

export class NodeTCP implements TCP {
	target?: unknown;
	readonly remoteAddress: string | undefined;
	#socket: Socket | undefined;
	#sendBuffer: number;
	#callbacks: TCPCallbacks | undefined;
	#unread: Buffer[] = [];
	#unreadLength = 0;
	#unsent = 0;
	#connected = false;
	#failed = false;
	/** What the callback under way has written; `undefined` while there is none. */
	#written: Buffer[] | undefined;
	/** Whether `onWritable` is about to be called. */
	#reports = false;

	/** With callbacks it is in use; without it it waits for `new tcp.constructor({ from: tcp, … })`. */
	constructor(options: TCPOptions | (Connection & { callbacks?: TCPCallbacks })) {
		const { socket, sendBuffer, address } = "from" in options ? adopt(options.from) : options;
		this.#socket = socket;
		this.#sendBuffer = sendBuffer;
		this.remoteAddress = "from" in options ? options.from.remoteAddress : (address ?? socket.remoteAddress);
		const callbacks = "from" in options ? options : options.callbacks;
		if (callbacks) this.#use(socket, callbacks);
	}

	/** For one that takes this over. @throws {Error} It is in use, or closed. */
	release(): Connection {
		const socket = this.#socket;
		if (!socket || this.#callbacks) throw new Error("invalid from");
		this.#socket = undefined;
		return { socket, sendBuffer: this.#sendBuffer };
	}

	read(byteLength = this.#unreadLength): ArrayBuffer | undefined {
		const socket = this.#open();
		if (this.#unreadLength === 0) return;
		if (byteLength <= 0 || byteLength > this.#unreadLength) throw new Error("invalid");
		const all = this.#unread.length === 1 ? this.#unread[0]! : Buffer.concat(this.#unread);
		this.#unread = byteLength < all.length ? [all.subarray(byteLength)] : [];
		this.#unreadLength -= byteLength;
		if (this.#unreadLength === 0) {
			if (this.#failed) setImmediate(() => this.#reportError());
			else socket.resume();
		}
		const { buffer, byteOffset } = all as Buffer<ArrayBuffer>;
		return byteLength === buffer.byteLength ? buffer : buffer.slice(byteOffset, byteOffset + byteLength);
	}

	write(bytes: Uint8Array | ArrayBuffer): number | undefined {
		this.#open();
		if (this.#failed) return;
		const copy = Buffer.from(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes));
		if (copy.length > this.#free) throw new Error("would block");
		this.#unsent += copy.length;
		if (this.#written) this.#written.push(copy);
		else this.#send(copy);
		return this.#free;
	}

	close(): void {
		const socket = this.#socket;
		if (!socket) return;
		this.#sendWritten();
		this.#socket = undefined;
		this.#callbacks = undefined;
		this.#unread = [];
		socket.resume();
		if (socket.connecting) socket.destroy();
		else socket.destroySoon();
		if (this.#unsent === 0) return;
		const linger = setTimeout(() => socket.destroy(), lingerMs);
		socket.once("close", () => clearTimeout(linger));
	}

	#use(socket: Socket, callbacks: TCPCallbacks): void {
		if ("target" in callbacks) this.target = callbacks.target;
		this.#callbacks = callbacks;
		socket.on("data", bytes => this.#receive(bytes));
		socket.on("end", () => this.#fail());
		socket.on("close", () => this.#fail());
		const connected = () => {
			this.#connected = true;
			this.#reportWritable();
		};
		if (socket.connecting) socket.once("connect", connected);
		else setImmediate(connected);
		socket.resume();
	}

	#open(): Socket {
		if (!this.#socket) throw new Error("closed");
		return this.#socket;
	}

	/** Bytes of the send buffer. */
	get #free(): number {
		return this.#connected ? this.#sendBuffer - this.#unsent : 0;
	}

	/** Takes no more than the window; the rest waits in Node's socket. */
	#receive(bytes: Buffer): void {
		if (!this.#socket) return;
		const free = receiveWindow - this.#unreadLength;
		const taken = bytes.length <= free ? bytes : bytes.subarray(0, free);
		this.#unread.push(taken);
		this.#unreadLength += taken.length;
		if (this.#unreadLength >= receiveWindow) this.#socket.pause();
		if (taken.length < bytes.length) this.#socket.unshift(bytes.subarray(taken.length));
		this.#call(this.#callbacks?.onReadable, this.#unreadLength);
	}

	/** As on lwIP, what a callback writes is sent as one once it has returned. */
	#call(callback: TCPCallbacks["onReadable"], byteLength: number): void {
		this.#written = [];
		try {
			callback?.call(this, byteLength);
		} finally {
			this.#sendWritten();
		}
	}

	#sendWritten(): void {
		const pieces = this.#written;
		this.#written = undefined;
		if (pieces && pieces.length > 0) this.#send(pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces));
	}

	#send(bytes: Buffer): void {
		this.#socket?.write(bytes, () => {
			this.#unsent -= bytes.length;
			this.#reportSent();
		});
	}

	/** Reports once all that the system has just taken. */
	#reportSent(): void {
		if (this.#reports) return;
		this.#reports = true;
		process.nextTick(() => {
			this.#reports = false;
			this.#reportWritable();
		});
	}

	#reportWritable(): void {
		if (!this.#failed) this.#call(this.#callbacks?.onWritable, this.#free);
	}

	/** As on lwIP, what was received is read before the error is reported. */
	#fail(): void {
		if (this.#failed) return;
		this.#failed = true;
		if (this.#unreadLength === 0) this.#reportError();
	}

	#reportError(): void {
		this.#callbacks?.onError?.call(this);
	}
}

function adopt(from: TCP): Connection {
	if (!(from instanceof NodeTCP)) throw new Error("invalid from");
	return from.release();
}

/** @throws {RangeError} The address or the port is none. */
function dial({ address, port }: TCPClientOptions): Socket {
	if (!isIP(address)) throw new RangeError("invalid address");
	if (!(port >= 1 && port <= 0xffff)) throw new RangeError("invalid port");
	const socket = connect({ host: address, port, allowHalfOpen: true, noDelay: true });
	// A failure is reported by `close`; without a listener for `error` it would end the program.
	return socket.on("error", () => {});
}

/**
 * The host's class for connections that the device opens.
 * @param limits `sendBuffer` in bytes; `maxOpen` connections at a time.
 */
export function tcpClient(limits: { sendBuffer: number; maxOpen: number }): TCPClientConstructor {
	let open = 0;
	return class NodeClient extends NodeTCP {
		#closed = false;

		constructor(options: TCPClientOptions) {
			if (open >= limits.maxOpen) throw new Error("too many connections");
			const { address } = options;
			super({ socket: dial(options), sendBuffer: limits.sendBuffer, address, callbacks: options });
			open++;
		}

		override close(): void {
			if (!this.#closed) open--;
			this.#closed = true;
			super.close();
		}
	};
}
