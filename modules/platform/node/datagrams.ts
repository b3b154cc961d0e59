import { createSocket, type Socket } from "node:dgram";
import type { Datagram, UDP, UDPConstructor, UDPOptions } from "../io.js";

/** Datagrams that may wait to be read, and bytes of each; others are lost. */
const mostWaiting = 64;
const mostBytes = 1500;

/** @param address IPv4, of the interface on which groups are joined and asked. */
export function datagramsOn(address: string): UDPConstructor {
	/** As on the chip, what cannot be opened or sent later is lost without a word. */
	return class NodeUDP implements UDP {
		target?: unknown;
		#socket: Socket | undefined;
		#waiting: Datagram[] = [];

		constructor(options: UDPOptions) {
			const { port, group, onReadable } = options;
			if ("target" in options) this.target = options.target;
			const socket = createSocket({ type: "udp4", reuseAddr: group !== undefined });
			this.#socket = socket;
			socket.on("error", () => this.close());
			socket.on("message", (bytes, from) => {
				if (this.#waiting.length >= mostWaiting || bytes.byteLength > mostBytes) return;
				this.#waiting.push({ bytes, address: from.address, port: from.port });
				onReadable?.call(this);
			});
			socket.bind(port, () => {
				if (group === undefined || !this.#socket) return;
				try {
					socket.addMembership(group, address);
					socket.setMulticastInterface(address);
					socket.setMulticastTTL(255);
				} catch {
					this.close();
				}
			});
			socket.unref();
		}

		read(): Datagram | undefined {
			return this.#waiting.shift();
		}

		write(bytes: Uint8Array, to: string, port: number): void {
			this.#socket?.send(bytes.slice(), port, to, () => {});
		}

		close(): void {
			this.#socket?.close();
			this.#socket = undefined;
		}
	};
}
