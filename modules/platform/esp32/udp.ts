import Socket from "embedded:io/socket/udp";
import type { Datagram, UDP, UDPOptions } from "../io.js";

/** What lwIP's class has, more than its typings say. */
interface Lwip {
	read(): (ArrayBuffer & { readonly address: string; readonly port: number }) | undefined;
	write(bytes: Uint8Array, address: string, port: number): void;
	/** Joins a multicast group on every interface that is up. */
	add(group: string): void;
	remove(group: string): void;
	close(): void;
}

/** Datagrams over lwIP. */
export class LwipUDP implements UDP {
	target?: unknown;
	#socket: Lwip | undefined;
	#group: string | undefined;

	constructor(options: UDPOptions) {
		const { port, group, onReadable } = options;
		if ("target" in options) this.target = options.target;
		this.#socket = new Socket({ port, onReadable: () => onReadable?.call(this) }) as unknown as Lwip;
		if (group === undefined) return;
		this.#group = group;
		this.#socket.add(group);
	}

	read(): Datagram | undefined {
		const buffer = this.#open().read();
		return buffer && { bytes: new Uint8Array(buffer), address: buffer.address, port: buffer.port };
	}

	write(bytes: Uint8Array, address: string, port: number): void {
		this.#open().write(bytes, address, port);
	}

	close(): void {
		const socket = this.#socket;
		this.#socket = undefined;
		if (this.#group !== undefined) socket?.remove(this.#group);
		socket?.close();
	}

	#open(): Lwip {
		if (!this.#socket) throw new Error("closed");
		return this.#socket;
	}
}
