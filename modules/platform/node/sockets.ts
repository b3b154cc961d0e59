/** ECMA-419 TCP sockets over node:net that behave as the chip's do: a small send buffer, `would block`, `onError` on close. */

import { createServer, type Server, type Socket } from "node:net";
import type { Listener, ListenerConstructor, ListenerOptions, TCP, TCPOptions } from "../io.js";

/** What lwIP takes in before the peer has to wait, bytes (its TCP_WND). */
const receiveWindow = 5744;

/** How long a closed connection may take to hand over what was written to it, ms. */
const lingerMs = 2000;

/** A connection that waits in the listener, until `new tcp.constructor({ from: tcp, … })` takes it over. */
interface Accepted {
	socket: Socket | undefined;
	sendBuffer: number;
}

class NodeTCP implements TCP {
	target?: unknown;
	readonly remoteAddress: string | undefined;
	#accepted: Accepted;
	#options: TCPOptions | undefined;
	#unread: Buffer[] = [];
	#unreadLength = 0;
	#unsent = 0;
	#failed = false;
	/** Whether `onWritable` is about to be called. */
	#tells = false;

	constructor(options: TCPOptions | Accepted) {
		if (!("from" in options)) {
			this.#accepted = options;
			this.remoteAddress = options.socket?.remoteAddress;
			return;
		}
		if (!(options.from instanceof NodeTCP)) throw new Error("invalid from");
		const { socket, sendBuffer } = options.from.#accepted;
		if (!socket || options.from.#options) throw new Error("invalid from");
		options.from.#accepted.socket = undefined;
		this.#accepted = { socket, sendBuffer };
		this.remoteAddress = options.from.remoteAddress;
		if ("target" in options) this.target = options.target;
		this.#options = options;
		socket.on("data", bytes => this.#receive(bytes));
		socket.on("end", () => this.#fail());
		socket.on("close", () => this.#fail());
		setImmediate(() => this.#writable());
		socket.resume();
	}

	read(byteLength = this.#unreadLength): ArrayBuffer | undefined {
		const { socket } = this.#accepted;
		if (!socket) throw new Error("closed");
		if (this.#unreadLength === 0) return;
		if (byteLength <= 0 || byteLength > this.#unreadLength) throw new Error("invalid");
		const all = Buffer.concat(this.#unread);
		this.#unread = byteLength < all.length ? [all.subarray(byteLength)] : [];
		this.#unreadLength -= byteLength;
		if (this.#unreadLength === 0) {
			if (this.#failed) setImmediate(() => this.#reportError());
			else socket.resume();
		}
		return new Uint8Array(all.subarray(0, byteLength)).buffer;
	}

	write(bytes: Uint8Array | ArrayBuffer): number | undefined {
		const { socket, sendBuffer } = this.#accepted;
		if (!socket) throw new Error("closed");
		if (this.#failed) return;
		const copy = Buffer.from(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes));
		if (this.#unsent + copy.length > sendBuffer) throw new Error("would block");
		this.#unsent += copy.length;
		socket.write(copy, () => {
			this.#unsent -= copy.length;
			this.#tellRoom();
		});
		return sendBuffer - this.#unsent;
	}

	close(): void {
		const { socket } = this.#accepted;
		if (!socket) return;
		this.#accepted.socket = undefined;
		this.#options = undefined;
		this.#unread = [];
		socket.removeAllListeners("data");
		socket.resume();
		socket.destroySoon();
		const linger = setTimeout(() => socket.destroy(), lingerMs);
		socket.once("close", () => clearTimeout(linger));
	}

	/** Takes no more than the window; the rest waits in Node's socket. */
	#receive(bytes: Buffer): void {
		const { socket } = this.#accepted;
		const taken = bytes.subarray(0, receiveWindow - this.#unreadLength);
		this.#unread.push(taken);
		this.#unreadLength += taken.length;
		if (this.#unreadLength >= receiveWindow) socket?.pause();
		if (taken.length < bytes.length) socket?.unshift(bytes.subarray(taken.length));
		this.#options?.onReadable?.call(this, this.#unreadLength);
	}

	/** Tells once of all that the system has just taken. */
	#tellRoom(): void {
		if (this.#tells) return;
		this.#tells = true;
		process.nextTick(() => {
			this.#tells = false;
			this.#writable();
		});
	}

	#writable(): void {
		if (!this.#failed) this.#options?.onWritable?.call(this, this.#accepted.sendBuffer - this.#unsent);
	}

	/** As on lwIP, what was received is read before the error is told. */
	#fail(): void {
		if (this.#failed) return;
		this.#failed = true;
		if (this.#unreadLength === 0) this.#reportError();
	}

	#reportError(): void {
		this.#options?.onError?.call(this);
	}
}

/** A TCP server that listens already, and the addresses it was given. */
export interface Listening {
	server: Server;
	address: string;
	port: number;
}

/**
 * Opens the port, so that a busy one is known before the program starts.
 * @param limits `maxConnections`: connections beyond it are refused, as lwIP does.
 * @throws {Error} With Node's `code`: `EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`, …
 */
export function listen(address: string, port: number, limits: { maxConnections: number }): Promise<Listening> {
	const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true });
	server.maxConnections = limits.maxConnections;
	return new Promise((resolve, reject) => {
		server.once("error", reject);
		server.listen({ host: address, port }, () => {
			server.off("error", reject);
			const bound = server.address();
			if (bound === null || typeof bound === "string") return reject(new Error("not a TCP server"));
			resolve({ server, address: bound.address, port: bound.port });
		});
	});
}

/** The host's Listener class over a server that is open already: the `port` asked for has been bound by `listen`. */
export function listenerFor({ server }: Listening, { sendBuffer }: { sendBuffer: number }): ListenerConstructor {
	return class NodeListener implements Listener {
		target?: unknown;
		#waiting: TCP[] = [];
		#accept: (socket: Socket) => void;

		constructor(options: ListenerOptions) {
			if ("target" in options) this.target = options.target;
			this.#accept = socket => {
				// A reset is told by `close`; without a listener for `error` it would end the program.
				socket.on("error", () => {});
				this.#waiting.push(new NodeTCP({ socket, sendBuffer }));
				options.onReadable?.call(this, this.#waiting.length);
			};
			server.on("connection", this.#accept);
		}

		read(): TCP | undefined {
			return this.#waiting.shift();
		}

		close(): void {
			server.off("connection", this.#accept);
			server.close();
			for (const tcp of this.#waiting.splice(0)) tcp.close();
		}
	};
}
