/** The settings in force: those of the build, over them the changed ones, over these the fixed ones. */

import type { Limits } from "../platform/host.js";
import type { Credentials } from "../platform/radio.js";
import { type Changes, SettingsOverrides, type SettingsOverridesOptions } from "./overrides.js";
import { type Changeable, changeable, readSettings, type Settings, secrets } from "./settings.js";
import { object, SettingsError } from "./validate.js";
import { maskURLs, unmaskURLs } from "./webhooks.js";

export interface ConfigurationOptions extends SettingsOverridesOptions {
	/** As of `readSettings`. */
	config: object;
	limits: Limits;
	/** Settings that hold whatever else says, as from a command line; they cannot be changed. */
	fixed?: Partial<Settings>;
	/**
	 * `safe`: changed settings are left out, but for those that reach and protect the device. `rescue`: so are values of the build that
	 * are not allowed. @defaultValue "normal"
	 */
	mode?: "normal" | "safe" | "rescue";
}

/** In force in every mode: without these the device is not found, or everybody's. */
const always: readonly string[] = Object.freeze(
	["ssid", "password", "adminPassword", "private", "name", "hosts"],
	true,
);

/** The password of a device that nobody may change, while its settings are checked. */
const nobodys = "in place of a password";

/** The Wi-Fi to join. */
interface SavedCredentials extends Credentials {
	/** Whether it was ever joined. */
	readonly worked: boolean;
}

const none: readonly string[] = Object.freeze([]);
const isProtective = (key: string) => key === "adminPassword" || key === "private";
const isChangeable = (key: string): key is Changeable => changeable.some(name => name === key);

export class Configuration {
	#options: ConfigurationOptions;
	#store: SettingsOverrides;
	/** The values of the build. */
	#build: Readonly<Record<string, unknown>>;
	#settings: Settings;
	/** Changed keys whose values this version does not allow: they stay in the storage until they are changed. */
	#invalid: readonly string[] = none;
	/** Changed keys that the mode leaves out. */
	#setAside: readonly string[] = none;

	/**
	 * A changed value that is not allowed is left out with a line in the log.
	 * @throws {SettingsError} A value of `config` is not allowed.
	 */
	constructor(options: ConfigurationOptions) {
		this.#options = options;
		this.#build = options.config as Record<string, unknown>;
		this.#store = new SettingsOverrides(options);
		this.#settings = this.#readAllowed();
		if ((options.mode ?? "normal") === "normal") return;
		const left = Object.keys(this.#store.changes).filter(key => isChangeable(key) && !always.includes(key));
		this.#setAside = left.filter(key => !this.#invalid.includes(key));
		this.#settings = this.#read(this.#store.changes);
	}

	/** @returns The settings without the values that are not allowed. */
	#readAllowed(): Settings {
		const { log, mode } = this.#options;
		const { changes } = this.#store;
		for (;;)
			try {
				return this.#read(changes);
			} catch (error) {
				const [key = ""] = error instanceof SettingsError ? error.key.split(/[.[]/) : [];
				if (isChangeable(key) && key in changes && !this.#invalid.includes(key)) {
					log(`a changed setting is left out: ${(error as Error).message}`, "error");
					this.#invalid = [...this.#invalid, key];
				} else if (mode === "rescue" && this.#build[key] !== undefined) {
					this.#build = { ...this.#build, [key]: undefined };
					if (isProtective(key)) this.#invalid = [...this.#invalid, key];
				} else throw error;
			}
	}

	/** A new object after each change. */
	get settings(): Settings {
		return this.#settings;
	}

	/** Changed keys that are kept, and not in force. */
	get leftOut(): readonly string[] {
		return [...this.#invalid, ...this.#setAside];
	}

	/** The changeable settings without secrets, as kept: in safe mode those of the next start. */
	get open(): Partial<Settings> {
		const settings = this.#kept;
		const open = Object.fromEntries(changeable.filter(key => !secrets.includes(key)).map(key => [key, settings[key]]));
		return { ...open, webhooks: maskURLs(settings.webhooks) };
	}

	get #kept(): Settings {
		return this.#setAside.length > 0 ? this.#read(this.#store.changes, this.#invalid) : this.#settings;
	}

	/**
	 * Changes all that `patch` names or, when it throws, nothing. `null` takes a key back to the build's value.
	 * @param apply Called with the new settings before they are kept; when it throws, it is called with the old ones.
	 * @throws {SettingsError} The first value that is not allowed. @throws {Error} They cannot be kept, or `apply` throws.
	 */
	change(patch: unknown, apply: (settings: Settings) => void): void {
		const { changes, settings } = this.#plan(patch);
		const before = this.#settings;
		this.#settings = settings;
		try {
			apply(settings);
			this.#store.save(changes);
			this.#include(Object.keys(patch as object));
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

	/** The Wi-Fi to join. */
	get credentials(): SavedCredentials | undefined {
		const { ssid, password } = this.#settings;
		return ssid === undefined
			? undefined
			: { ssid, password: password || undefined, worked: this.#store.changes.joined === ssid };
	}

	/**
	 * Keeps credentials, unless they are the build's.
	 * @param credentials Without any the Wi-Fi is forgotten, the build's, too.
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

	/** Takes the password and `private` back to the build's. A person who holds the device can write its flash anyway. */
	forgetPassword(): void {
		const { adminPassword, private: isPrivate, ...changes }: Record<string, unknown> = this.#store.changes;
		this.#keep(changes, ["adminPassword", "private"]);
	}

	/** Changes that cannot be written hold until the next boot. */
	#keep(changes: Changes, keys: readonly string[]): void {
		this.#include(keys);
		this.#settings = this.#read(changes);
		try {
			this.#store.save(changes);
		} catch (error) {
			this.#options.log(`${keys.join(" and ")}: not kept (${(error as Error).message})`, "error");
		}
	}

	/** From now on these are in force. */
	#include(keys: readonly string[]): void {
		this.#invalid = this.#invalid.filter(key => !keys.includes(key));
		this.#setAside = this.#setAside.filter(key => !keys.includes(key));
	}

	/** @throws {SettingsError} As `change` does. */
	#plan(patch: unknown): { changes: Changes; settings: Settings } {
		const changes = this.#merge(patch);
		const leftOut = this.leftOut.filter(key => !(key in (patch as object)));
		const settings = this.#read(changes, leftOut);
		this.#store.check(changes);
		return { changes, settings };
	}

	#merge(patch: unknown): Changes {
		const changes: Record<string, unknown> = { ...this.#store.changes };
		for (const [key, value] of Object.entries(object(patch, "settings"))) {
			if (!isChangeable(key)) throw new SettingsError(key, value, `the keys are ${changeable.join(", ")}`);
			if (key in (this.#options.fixed ?? {}))
				throw new SettingsError(key, value, "it was given on the command line, which stands");
			if (value === null) delete changes[key];
			else changes[key] = key === "webhooks" ? unmaskURLs(value, this.#kept.webhooks) : value;
		}
		return changes;
	}

	/**
	 * A password or `private` that is left out closes the device. Readings are private where they may have been, and
	 * nobody has a password: only a guest of the set-up access point can change anything.
	 * @param changes Unknown keys are of a newer version; `null` stands for none, whatever the build has.
	 */
	#read(changes: Changes, leftOut = this.leftOut): Settings {
		const { limits, fixed } = this.#options;
		const allowed = Object.fromEntries(
			Object.entries(changes)
				.filter(([key]) => isChangeable(key) && !leftOut.includes(key))
				.map(([key, value]) => [key, value ?? undefined]),
		);
		const values: Partial<Settings> = { ...this.#build, ...allowed };
		if (leftOut.includes("private")) values.private = true;
		const closed =
			leftOut.includes("adminPassword") || (leftOut.includes("private") && values.adminPassword === undefined);
		const settings = { ...readSettings(closed ? { ...values, adminPassword: nobodys } : values, limits), ...fixed };
		return closed ? { ...settings, adminPassword: undefined } : settings;
	}
}
