import Socket from "embedded:io/socket/udp";
import type { Datagram, UDP, UDPOptions } from "../types.js";

/** Datagrams over lwIP. */
export class LwipUDP implements UDP {
	target?: unknown;
	#socket: Socket | undefined;
	#group: string | undefined;

	constructor(options: UDPOptions) {
		const { port, group, onReadable } = options;
		if ("target" in options) this.target = options.target;
		this.#socket = new Socket({ port, onReadable: () => onReadable?.call(this) });
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

	#open(): Socket {
		if (!this.#socket) throw new Error("closed");
		return this.#socket;
	}
}
