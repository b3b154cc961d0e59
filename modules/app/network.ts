/** Joins the host's network with what the settings say. */

import type { Configuration } from "../config/configuration.js";
import { settingRows } from "../config/setting-rows.js";
import type { Settings } from "../config/settings.js";
import type { Logger } from "../log/log.js";
import { Network } from "../network/network.js";
import type { CredentialStore, StoredCredentials } from "../network/wifi-manager.js";
import type { Host } from "../platform/host.js";

/** The settings of the device in its network; some are missing when the configuration is wrong. */
export type NetworkIdentity = Partial<
	Pick<Settings, "name" | "port" | "ssid" | "password" | "accessPointPassword" | "timeServer">
>;

export interface ConnectOptions {
	version: string;
	log: Logger;
	/** Where credentials outlast a restart. @defaultValue those of `identity`, and changes are forgotten */
	store?: CredentialStore | undefined;
	onUp(address: string): void;
	/** As of `NetworkOptions`. @defaultValue nothing else is done */
	onPress?: ((isLong: boolean) => void) | undefined;
}

/** Starts at once; `onUp` may be called before it returns. */
export function connect(
	host: Host,
	identity: NetworkIdentity,
	{ version, log, store, onUp, onPress = () => {} }: ConnectOptions,
): Network {
	const { clock, radio, address, mask, UDP, random } = host;
	const {
		name = settingRows.name.default,
		port = host.defaultPort,
		accessPointPassword,
		timeServer = settingRows.timeServer.default,
	} = identity;
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
		store: store ?? settingsStore(identity),
		accessPointPassword,
		timeServer,
		onUp,
		onPress,
		log,
	});
}

/** The credentials among the settings; they outlast a restart. */
export class SavedCredentials implements CredentialStore {
	#configuration: Configuration;

	constructor(configuration: Configuration) {
		this.#configuration = configuration;
	}

	load(): StoredCredentials | undefined {
		return this.#configuration.credentials;
	}

	save(credentials: StoredCredentials | undefined): void {
		this.#configuration.credentials = credentials;
	}
}

function settingsStore({ ssid, password }: NetworkIdentity): CredentialStore {
	return {
		load: () => (ssid === undefined ? undefined : { ssid, password: password || undefined, worked: false }),
		save() {},
	};
}
