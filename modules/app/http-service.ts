/** Serves from the first interface that comes up, and stays. */

import { Server, type ServerOptions } from "../http/server.js";
import type { Timer } from "../platform/clock.js";
import type { Host } from "../platform/host.js";
import type { NetworkIdentity } from "./network.js";

/** How long after a port could not be opened the next attempt starts, ms. */
const retryMs = 5000;

export interface HTTPService {
	/** `undefined` while no network has come up yet. */
	readonly server: Server | undefined;
	/** An interface has come up. */
	open(address: string): void;
	/** May be called twice. */
	close(): void;
}

type Content = Omit<ServerOptions, "Listener" | "clock" | "text" | "port" | "name">;

/** The listener opens when the first interface is up, and stays. */
export function serve(
	host: Host,
	{ name = "dht", port = host.defaultPort }: NetworkIdentity,
	content: Content,
): HTTPService {
	const { Listener, clock, text } = host;
	let server: Server | undefined;
	let retry: Timer | undefined;

	const open = (address: string) => {
		clock.clear(retry);
		retry = undefined;
		try {
			server ??= new Server({ ...content, Listener, clock, text, port, name });
			host.log(`${name}: ${origin(address, port)}/`);
		} catch (error) {
			host.log(
				`${name}: port ${port} cannot be opened (${(error as Error).message}), next attempt in ${retryMs / 1000} s`,
			);
			retry = clock.set(() => open(address), retryMs);
		}
	};

	return {
		get server() {
			return server;
		},
		open,
		close() {
			clock.clear(retry);
			server?.close();
		},
	};
}

/** @returns The web origin of a server there. */
export function origin(address: string, port: number): string {
	return `http://${address.includes(":") ? `[${address}]` : address}${port === 80 ? "" : `:${port}`}`;
}
