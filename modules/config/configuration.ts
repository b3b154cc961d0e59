/** The settings in force: the build's configuration, over it what was changed at run time, over that what is fixed. */

import type { Limits } from "../platform/host.js";
import type { Credentials } from "../platform/radio.js";
import { type Changes, SettingsOverrides, type SettingsOverridesOptions } from "./overrides.js";
import { type Changeable, changeable, readSettings, type Settings, secrets } from "./settings.js";
import { object, SettingsError } from "./validate.js";

export interface ConfigurationOptions extends SettingsOverridesOptions {
	/** As of `readSettings`. */
	config: object;
	limits: Limits;
	/** Settings that hold whatever else says, as from a command line; they cannot be changed. */
	fixed?: Partial<Settings>;
}

/** Stands, while settings are checked, for a password that nobody has. */
const nobodys = "in place of a password";

/** The Wi-Fi to join. */
interface SavedCredentials extends Credentials {
	/** Whether it was ever joined. */
	readonly worked: boolean;
}

const isChangeable = (key: string): key is Changeable => changeable.some(name => name === key);

export class Configuration {
	#options: ConfigurationOptions;
	#store: SettingsOverrides;
	#settings: Settings;
	/** Kept keys whose values this program does not allow: they stay in the store until they are changed. */
	#leftOut: readonly string[] = [];

	/** @throws {SettingsError} A value of `config` is not allowed. A kept change that is not is left out with a line in the log. */
	constructor(options: ConfigurationOptions) {
		this.#options = options;
		this.#store = new SettingsOverrides(options);
		const { changes } = this.#store;
		for (;;)
			try {
				this.#settings = this.#read(changes);
				return;
			} catch (error) {
				const [key = ""] = error instanceof SettingsError ? error.key.split(/[.[]/) : [];
				if (!isChangeable(key) || !(key in changes) || this.#leftOut.includes(key)) throw error;
				options.log(`a changed setting is left out: ${(error as Error).message}`);
				this.#leftOut = [...this.#leftOut, key];
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
		const { changes, leftOut, settings } = this.#plan(patch);
		const before = this.#settings;
		this.#settings = settings;
		try {
			apply(settings);
			this.#store.save(changes);
			this.#leftOut = leftOut;
		} catch (error) {
			this.#settings = before;
			apply(before);
			throw error;
		}
	}

	/** @returns What `change` would make the settings, though nothing changes. @throws {SettingsError} As `change` does. */
	preview(patch: unknown): Settings {
		return this.#plan(patch).settings;
	}

	/** The Wi-Fi to join; `worked` tells whether it has been joined. */
	get credentials(): SavedCredentials | undefined {
		const { ssid, password } = this.#settings;
		return ssid === undefined
			? undefined
			: { ssid, password: password || undefined, worked: this.#store.changes.joined === ssid };
	}

	/**
	 * Keeps what was joined; the build's own is not kept a second time.
	 * @param credentials Without any the Wi-Fi is forgotten, the build's too.
	 */
	set credentials(credentials: SavedCredentials | undefined) {
		const { config } = this.#options;
		const { ssid, password, joined, ...changes }: Record<string, unknown> = this.#store.changes;
		if (!credentials) Object.assign(changes, { ssid: null, password: null });
		else {
			const { ssid, password, worked } = credentials;
			const own = config as Partial<Settings>;
			if (own.ssid !== ssid || (own.password || undefined) !== password)
				Object.assign(changes, { ssid, password: password ?? null });
			if (worked) changes.joined = ssid;
		}
		this.#keep(changes, ["ssid", "password"]);
	}

	/** Takes the password and `private` back to the build's: for who holds the device, and can write its flash, too. */
	forgetPassword(): void {
		const { adminPassword, private: isPrivate, ...changes }: Record<string, unknown> = this.#store.changes;
		this.#keep(changes, ["adminPassword", "private"]);
	}

	/** What cannot be written holds until the next start. */
	#keep(changes: Changes, keys: readonly string[]): void {
		this.#leftOut = this.#leftOut.filter(key => !keys.includes(key));
		this.#settings = this.#read(changes);
		try {
			this.#store.save(changes);
		} catch (error) {
			this.#options.log(`${keys.join(" and ")}: not kept (${(error as Error).message})`);
		}
	}

	/** @throws {SettingsError} As `change` does. */
	#plan(patch: unknown): { changes: Changes; leftOut: readonly string[]; settings: Settings } {
		const changes = this.#merge(patch);
		const leftOut = this.#leftOut.filter(key => !(key in (patch as object)));
		const settings = this.#read(changes, leftOut);
		this.#store.check(changes);
		return { changes, leftOut, settings };
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

	/**
	 * A password or `private` that is left out closes the device: readings are private where they may have been, and
	 * nobody has a password, so that changes come only through the set-up access point.
	 * @param changes Keys that are not known are of a newer program; `null` stands for none, whatever the build has.
	 */
	#read(changes: Changes, leftOut = this.#leftOut): Settings {
		const { config, limits, fixed } = this.#options;
		const known = Object.fromEntries(
			Object.entries(changes)
				.filter(([key]) => isChangeable(key) && !leftOut.includes(key))
				.map(([key, value]) => [key, value ?? undefined]),
		);
		const values: Partial<Settings> = { ...config, ...known };
		if (leftOut.includes("private")) values.private = true;
		const closed =
			leftOut.includes("adminPassword") || (leftOut.includes("private") && values.adminPassword === undefined);
		const settings = { ...readSettings(closed ? { ...values, adminPassword: nobodys } : values, limits), ...fixed };
		return closed ? { ...settings, adminPassword: undefined } : settings;
	}
}
