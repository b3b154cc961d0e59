/** Brings the network up and serves on it from then on. */

import type { Host, Timer } from "./platform/types.js";
import type { Settings } from "./settings.js";
import { Server, type ServerOptions } from "./web/server.js";

/** How long after a port could not be opened the next attempt starts, ms. */
const retryMs = 5000;

export interface Service {
	/** `undefined` while no network has come up yet. */
	readonly server: Server | undefined;
	/** May be called twice. */
	close(): void;
}

/** The part of the settings that decides where to serve: not all of it is known when the configuration is wrong. */
export type Place = Partial<Pick<Settings, "name" | "port" | "ssid" | "password">>;

type Content = Omit<ServerOptions, "Listener" | "clock" | "text" | "port" | "name">;

/** The listener opens when the first network interface is up, and stays. */
export function serve(
	host: Host,
	{ name = "dht", port = host.defaultPort, ssid, password }: Place,
	content: Content,
): Service {
	const { Listener, clock, text, network } = host;
	let server: Server | undefined;
	let retry: Timer | undefined;

	const open = (address: string) => {
		retry = undefined;
		try {
			server ??= new Server({ ...content, Listener, clock, text, port, name });
			host.log(`${name}: http://${address.includes(":") ? `[${address}]` : address}${port === 80 ? "" : `:${port}`}/`);
		} catch (error) {
			host.log(
				`${name}: port ${port} cannot be opened (${(error as Error).message}), next attempt in ${retryMs / 1000} s`,
			);
			retry = clock.set(() => open(address), retryMs);
		}
	};
	network.start({ ssid, password }, address => {
		clock.clear(retry);
		open(address);
	});

	return {
		get server() {
			return server;
		},
		close() {
			clock.clear(retry);
			network.close();
			server?.close();
		},
	};
}
