/** Joins the host's network: what of the settings and the host goes where. */

import type { Configuration } from "../config/configuration.js";
import type { Settings } from "../config/settings.js";
import { Network } from "../network/network.js";
import type { CredentialStore, KnownCredentials } from "../network/wifi-manager.js";
import type { Host } from "../platform/host.js";

/** The part of the settings that decides where to be found: not all of it is known when the configuration is wrong. */
export type NetworkIdentity = Partial<
	Pick<Settings, "name" | "port" | "ssid" | "password" | "accessPointPassword" | "timeServer">
>;

export interface ConnectOptions {
	version: string;
	/** Where credentials outlast a restart. @defaultValue those of `identity`, and changes are forgotten */
	store?: CredentialStore | undefined;
	onUp(address: string): void;
	/** As of `NetworkOptions`. @defaultValue nothing else is forgotten */
	onHeld?: (() => void) | undefined;
}

/** Starts at once; `onUp` may be called before it returns. */
export function connect(
	host: Host,
	place: NetworkIdentity,
	{ version, store, onUp, onHeld = () => {} }: ConnectOptions,
): Network {
	const { clock, radio, address, mask, UDP, random, log } = host;
	const { name = "dht", port = host.defaultPort, accessPointPassword, timeServer = "pool.ntp.org" } = place;
	return new Network({
		clock,
		radio,
		address,
		mask,
		UDP,
		resolve: host.resolve,
		pressed: host.pressed,
		random,
		name,
		port,
		version,
		store: store ?? settingsStore(place),
		accessPointPassword,
		timeServer,
		onUp,
		onHeld,
		log,
	});
}

/** The credentials among the settings; they outlast a restart. */
export class SavedCredentials implements CredentialStore {
	#configuration: Configuration;

	constructor(configuration: Configuration) {
		this.#configuration = configuration;
	}

	load(): KnownCredentials | undefined {
		return this.#configuration.credentials;
	}

	save(credentials: KnownCredentials | undefined): void {
		this.#configuration.credentials = credentials;
	}
}

function settingsStore({ ssid, password }: NetworkIdentity): CredentialStore {
	return {
		load: () => (ssid === undefined ? undefined : { ssid, password: password || undefined, worked: false }),
		save() {},
	};
}
