/** Keeps the HTTP server open: from the first interface that comes up on, and over reconnects. */

import { Server, type ServerOptions } from "../http/server.js";
import type { Timer } from "../platform/clock.js";
import type { Host } from "../platform/host.js";
import type { NetworkIdentity } from "./network.js";

/** From a port that cannot be opened to the next attempt, ms. */
const retryMs = 5000;

export interface HTTPServiceOptions {
	host: Host;
	identity: NetworkIdentity;
	/** Used once the first interface is up. */
	server: Omit<ServerOptions, "Listener" | "clock" | "text" | "port" | "name">;
}

export class HTTPService {
	#host: Host;
	#name: string;
	#port: number;
	/** Needed until the server is made. */
	#options: HTTPServiceOptions["server"] | undefined;
	#server: Server | undefined;
	#retry: Timer | undefined;

	constructor({ host, identity, server }: HTTPServiceOptions) {
		const { name = "dht", port = host.defaultPort } = identity;
		this.#host = host;
		this.#name = name;
		this.#port = port;
		this.#options = server;
	}

	/** `undefined` until an interface has come up. */
	get server(): Server | undefined {
		return this.#server;
	}

	/** An interface has come up, or its address has changed. A port that cannot be opened is tried again. */
	open(address: string): void {
		const { Listener, clock, text, log } = this.#host;
		const name = this.#name;
		const port = this.#port;
		clock.clear(this.#retry);
		this.#retry = undefined;
		try {
			if (this.#options) this.#server = new Server({ ...this.#options, Listener, clock, text, port, name });
			this.#options = undefined;
			log(`${name}: ${this.origin(address)}/`);
		} catch (error) {
			const { message } = error as Error;
			log(`${name}: port ${port} cannot be opened (${message}), next attempt in ${retryMs / 1000} s`);
			this.#retry = clock.set(() => this.open(address), retryMs);
		}
	}

	/** @returns The server's web origin under `address`. */
	origin(address: string): string {
		const host = address.includes(":") ? `[${address}]` : address;
		return `http://${host}${this.#port === 80 ? "" : `:${this.#port}`}`;
	}

	/** May be called twice. */
	close(): void {
		this.#host.clock.clear(this.#retry);
		this.#server?.close();
	}
}
