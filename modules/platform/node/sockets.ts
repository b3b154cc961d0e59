/** ECMA-419 TCP listener sockets over node:net. */

import { createServer, type Server, type Socket } from "node:net";
import type { Listener, ListenerConstructor, ListenerOptions, TCP } from "../io.js";
import { NodeTCP } from "./tcp.js";

/** A TCP server that listens already, and the addresses it was given. */
export interface Listening {
	server: Server;
	address: string;
	port: number;
}

/**
 * Opens the port, so that a busy one is known before the program starts. Connections are reset until there is a `Listener`.
 * @param limits `maxConnections`: connections beyond it are refused, as lwIP does.
 * @throws {Error} With Node's `code`: `EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`, …
 */
export function listen(address: string, port: number, limits: { maxConnections: number }): Promise<Listening> {
	const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true });
	server.maxConnections = limits.maxConnections;
	// As on the chip, where nothing listens until the app does.
	server.on("connection", socket => {
		if (server.listenerCount("connection") === 1) socket.resetAndDestroy();
	});
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
