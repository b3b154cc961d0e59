/** Keeps the HTTP server open: from the first interface that comes up on, and over reconnects. */

import { ACCESS_FIELDS, READER_COOKIE } from "../auth/access.js";
import type { Settings } from "../config/settings.js";
import { ACCEPT, fieldTable } from "../http/field-rules.js";
import { Server, type ServerOptions } from "../http/server.js";
import type { Logger } from "../log/log.js";
import type { Timer } from "../platform/clock.js";
import type { Host } from "../platform/host.js";
import { STREAM_FIELDS } from "../sse/broadcaster.js";

/** From a port that cannot be opened to the next attempt, ms. */
const retryMs = 5000;

/** What the device's handlers read and take of requests. */
export const requestOptions = Object.freeze(
	{
		fields: fieldTable([...new Set([ACCEPT, ...ACCESS_FIELDS, ...STREAM_FIELDS])], READER_COOKIE),
		contentTypes: ["application/json"],
		hostHint: '; add it to "hosts" in the settings to allow it',
	} satisfies Partial<ServerOptions>,
	true,
);

export interface HTTPServiceOptions {
	host: Host;
	identity: Pick<Settings, "name" | "port">;
	log: Logger;
	/** Used once the first interface is up. */
	server: Omit<ServerOptions, "Listener" | "clock" | "text" | "cutHead" | "port" | "name" | "onError">;
}

export class HTTPService {
	#host: Host;
	#log: Logger;
	#name: string;
	#port: number;
	/** Needed until the server is made. */
	#options: HTTPServiceOptions["server"] | undefined;
	#server: Server | undefined;
	#retry: Timer | undefined;

	constructor({ host, identity, log, server }: HTTPServiceOptions) {
		const { name, port = host.defaultPort } = identity;
		this.#host = host;
		this.#log = log;
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
		const { Listener, clock, text, cutHead } = this.#host;
		const log = this.#log;
		const name = this.#name;
		const port = this.#port;
		clock.clear(this.#retry);
		this.#retry = undefined;
		try {
			if (this.#options)
				this.#server = new Server({
					...requestOptions,
					...this.#options,
					...{ Listener, clock, text, cutHead, port, name },
					onError: error => log(`a request failed: ${error}`, "error"),
				});
			this.#options = undefined;
			log(`${name}: ${this.origin(address)}/`);
		} catch (error) {
			const { message } = error as Error;
			log(`${name}: port ${port} cannot be opened (${message}), next attempt in ${retryMs / 1000} s`, "warning");
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
