/** The settings in force: the build's configuration, over it what was changed at run time, over that what is fixed. */

import { object, SettingsError } from "./checks.js";
import type { KnownCredentials } from "./network/wifi.js";
import type { Limits } from "./platform/types.js";
import { type Changeable, changeable, readSettings, type Settings, secrets } from "./settings.js";
import { type Changes, Store, type StoreOptions } from "./store.js";

export interface ConfigurationOptions extends StoreOptions {
	/** As of `readSettings`. */
	config: object;
	limits: Limits;
	/** Settings that hold whatever else says, as from a command line; they cannot be changed. */
	fixed?: Partial<Settings>;
}

const isChangeable = (key: string): key is Changeable => changeable.some(name => name === key);

export class Configuration {
	#options: ConfigurationOptions;
	#store: Store;
	#settings: Settings;

	/** @throws {SettingsError} A value of `config` is not allowed. A kept change that is not is left out with a line in the log. */
	constructor(options: ConfigurationOptions) {
		this.#options = options;
		this.#store = new Store(options);
		const changes: Record<string, unknown> = { ...this.#store.changes };
		for (;;)
			try {
				this.#settings = this.#read(changes);
				return;
			} catch (error) {
				const [key = ""] = error instanceof SettingsError ? error.key.split(/[.[]/) : [];
				if (!(key in changes)) throw error;
				options.log(`a changed setting is left out: ${(error as Error).message}`);
				delete changes[key];
			}
	}

	/** A new object after each change. */
	get settings(): Settings {
		return this.#settings;
	}

	/** What may be changed, as it is in force, without secrets. */
	get open(): Partial<Settings> {
		const { settings } = this;
		return Object.fromEntries(changeable.filter(key => !secrets.includes(key)).map(key => [key, settings[key]]));
	}

	/**
	 * Changes all that `patch` names or, when it throws, nothing. `null` takes a key back to the build's value.
	 * @param apply Called with the new settings before they are kept; when it throws, it is called with the old ones.
	 * @throws {SettingsError} The first value that is not allowed. @throws {Error} They cannot be kept, or `apply` throws.
	 */
	change(patch: unknown, apply: (settings: Settings) => void): void {
		const changes = this.#merge(patch);
		const before = this.#settings;
		this.#settings = this.#read(changes);
		try {
			apply(this.#settings);
			this.#store.save(changes);
		} catch (error) {
			this.#settings = before;
			apply(before);
			throw error;
		}
	}

	/** @returns What `change` would make the settings, though nothing changes. @throws {SettingsError} As `change` does. */
	preview(patch: unknown): Settings {
		return this.#read(this.#merge(patch));
	}

	/** The Wi-Fi to join; `worked` tells whether it has been joined. */
	get credentials(): KnownCredentials | undefined {
		const { ssid, password } = this.#settings;
		return ssid === undefined
			? undefined
			: { ssid, password: password || undefined, worked: this.#store.changes.joined === ssid };
	}

	/**
	 * Keeps what was joined; the build's own is not kept a second time.
	 * @param credentials Without any the Wi-Fi is forgotten, the build's too, and with it the password that was set: who can
	 * hold the device's button can also write its flash.
	 */
	set credentials(credentials: KnownCredentials | undefined) {
		const { config, log } = this.#options;
		const { ssid, password, joined, ...changes }: Record<string, unknown> = this.#store.changes;
		if (!credentials) {
			delete changes.adminPassword;
			delete changes.private;
			Object.assign(changes, { ssid: null, password: null });
		} else {
			const { ssid, password, worked } = credentials;
			const own = config as Partial<Settings>;
			if (own.ssid !== ssid || (own.password || undefined) !== password)
				Object.assign(changes, { ssid, password: password ?? null });
			if (worked) changes.joined = ssid;
		}
		this.#settings = this.#read(changes);
		try {
			this.#store.save(changes);
		} catch (error) {
			log(`the Wi-Fi is not kept: ${(error as Error).message}`);
		}
	}

	#merge(patch: unknown): Changes {
		const changes: Record<string, unknown> = { ...this.#store.changes };
		for (const [key, value] of Object.entries(object(patch, "settings"))) {
			if (!isChangeable(key)) throw new SettingsError(key, value, `the keys are ${changeable.join(", ")}`);
			if (key in (this.#options.fixed ?? {}))
				throw new SettingsError(key, value, "it was given on the command line, which stands");
			if (value === null) delete changes[key];
			else changes[key] = value;
		}
		return changes;
	}

	/** @param changes Keys that are not known are of a newer program; `null` stands for none, whatever the build has. */
	#read(changes: Changes): Settings {
		const { config, limits, fixed } = this.#options;
		const known = Object.fromEntries(
			Object.entries(changes)
				.filter(([key]) => isChangeable(key))
				.map(([key, value]) => [key, value ?? undefined]),
		);
		return { ...readSettings({ ...config, ...known }, limits), ...fixed };
	}
}
