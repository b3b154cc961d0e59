/** Joins the host's network with what the settings say. */

import type { Configuration } from "../config/configuration.js";
import { staticAddressOf } from "../config/static-address.js";
import { Network, type NetworkOptions } from "../network/network.js";
import type { NetworkStore, SavedNetworks } from "../network/stored-networks.js";
import type { Host } from "../platform/host.js";

/** What neither host nor settings have. */
export type ConnectOptions = Pick<NetworkOptions, "listener" | "log">;

/** Starts at once; callbacks may come before it returns. */
export function connect(host: Host, configuration: Configuration, options: ConnectOptions): Network {
	const { clock, radio, address, mask, watchAddress, UDP, resolve, pressed, random, version } = host;
	const { name, port = host.defaultPort, accessPointPassword, timeServer } = configuration.settings;
	return new Network({
		...{ clock, radio, address, mask, UDP, resolve, pressed, random, version },
		...(watchAddress && { watchAddress }),
		...{ name, port, accessPointPassword, timeServer },
		store: new ConfiguredNetworks(configuration),
		staticAddress: () => staticAddressOf(configuration.settings),
		...options,
	});
}

/** The networks among the settings; they outlast a restart. */
class ConfiguredNetworks implements NetworkStore {
	#configuration: Configuration;

	constructor(configuration: Configuration) {
		this.#configuration = configuration;
	}

	load(): SavedNetworks {
		return this.#configuration.networks;
	}

	save(networks: SavedNetworks): void {
		this.#configuration.networks = networks;
	}
}
