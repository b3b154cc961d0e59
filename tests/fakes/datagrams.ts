import type { Datagram, UDP, UDPConstructor, UDPOptions } from "../../modules/platform/io.js";

/** A datagram that the device sent. */
export interface Sent extends Datagram {
	/** Of the socket it left through. */
	from: number;
}

/** Sockets in memory: what the device sends is kept, what the test sends arrives at once. */
export class FakeDatagrams {
	readonly UDP: UDPConstructor;
	readonly sent: Sent[] = [];
	/** Makes the constructor or `write` throw. */
	failing: "open" | "write" | undefined;
	#sockets = new Set<FakeUDP>();

	constructor() {
		const datagrams = this;
		this.UDP = class extends FakeUDP {
			constructor(options: UDPOptions) {
				super(datagrams, options);
			}
		};
	}

	/** Ports that are open. */
	get open(): number[] {
		return [...this.#sockets].map(socket => socket.port);
	}

	/** Groups that are joined. */
	get groups(): (string | undefined)[] {
		return [...this.#sockets].map(socket => socket.group);
	}

	/** Delivers `bytes` to the socket on `port`. */
	arrive(port: number, bytes: Uint8Array, address = "192.0.2.9", from = 50_000): void {
		for (const socket of this.#sockets) if (socket.port === port) socket.arrive({ bytes, address, port: from });
	}

	/** @returns What was sent since the last call. */
	take(): Sent[] {
		return this.sent.splice(0);
	}

	register(socket: FakeUDP): void {
		if (this.failing === "open" || this.open.includes(socket.port)) throw new Error(`port ${socket.port} is in use`);
		this.#sockets.add(socket);
	}

	deregister(socket: FakeUDP): void {
		this.#sockets.delete(socket);
	}
}

class FakeUDP implements UDP {
	target?: unknown;
	readonly port: number;
	readonly group: string | undefined;
	#datagrams: FakeDatagrams;
	#onReadable: UDPOptions["onReadable"];
	#waiting: Datagram[] = [];
	#closed = false;

	constructor(datagrams: FakeDatagrams, { port, group, target, onReadable }: UDPOptions) {
		this.#datagrams = datagrams;
		this.port = port || 49_152;
		this.group = group;
		this.target = target;
		this.#onReadable = onReadable;
		datagrams.register(this);
	}

	arrive(datagram: Datagram): void {
		this.#waiting.push(datagram);
		this.#onReadable?.call(this);
	}

	read(): Datagram | undefined {
		if (this.#closed) throw new Error("closed");
		return this.#waiting.shift();
	}

	write(bytes: Uint8Array, address: string, port: number): void {
		if (this.#closed) throw new Error("closed");
		if (this.#datagrams.failing === "write") throw new Error("UDP send failed");
		this.#datagrams.sent.push({ bytes: bytes.slice(), address, port, from: this.port });
	}

	close(): void {
		this.#closed = true;
		this.#datagrams.deregister(this);
	}
}
