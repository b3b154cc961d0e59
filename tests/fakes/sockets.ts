// Sockets in memory that behave as lwIP's do under the Moddable SDK: bounded buffers, callbacks from a queue, `would block`,
// an error that comes only after what was received has been read.

import type {
	Listener,
	ListenerConstructor,
	ListenerOptions,
	TCP,
	TCPCallbacks,
	TCPClientConstructor,
	TCPClientOptions,
	TCPOptions,
} from "../../modules/platform/io.js";
import { fromLatin1, latin1 } from "./text.js";

/** The other end of a connection, in the hands of the test. */
export class Peer {
	/** Whether what the device sends is read at once; while it is not, at most the send buffer is taken. */
	reading = true;
	/** How the device ended the connection: `reset` when it left bytes unread. */
	closed: "no" | "fin" | "reset" = "no";
	/** Bytes that the device has read. */
	taken = 0;
	/** All that has been received, a character a byte. */
	received = "";
	/** Write calls of the device. */
	writes = 0;
	#network: FakeNetwork;
	#link: Link;

	constructor(network: FakeNetwork, link: Link) {
		this.#network = network;
		this.#link = link;
	}

	/** Sends, a character a byte, and lets the device work until it is quiet. */
	send(bytes: string | Uint8Array): void {
		this.#link.arrive(typeof bytes === "string" ? latin1(bytes) : bytes);
		this.#network.settle();
	}

	/** Ends the connection as a process that exits does. */
	close(): void {
		this.#link.fail();
		this.#network.settle();
	}

	/** Ends the connection; the device has not been told yet when it next writes. */
	vanish(): void {
		this.#link.fail();
	}

	/** Reads at most `limit` bytes of what waits in the send buffer. */
	read(limit = Number.POSITIVE_INFINITY): void {
		this.#link.acknowledge(limit);
		this.#network.settle();
	}

	/** @returns What was received since the last call. */
	take(): string {
		const { received } = this;
		this.received = "";
		return received;
	}
}

/** What the stack keeps of a connection. */
class Link {
	readonly peer: Peer;
	tcp: FakeTCP | undefined;
	options: TCPCallbacks | undefined;
	closed = false;
	#network: FakeNetwork;
	#unread: Uint8Array[] = [];
	#sent: Uint8Array[] = [];
	#free: number;
	#failed = false;
	/** Whether the failure has been told. */
	#told = false;
	#triggered = { readable: false, writable: false, error: false };

	constructor(network: FakeNetwork) {
		this.#network = network;
		this.#free = network.sendBuffer;
		this.peer = new Peer(network, this);
		network.open.add(this);
	}

	get unread(): number {
		return this.#unread.reduce((sum, piece) => sum + piece.byteLength, 0);
	}

	adopt(tcp: FakeTCP, options: TCPCallbacks): void {
		this.tcp = tcp;
		this.options = options;
		this.#trigger("writable");
		if (this.unread > 0) this.#trigger("readable");
		if (this.#failed) this.#trigger("error");
	}

	refuse(tcp: FakeTCP, options: TCPCallbacks): void {
		this.tcp = tcp;
		this.options = options;
		this.fail();
	}

	read(requested = this.unread): ArrayBuffer | undefined {
		const available = this.unread;
		if (available === 0) return undefined;
		if (requested <= 0 || requested > available) throw new Error("invalid");
		const all = new Uint8Array(available);
		let at = 0;
		for (const piece of this.#unread) {
			all.set(piece, at);
			at += piece.byteLength;
		}
		this.#unread = requested < available ? [all.slice(requested)] : [];
		this.peer.taken += requested;
		if (this.#failed && this.#unread.length === 0) this.#trigger("error");
		return all.buffer.slice(0, requested);
	}

	write(bytes: Uint8Array): number | undefined {
		if (this.#told) throw new Error("not ready");
		if (this.#failed) return undefined;
		if (bytes.byteLength > this.#free) throw new Error("would block");
		this.#sent.push(bytes);
		this.#free -= bytes.byteLength;
		this.peer.writes++;
		this.#network.post(this);
		return this.#free;
	}

	close(): void {
		this.closed = true;
		this.#network.open.delete(this);
		if (this.peer.reading) this.acknowledge(Number.POSITIVE_INFINITY);
		this.peer.closed = this.unread > 0 ? "reset" : "fin";
	}

	arrive(bytes: Uint8Array): void {
		if (this.closed || this.#failed || bytes.byteLength === 0) return;
		this.#unread.push(bytes.slice());
		this.#trigger("readable");
	}

	fail(): void {
		this.#failed = true;
		this.#trigger("error");
	}

	acknowledge(limit: number): void {
		for (let left = limit; left > 0 && this.#sent.length > 0; ) {
			const piece = this.#sent.shift()!;
			const taken = piece.subarray(0, left);
			if (taken.byteLength < piece.byteLength) this.#sent.unshift(piece.subarray(taken.byteLength));
			this.peer.received += fromLatin1(taken);
			this.#free += taken.byteLength;
			left -= taken.byteLength;
			this.#trigger("writable");
		}
	}

	/** Calls back for what has happened since the last delivery, in lwIP's order. */
	deliver(): void {
		if (this.peer.reading && !this.#failed) this.acknowledge(Number.POSITIVE_INFINITY);
		const { readable, writable, error } = this.#triggered;
		this.#triggered = { readable: false, writable: false, error: false };
		const { tcp, options } = this;
		if (!tcp || !options || this.closed) return;
		if (readable && this.unread > 0) options.onReadable?.call(tcp, this.unread);
		if (this.closed) return;
		if (this.#failed) {
			if (!error || this.unread > 0) return;
			this.#told = true;
			options.onError?.call(tcp);
		} else if (writable && this.#free > 0) options.onWritable?.call(tcp, this.#free);
	}

	#trigger(what: "readable" | "writable" | "error"): void {
		this.#triggered[what] = true;
		this.#network.post(this);
	}
}

/** The device's end of a connection. */
class FakeTCP implements TCP {
	target?: unknown;
	readonly remoteAddress: string;
	#link: Link | undefined;

	constructor(options: TCPOptions | { link: Link; remoteAddress: string }) {
		if ("link" in options) {
			this.#link = options.link;
			this.remoteAddress = options.remoteAddress;
		} else {
			const from = options.from as FakeTCP;
			this.remoteAddress = from.remoteAddress;
			this.#link = from.#open();
			from.#link = undefined;
			this.target = options.target;
			this.#link.adopt(this, options);
		}
	}

	read(byteLength?: number): ArrayBuffer | undefined {
		return this.#open().read(byteLength);
	}

	write(bytes: Uint8Array | ArrayBuffer): number | undefined {
		return this.#open().write(new Uint8Array(bytes.slice(0)));
	}

	close(): void {
		this.#link?.close();
		this.#link = undefined;
	}

	#open(): Link {
		if (!this.#link) throw new Error("closed");
		return this.#link;
	}
}

/** A network of one device. */
export class FakeNetwork {
	readonly sendBuffer: number;
	readonly Listener: ListenerConstructor;
	/** Connections that the device has not closed. */
	readonly open = new Set<Link>();
	/** For connections that the device opens. */
	readonly TCP: TCPClientConstructor;
	/**
	 * Takes the other end of a connection that the device opens. @returns Whether it is up; `undefined` leaves it without a word.
	 * Without this all are refused.
	 */
	onDial: ((peer: Peer, options: TCPClientOptions) => boolean | undefined) | undefined;
	readonly #listeners = new Map<number, FakeListener>();
	#queue: Link[] = [];

	constructor({ sendBuffer = 5744 } = {}) {
		this.sendBuffer = sendBuffer;
		const listeners = this.#listeners;
		const network = this;
		this.TCP = class extends FakeTCP {
			constructor(options: TCPClientOptions) {
				const link = new Link(network);
				super({ link, remoteAddress: options.address });
				this.target = options.target;
				const isUp = network.onDial ? network.onDial(link.peer, options) : false;
				if (isUp) link.adopt(this, options);
				else if (isUp === false) link.refuse(this, options);
			}
		};
		this.Listener = class extends FakeListener {
			constructor(options: ListenerOptions) {
				if (listeners.has(options.port)) throw new Error(`port ${options.port} is in use`);
				super(options, () => listeners.delete(options.port));
				listeners.set(options.port, this);
			}
		};
	}

	/** @throws {Error} Nothing listens there. */
	connect(port = 80, remoteAddress = "192.0.2.9"): Peer {
		const listener = this.#listeners.get(port);
		if (!listener) throw new Error(`connection refused: ${port}`);
		const link = new Link(this);
		listener.arrive(new FakeTCP({ link, remoteAddress }));
		this.settle();
		return link.peer;
	}

	post(link: Link): void {
		if (!this.#queue.includes(link)) this.#queue.push(link);
	}

	/** Delivers callbacks until none is due. */
	settle(): void {
		for (let link = this.#queue.shift(); link; link = this.#queue.shift()) link.deliver();
	}
}

class FakeListener implements Listener {
	target?: unknown;
	#options: ListenerOptions;
	#waiting: FakeTCP[] = [];
	#onClose: () => void;

	constructor(options: ListenerOptions, onClose: () => void) {
		this.#options = options;
		this.#onClose = onClose;
		if (options.target !== undefined) this.target = options.target;
	}

	arrive(tcp: FakeTCP): void {
		this.#waiting.push(tcp);
		this.#options.onReadable?.call(this, this.#waiting.length);
	}

	read(): TCP | undefined {
		return this.#waiting.shift();
	}

	close(): void {
		this.#onClose();
	}
}
