import { createSocket, type Socket } from "node:dgram";
import type { Datagram, UDP, UDPConstructor, UDPOptions } from "../io.js";

/** Datagrams that may wait to be read, and bytes of each. Others are lost. */
const maxWaiting = 64;
const maxBytes = 1500;

/** Addresses need no look-up: so a datagram is sent at once, also the last one of a process. */
function asItIs(
	address: string,
	_options: object,
	done: (error: NodeJS.ErrnoException | null, address: string, family: number) => void,
): void {
	done(null, address, 4);
}

/** @param addressNow IPv4 as of now, of the interface on which groups are joined. */
export function datagramsOn(addressNow: () => string): UDPConstructor {
	/** As on the chip, a datagram that cannot be sent later is lost without an error. */
	return class NodeUDP implements UDP {
		target?: unknown;
		#socket: Socket | undefined;
		#waiting: Datagram[] = [];

		constructor(options: UDPOptions) {
			const { port, group, target, onReadable } = options;
			this.target = target;
			const socket = createSocket({ type: "udp4", reuseAddr: group !== undefined, lookup: asItIs });
			this.#socket = socket;
			socket.on("error", () => this.close());
			socket.on("message", (bytes, from) => {
				if (this.#waiting.length >= maxWaiting || bytes.byteLength > maxBytes) return;
				this.#waiting.push({ bytes, address: from.address, port: from.port });
				onReadable?.call(this);
			});
			socket.bind(port, () => {
				if (group === undefined || !this.#socket) return;
				try {
					socket.addMembership(group, addressNow());
					socket.setMulticastInterface(addressNow());
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
