/** The settings in force: those of the build, over them the changed ones, over these the fixed ones. */

import type { Limits } from "../platform/host.js";
import { mask } from "./mask.js";
import { areSame, checkNetworks, maskNetworks, networksOf, unmaskNetworks, type WiFiNetwork } from "./networks.js";
import { type Changes, SettingsOverrides, type SettingsOverridesOptions } from "./overrides.js";
import { checkPins, describeRemark, remarksOn } from "./pin-check.js";
import { type Changeable, changeable, readSettings, type Settings, secretPaths, secrets } from "./settings.js";
import { addressKeys } from "./static-address.js";
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
	["ssid", "password", "networks", ...addressKeys, "adminPassword", "private", "name", "hosts"],
	true,
);

/** The password of a device that nobody may change, while its settings are checked. */
const nobodys = "in place of a password";

/** The Wi-Fis to join. */
interface SavedNetworks {
	readonly networks: readonly { readonly ssid: string; readonly password: string | undefined }[];
	/** The name of that which was joined last; `undefined` if none ever was. */
	readonly joined: string | undefined;
}

const wifiKeys: readonly string[] = Object.freeze(["ssid", "password", "networks"]);
const none: readonly string[] = Object.freeze([]);
/** A message that may have the value of a secret is cut: the log is kept, and reaches readers. */
const withoutSecret = (key: string, message: string) =>
	secretPaths.some(path => path.split(".")[0] === key) ? `${key}: not allowed` : message;
const isProtective = (key: string) => key === "adminPassword" || key === "private";
const changeableOf = (settings: Settings) => Object.fromEntries(changeable.map(key => [key, settings[key]]));
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
		this.#settings = this.readAllowed();
		this.remarkOnPins();
		if ((options.mode ?? "normal") === "normal") return;
		const left = Object.keys(this.#store.changes).filter(key => isChangeable(key) && !always.includes(key));
		this.#setAside = left.filter(key => !this.#invalid.includes(key));
		this.#settings = this.read(this.#store.changes);
	}

	/** Pins of the build and kept ones stand, whatever is against them: the sensors' inputs would be lost else. */
	private remarkOnPins(): void {
		const { log, limits } = this.#options;
		for (const remark of remarksOn(this.#settings.sensors, limits.chip))
			log(describeRemark(remark, limits.chip!), "warning");
	}

	/** @returns The settings without the values that are not allowed. */
	private readAllowed(): Settings {
		const { log, mode } = this.#options;
		const { changes } = this.#store;
		for (;;)
			try {
				return this.read(changes);
			} catch (error) {
				const [key = ""] = error instanceof SettingsError ? error.key.split(/[.[]/) : [];
				const keys = addressKeys.includes(key) ? addressKeys : [key];
				const left = keys.filter(one => isChangeable(one) && one in changes && !this.#invalid.includes(one));
				if (left.length > 0) {
					log(`a changed setting is left out: ${withoutSecret(key, (error as Error).message)}`, "error");
					this.#invalid = [...this.#invalid, ...left];
				} else if (mode === "rescue" && this.#build[key] !== undefined) {
					this.#build = { ...this.#build, [key]: undefined };
					if (isProtective(key)) this.#invalid = [...this.#invalid, key];
				} else throw error;
			}
	}

	/** Whose pins there are, as of `Limits`. */
	get chip(): string | undefined {
		return this.#options.limits.chip;
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
		const settings = this.kept;
		const open = Object.fromEntries(changeable.filter(key => !secrets.includes(key)).map(key => [key, settings[key]]));
		return { ...open, webhooks: maskURLs(settings.webhooks), networks: maskNetworks(settings.networks) };
	}

	private get kept(): Settings {
		return this.#setAside.length > 0 ? this.read(this.#store.changes, this.#invalid) : this.#settings;
	}

	/**
	 * Changes all that `patch` names or, when it throws, nothing. `null` takes a key back to the build's value.
	 * @param apply Called with the new settings before they are kept; when it throws, it is called with the old ones.
	 * @throws {SettingsError} The first value that is not allowed. @throws {Error} They cannot be kept, or `apply` throws.
	 */
	change(patch: unknown, apply: (settings: Settings) => void): void {
		const { changes, settings } = this.plan(patch);
		const before = this.#settings;
		this.#settings = settings;
		try {
			apply(settings);
			this.#store.save(changes);
			this.include(Object.keys(patch as object));
		} catch (error) {
			this.#settings = before;
			apply(before);
			throw error;
		}
	}

	/** @returns What `change` would make the settings, though nothing changes. @throws {SettingsError} As `change` does. */
	preview(patch: unknown): Settings {
		return this.plan(patch).settings;
	}

	/** The Wi-Fis to join. */
	get networks(): SavedNetworks {
		const { joined } = this.#store.changes;
		const networks = this.#settings.networks.map(({ ssid, password }) => ({ ssid, password }));
		return { networks, joined: networks.find(({ ssid }) => ssid === joined)?.ssid };
	}

	/** Keeps networks, unless they are the build's. Without any all Wi-Fi is forgotten, the build's, too. */
	set networks({ networks, joined }: SavedNetworks) {
		const {
			ssid: _,
			password: __,
			networks: ___,
			joined: ____,
			...changes
		}: Record<string, unknown> = this.#store.changes;
		const build = networksOf({ ssid: undefined, password: undefined, networks: [], ...this.#build });
		if (!areSame(networks, build) || networks.length === 0) Object.assign(changes, changesTo(networks));
		if (joined !== undefined) changes.joined = joined;
		this.keep(changes, wifiKeys);
	}

	/** Takes the password and `private` back to the build's. A person who holds the device can write its flash anyway. */
	forgetPassword(): void {
		const { adminPassword, private: isPrivate, ...changes }: Record<string, unknown> = this.#store.changes;
		this.keep(changes, ["adminPassword", "private"]);
	}

	/** Changes that cannot be written hold until the next boot. */
	private keep(changes: Changes, keys: readonly string[]): void {
		this.include(keys);
		this.#settings = this.read(changes);
		try {
			this.#store.save(changes);
		} catch (error) {
			this.#options.log(`${keys.join(" and ")}: not kept (${(error as Error).message})`, "error");
		}
	}

	/** From now on these are in force. */
	private include(keys: readonly string[]): void {
		this.#invalid = this.#invalid.filter(key => !keys.includes(key));
		this.#setAside = this.#setAside.filter(key => !keys.includes(key));
	}

	/** @throws {SettingsError} As `change` does. */
	private plan(patch: unknown): { changes: Changes; settings: Settings } {
		const changes = this.merge(patch);
		const leftOut = this.leftOut.filter(key => !(key in (patch as object)));
		const settings = this.read(changes, leftOut);
		if ((patch as Partial<Settings>).sensors)
			checkPins(settings.sensors, this.#settings.sensors, this.#options.limits.chip);
		this.#store.check(changes);
		// All of them are an export: a device that takes it keeps them.
		if (this.#store.fits(changeableOf(this.kept))) this.#store.check(changeableOf(settings));
		return { changes, settings };
	}

	private merge(patch: unknown): Changes {
		const changes: Record<string, unknown> = { ...this.#store.changes };
		for (const [key, value] of Object.entries(object(patch, "settings"))) {
			if (!isChangeable(key)) throw new SettingsError(key, value, `the keys are ${changeable.join(", ")}`);
			if (key in (this.#options.fixed ?? {}))
				throw new SettingsError(key, value, "it was given on the command line, which stands");
			if (value === null) delete changes[key];
			else changes[key] = key === "webhooks" ? unmaskURLs(value, this.kept.webhooks) : value;
		}
		const { networks } = patch as Changes;
		if (networks === null) for (const key of wifiKeys) delete changes[key];
		else if (networks !== undefined) this.mergeNetworks(changes, patch as Changes);
		else if (changes.ssid !== this.#store.changes.ssid && !("password" in (patch as Changes)))
			changes.password = this.kept.networks.find(({ ssid }) => ssid === changes.ssid)?.password || null;
		return changes;
	}

	/** A network whose password changes has not worked yet. */
	private mergeNetworks(changes: Record<string, unknown>, { ssid, networks, ...patch }: Changes): void {
		const { networks: kept } = this.kept;
		const list = checkNetworks(unmaskNetworks(networks, kept), "networks");
		const first = ssid == null ? list[0] : list.find(one => one.ssid === ssid);
		if (ssid != null && !first) throw new SettingsError("ssid", ssid, "the name of one of networks is");
		if ("password" in patch) throw new SettingsError("password", mask, "that of each of networks is");
		const passwordIn = (all: readonly WiFiNetwork[]) =>
			all.find(one => one.ssid === changes.joined)?.password || undefined;
		if (passwordIn(kept) !== passwordIn(list)) delete changes.joined;
		const others = list.filter(one => one !== first);
		Object.assign(changes, changesTo(first ? [first, ...others] : []));
	}

	/**
	 * A password or `private` that is left out closes the device. Readings are private where they may have been, and
	 * nobody has a password: only a guest of the set-up access point can change anything.
	 * @param changes Unknown keys are of a newer version; `null` stands for none, whatever the build has.
	 */
	private read(changes: Changes, leftOut = this.leftOut): Settings {
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

/** @returns The changes that keep `networks`. Earlier versions join the first, and do not know the list. */
function changesTo(networks: readonly WiFiNetwork[]): Changes {
	const { ssid = null, password } = networks[0] ?? {};
	const own = networks.map(({ ssid, password }) => ({ ssid, password: password || undefined }));
	return { ssid, password: password || null, networks: own };
}
