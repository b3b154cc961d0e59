/** The settings of Wi-Fi networks. A password is secret: `***` is reported in its stead. */

import { mask } from "./mask.js";
import { fields, type Rule, SettingsError, validate } from "./validate.js";

/** A Wi-Fi to join. */
export interface WiFiNetwork {
	ssid: string;
	/** `undefined` for an open network. */
	password?: string | undefined;
}

/** What the Wi-Fi's settings are made of. */
interface WiFiSettings {
	readonly ssid: string | undefined;
	readonly password: string | undefined;
	readonly networks: readonly WiFiNetwork[];
}

export const maxNetworks = 3;

/**
 * @returns All networks to join, that of `ssid` first: earlier versions, which have no `networks`, join and change that one.
 * Without it there is none.
 */
export function networksOf({ ssid, password, networks }: WiFiSettings): WiFiNetwork[] {
	if (ssid === undefined || ssid === null) return [];
	const first = { ssid, password: password || undefined };
	const others = networks.filter(network => network.ssid !== ssid);
	return [first, ...others.map(({ ssid, password }) => ({ ssid, password: password || undefined }))].slice(
		0,
		maxNetworks,
	);
}

/** Whether both have the same networks with the same passwords, in whatever order. */
export function areSame(some: readonly WiFiNetwork[], others: readonly WiFiNetwork[]): boolean {
	return (
		some.length === others.length &&
		some.every(one => others.some(({ ssid, password }) => ssid === one.ssid && password === one.password))
	);
}

/** @returns The networks as they are reported. */
export function maskNetworks(networks: readonly WiFiNetwork[]): WiFiNetwork[] {
	return networks.map(({ ssid, password }) => (password ? { ssid, password: mask } : { ssid }));
}

/**
 * @param value A list of networks, as a client sent it. @param kept Those of the device.
 * @returns The list with the device's passwords in place of masked and missing ones. An empty one is of an open network.
 * @throws {SettingsError} The device has no password that is masked so.
 */
export function unmaskNetworks(value: unknown, kept: readonly WiFiNetwork[]): unknown {
	if (!Array.isArray(value)) return value;
	return value.map((item: unknown, index) => {
		if (typeof item !== "object" || item === null) return item;
		const { ssid, password } = item as Partial<WiFiNetwork>;
		if (password !== undefined && password !== mask) return item;
		const own = kept.find(other => other.ssid === ssid)?.password;
		if (password === mask && own === undefined)
			throw new SettingsError(`networks[${index}].password`, mask, "the whole password is");
		return own === undefined ? item : { ...item, password: own };
	});
}

const networkRules: Readonly<Record<keyof WiFiNetwork, Rule>> = Object.freeze(
	{
		ssid: { type: "string", required: true, min: 1, max: 32 },
		password: { type: "string", max: 64 },
	} as const,
	true,
);

/** Keys of a network. */
export const networkKeys: readonly string[] = Object.freeze(Object.keys(networkRules));

/** @throws {SettingsError} `value` is not at most three networks, each name once. */
export function checkNetworks(value: unknown, key: string): WiFiNetwork[] {
	const list = validate(listRule, value, key) as WiFiNetwork[];
	for (const [at, { ssid }] of list.entries()) {
		const before = list.findIndex(other => other.ssid === ssid);
		if (before < at) throw new SettingsError(`${key}[${at}].ssid`, ssid, `${key}[${before}] has it, each name once`);
	}
	return list;
}

const listRule: Rule = Object.freeze(
	{
		type: "list",
		max: maxNetworks,
		item: {
			type: "checked",
			required: true,
			check: (value: unknown, key: string) => fields<WiFiNetwork>(networkRules, hidden(value, key), key),
		},
	} as const,
	true,
);

/** No message may show a password. */
function hidden(value: unknown, key: string): unknown {
	try {
		validate(networkRules.password, ((value ?? {}) as Partial<WiFiNetwork>).password, key);
	} catch {
		throw new SettingsError(`${key}.password`, mask, "at most 64 characters are");
	}
	return value;
}
