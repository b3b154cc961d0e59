/** Serves from the first interface that comes up, and stays. */

import { ACCESS_FIELDS, READER_COOKIE } from "../auth/access.js";
import { ACCEPT, fieldTable } from "../http/field-rules.js";
import { Server, type ServerOptions } from "../http/server.js";
import type { Host, Timer } from "../platform/types.js";
import { STREAM_FIELDS } from "../sse/broadcaster.js";
import type { NetworkIdentity } from "./network.js";

/** How long after a port could not be opened the next attempt starts, ms. */
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
			server ??= new Server({ ...requestOptions, ...content, Listener, clock, text, port, name });
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
