/**
 * The settings, a row each: type, limits, default, and how they change. Checks, the README's table and the settings page are made
 * of these rows. The page bundles this file, which therefore imports nothing but types.
 */

import type { Rule } from "./validate.js";

/** Where a setting has its form field: a section of the settings page, or the set-up page. */
export type FormSection = "device" | "sensors" | "alerts" | "network" | "mqtt" | "access" | "wifi" | "setup";

export type SettingRow = Rule & {
	/** Whether it may change while the device runs. */
	readonly changeable?: true;
	/** Whether a change takes full effect with the next boot. */
	readonly restarts?: true;
	/** Whether it is never reported, and sealed on its way. */
	readonly secret?: true;
	/** The field of its object, or of each in its list, that is never reported whole, and sealed on its way. */
	readonly secretField?: string;
	/** Absent for a setting without a form field. */
	readonly form?: FormSection;
};

/** Time limits of a connection: see docs/http.md. */
const limitMs = { type: "integer", min: 100, max: 600_000 } as const;

export const settingRows = Object.freeze(
	{
		name: {
			type: "string",
			format: "deviceName",
			max: 24,
			default: "dht",
			changeable: true,
			restarts: true,
			form: "device",
		},
		port: { type: "integer", min: 1, max: 65_535 },
		intervalMs: { type: "integer", min: 10, max: 3_600_000, default: 2000, changeable: true, form: "device" },
		sensors: { type: "sensors", max: 8, changeable: true, form: "sensors" },
		language: {
			type: "oneOf",
			values: ["auto", "en", "pt", "es", "de"],
			default: "auto",
			changeable: true,
			form: "device",
		},
		units: { type: "oneOf", values: ["C", "F"], default: "C", changeable: true, form: "device" },
		webhooks: { type: "webhooks", max: 4, changeable: true, secretField: "url", form: "alerts" },
		ssid: { type: "string", min: 1, max: 32, changeable: true, form: "setup" },
		password: { type: "string", max: 64, changeable: true, secret: true, form: "setup" },
		networks: { type: "networks", max: 3, changeable: true, secretField: "password", form: "wifi" },
		address: {
			type: "string",
			format: "addressWithPrefix",
			min: 0,
			max: 18,
			default: "",
			changeable: true,
			form: "network",
		},
		gateway: { type: "string", format: "address", min: 0, max: 15, default: "", changeable: true, form: "network" },
		dns: { type: "string", format: "address", min: 0, max: 15, default: "", changeable: true, form: "network" },
		accessPointPassword: { type: "string", format: "ascii", min: 8, max: 63 },
		timeServer: {
			type: "string",
			format: "hostName",
			max: 253,
			default: "pool.ntp.org",
			changeable: true,
			restarts: true,
			form: "network",
		},
		mqttHost: { type: "string", format: "broker", min: 0, max: 253, default: "", changeable: true, form: "mqtt" },
		mqttPort: { type: "integer", min: 1, max: 65_535, default: 1883, changeable: true, form: "mqtt" },
		mqttUser: { type: "string", max: 64, default: "", changeable: true, form: "mqtt" },
		mqttPassword: { type: "string", max: 64, changeable: true, secret: true, form: "mqtt" },
		mqttPrefix: { type: "string", format: "topic", max: 64, default: "dht", changeable: true, form: "mqtt" },
		mqttDiscovery: { type: "boolean", default: true, changeable: true, form: "mqtt" },
		mqttDiscoveryPrefix: {
			type: "string",
			format: "topic",
			max: 64,
			default: "homeassistant",
			changeable: true,
			form: "mqtt",
		},
		adminPassword: { type: "string", min: 8, max: 64, changeable: true, secret: true, form: "access" },
		private: { type: "boolean", default: false, changeable: true, form: "access" },
		hosts: {
			type: "list",
			max: 8,
			item: { type: "string", format: "lowerHostName", max: 253 },
			changeable: true,
			form: "network",
		},
		origins: {
			type: "list",
			max: 8,
			item: { type: "string", format: "origin", max: 267 },
			changeable: true,
			form: "network",
		},
		headerMs: { ...limitMs, default: 5000 },
		bodyMs: { ...limitMs, default: 5000 },
		idleMs: { ...limitMs, default: 5000 },
		progressMs: { ...limitMs, default: 10_000 },
		maxConnections: { type: "integer", min: 3, max: 14, default: 14 },
		maxStreams: { type: "integer", min: 1, max: 12, default: 8 },
	} as const satisfies Record<string, SettingRow>,
	true,
);

type Rows = typeof settingRows;

export type SettingKey = keyof Rows;

/** A setting that may change while the device runs. */
export type Changeable = { [Key in SettingKey]: Rows[Key] extends { changeable: true } ? Key : never }[SettingKey];

/** Where secrets are: `adminPassword`, or `webhooks.url` for the URL of each webhook. */
export const secretPaths: readonly string[] = Object.freeze(
	Object.entries<SettingRow>(settingRows).flatMap(([key, { secret, secretField }]) => {
		if (secret) return [key];
		return secretField === undefined ? [] : [`${key}.${secretField}`];
	}),
);

/** The sensor of a configuration without sensors. */
export const defaultSensor = Object.freeze({ name: "Room", model: "DHT22", pin: 4 }, true);
