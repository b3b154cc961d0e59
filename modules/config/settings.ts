/** The configuration, checked: what a person wrote in moddable.config.json or on mcconfig's command line, as typed values. */

import type { Limits } from "../platform/host.js";
import { checkNetworks, networkKeys, networksOf, type WiFiNetwork } from "./networks.js";
import { checkSensors, type SensorSettings, sensorKeys } from "./sensor-settings.js";
import { type Changeable, defaultSensor, type SettingKey, type SettingRow, settingRows } from "./setting-rows.js";
import { staticAddressOf } from "./static-address.js";
import { fields, type Rule, SettingsError } from "./validate.js";
import { type Webhook, webhookKeys, webhookRule } from "./webhooks.js";

export type { WiFiNetwork } from "./networks.js";
export { type Bounds, defaultWarn, type SensorSettings, type Warn } from "./sensor-settings.js";
export { type Changeable, secretPaths } from "./setting-rows.js";
export type { Webhook } from "./webhooks.js";

/** The values by the keys of `settingRows`, which has their limits. */
export interface Settings {
	/** The device's name, also its host name. */
	name: string;
	/** TCP port; `undefined` for the host's own. */
	port: number | undefined;
	/** Time between two readings of a sensor, ms; a live sensor is not read faster than its model allows. */
	intervalMs: number;
	/** No two of one name or on one pin. */
	sensors: SensorSettings[];
	/** The page's language for a reader who has chosen none; `auto` is the browser's. */
	language: "auto" | "en" | "pt" | "es" | "de";
	/** The page's unit of temperature for a reader who has chosen none. */
	units: "C" | "F";
	/** Receivers of alerts. */
	webhooks: Webhook[];
	/** Wi-Fi to join, the first of `networks`. */
	ssid: string | undefined;
	password: string | undefined;
	/** All Wi-Fis to join. */
	networks: WiFiNetwork[];
	/** The device's IPv4 address with the length of its prefix, its gateway and DNS server. Each is empty for that of DHCP. */
	address: string;
	gateway: string;
	dns: string;
	/** Of the access point that the device opens for its set-up; none leaves it open. */
	accessPointPassword: string | undefined;
	/** The SNTP server that sets the clock. */
	timeServer: string;
	/** The broker to publish to, by MQTT: docs/mqtt.md. Empty for none. */
	mqttHost: string;
	mqttPort: number;
	/** Empty for a broker that takes everybody. */
	mqttUser: string;
	mqttPassword: string | undefined;
	/** In front of the device's name in topics. */
	mqttPrefix: string;
	/** Whether Home Assistant discovers the device. */
	mqttDiscovery: boolean;
	/** In front of Home Assistant's topics. */
	mqttDiscoveryPrefix: string;
	/** Its owner may change the device; until it is set, only a guest of the set-up access point may. */
	adminPassword: string | undefined;
	/** Whether reading needs the password, too. */
	private: boolean;
	/** Host names besides the device's own in the `Host` of requests, as a router hands them out. */
	hosts: string[];
	/** Web origins whose pages may read the device and change it. */
	origins: string[];
	/** Time limits of a connection, ms: see docs/http.md. */
	headerMs: number;
	bodyMs: number;
	idleMs: number;
	progressMs: number;
	/** Connections at once; the host's limit less two. */
	maxConnections: number;
	/** Streams at once; two connections are always left for the page and the API. */
	maxStreams: number;
}

const keys = Object.freeze(Object.keys(settingRows) as SettingKey[]);

const rowOf = (key: SettingKey): SettingRow => settingRows[key];

/** The settings that may be changed while the device runs. */
export const changeable: readonly Changeable[] = Object.freeze(
	keys.filter((key): key is Changeable => rowOf(key).changeable === true),
);

/** All keys that a change may have, those of the objects in it included; `sealed` holds a secret, `format` says how to read it. */
export const changeKeys: readonly string[] = Object.freeze([
	...new Set([...changeable, ...sensorKeys, ...webhookKeys, ...networkKeys, "sealed"]),
]);

/** The settings that are never reported. */
export const secrets: readonly Changeable[] = Object.freeze(changeable.filter(key => rowOf(key).secret === true));

/** The settings whose change takes full effect with the next boot. */
export const restarting: readonly Changeable[] = Object.freeze(changeable.filter(key => rowOf(key).restarts === true));

/**
 * The project's part of a device's `mc/config`, copied out of flash: boards of the SDK add keys of their own, which are
 * left out. A mistyped key is rejected before that, by the build.
 */
export function ownConfig(config: object): object {
	const own: Record<string, unknown> = {};
	for (const key of keys) {
		const value = (config as Record<string, unknown>)[key];
		if (value !== undefined) own[key] = value;
	}
	return own;
}

/** @returns The rows with what only the host knows. */
function rulesFor(limits: Limits): Record<SettingKey, Rule> {
	const { maxConnections, maxStreams, sensors, webhooks } = settingRows;
	const connections = Math.min(maxConnections.max, limits.maxConnections - 2);
	const streams = connections - 2;
	return {
		...settingRows,
		sensors: {
			type: "checked",
			required: true,
			check: (value, key) => checkSensors(sensors.max, value ?? [{ ...defaultSensor }], key),
		},
		webhooks: { type: "list", max: webhooks.max, item: webhookRule },
		networks: { type: "checked", required: true, check: (value, key) => checkNetworks(value ?? [], key) },
		maxConnections: { ...maxConnections, max: connections, default: connections },
		maxStreams: { ...maxStreams, max: streams, default: Math.min(maxStreams.default, streams) },
	};
}

/**
 * @param config The object under "config" in moddable.config.json, with what mcconfig's command line added.
 * @param limits What the host can do at most.
 * @throws {SettingsError} The first value that is not allowed.
 */
export function readSettings(config: unknown, limits: Limits): Settings {
	const settings = fields<Settings>(rulesFor(limits), config, "");
	settings.networks = networksOf(settings);
	staticAddressOf(settings);
	if (settings.private && settings.adminPassword === undefined)
		throw new SettingsError("private", true, "it needs an adminPassword");
	const streams = settings.maxConnections - 2;
	if (settings.maxStreams > streams)
		throw new SettingsError("maxStreams", settings.maxStreams, `at most maxConnections - 2 = ${streams} are`);
	return settings;
}
