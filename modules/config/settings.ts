/** The configuration, checked: what a person wrote in moddable.config.json or on mcconfig's command line, as typed values. */

import type { Warning } from "../api/schema.js";
import { findModel, modelNames } from "../dht/models.js";
import type { Limits } from "../platform/host.js";
import { type Calibration, Calibrator, type Correction } from "../sampling/calibration.js";
import type { SensorOptions } from "../sampling/sampler.js";
import { isHostName, isOrigin } from "./addresses.js";
import {
	boolean,
	decimal,
	fields,
	integer,
	list,
	oneOf,
	optional,
	SettingsError,
	text,
	type Validator,
} from "./validate.js";

export interface SensorSettings extends SensorOptions {
	/** Where the page draws its warning zones. */
	warn: { temperature: Warning; humidity: Warning };
}

export interface Settings {
	/** The device's name, also its host name: 1 to 24 letters, digits and hyphens. */
	name: string;
	/** TCP port, 1 to 65535; `undefined` for the host's own. */
	port: number | undefined;
	/** Time between two readings of a sensor in ms, 10 to 3,600,000; a live sensor is not read faster than its model allows. */
	intervalMs: number;
	/** One to eight, no two of one name or on one pin. */
	sensors: SensorSettings[];
	/** What the page speaks and measures in where a reader has chosen nothing; `auto` is the browser's language. */
	language: "auto" | "en" | "pt";
	units: "C" | "F";
	/** Wi-Fi to join. */
	ssid: string | undefined;
	password: string | undefined;
	/** Of the access point that the device opens for its set-up, 8 to 63 characters; none leaves it open. */
	accessPointPassword: string | undefined;
	/** Where the clock is set by SNTP. */
	timeServer: string;
	/** Who knows it may change the device, 8 to 64 characters; until it is set, only who comes through the set-up access point. */
	adminPassword: string | undefined;
	/** Whether the password is needed for reading, too. */
	private: boolean;
	/** Connections at once, up to the host's limit less two. */
	maxConnections: number;
	/** Streams at once; two connections are always left for the page and the interface. */
	maxStreams: number;
	/** Names besides its own under which the device may be asked for, as a router hands them out. */
	hosts: string[];
	/** Web origins whose pages may read the device and change it. */
	origins: string[];
	/** Time limits of a connection, ms, 100 to 600,000: see docs/http.md. */
	headerMs: number;
	bodyMs: number;
	idleMs: number;
	progressMs: number;
}

/** Above these the page warns: °C and percent. */
export const defaultWarn: SensorSettings["warn"] = Object.freeze(
	{
		temperature: { below: null, above: 60 },
		humidity: { below: null, above: 80 },
	},
	true,
);

const model: Validator<string> = (value, key) => {
	const found = typeof value === "string" ? findModel(value) : undefined;
	if (!found) throw new SettingsError(key, value, `the models are ${modelNames.join(", ")}`);
	return found.name;
};

/** A bound that may be absent: `null` says so. */
function bound(min: number, most: number, otherwise: number | null): Validator<number | null> {
	const number = decimal(min, most);
	return (value, key) => (value === undefined ? otherwise : value === null ? null : number(value, key));
}

/** Bounds beyond which a value is worth a warning. */
function warning(min: number, most: number, above: number | null): Validator<Warning> {
	const parts = Object.freeze({ below: bound(min, most, null), above: bound(min, most, above) }, true);
	return (value, key) => {
		const bounds = fields<Warning>(parts, value ?? {}, key);
		if (bounds.below !== null && bounds.above !== null && bounds.below >= bounds.above)
			throw new SettingsError(`${key}.below`, bounds.below, `less than above (${bounds.above}) is`);
		return bounds;
	};
}

// The checks are made once, at build time, and lie in flash: made for each change they took 20 KB. No default of theirs may be an
// array or object that is told as JSON, which cannot be in flash.

const shown = decimal(-100, 200);

const pair: Validator<readonly [number, number]> = (value, key) => {
	if (!Array.isArray(value) || value.length !== 2) throw new SettingsError(key, value, "a pair [shown, actual] is");
	return [shown(value[0], `${key}[0]`), shown(value[1], `${key}[1]`)];
};

const twoPoints = Object.freeze({ points: list(2, pair) }, true);
const oneOffset = Object.freeze({ offset: decimal(-50, 50) }, true);

const correction: Validator<Correction> = (value, key) => {
	if (typeof value === "object" && value !== null && "points" in value) {
		const { points } = fields<{ points: (readonly [number, number])[] }>(twoPoints, value, key);
		const [first, second] = points;
		if (!first || !second) throw new SettingsError(`${key}.points`, value.points, "two pairs [shown, actual] are");
		return { points: [first, second] };
	}
	return fields<{ offset: number }>(oneOffset, value, key);
};

const corrections = Object.freeze(
	{ temperature: optional(correction, undefined), humidity: optional(correction, undefined) },
	true,
);

const calibration: Validator<Calibration> = (value, key) => {
	const found = fields<Calibration>(corrections, value, key);
	try {
		new Calibrator(found);
	} catch (error) {
		throw new SettingsError(key, value, (error as Error).message);
	}
	return found;
};

const pin = integer(0, 48);

const labelAllowed = "1 to 64 characters without control characters are";
const labelText = text(1, 64, undefined, labelAllowed);

/** Text on one line: neither control characters nor the two line ends of Unicode. */
const label: Validator<string> = (value, key) => {
	const found = labelText(value, key);
	for (const character of found) {
		const code = character.charCodeAt(0);
		if (code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0x2028 || code === 0x2029)
			throw new SettingsError(key, value, labelAllowed);
	}
	return found;
};

const warnings = Object.freeze(
	{
		temperature: warning(-50, 150, defaultWarn.temperature.above),
		humidity: warning(0, 100, defaultWarn.humidity.above),
	},
	true,
);

const sensorFields: { [K in keyof SensorSettings]-?: Validator<SensorSettings[K]> } = Object.freeze(
	{
		name: label,
		model,
		pin,
		powerPin: optional(pin, undefined),
		sign: optional(oneOf("magnitude", "floor"), undefined),
		calibration: optional(calibration, undefined),
		median: optional(boolean, undefined),
		warn: (warn, path) => fields<SensorSettings["warn"]>(warnings, warn ?? {}, path),
	},
	true,
);

const sensor: Validator<SensorSettings> = (value, key) => fields<SensorSettings>(sensorFields, value, key);

const sensors: Validator<SensorSettings[]> = (value, key) => {
	if (!Array.isArray(value) || value.length < 1 || value.length > 8)
		throw new SettingsError(key, value, "an array of 1 to 8 sensors is");
	const found = value.map((item, index) => sensor(item, `${key}[${index}]`));
	/** Which key has taken a pin. */
	const pins = new Map<number, string>();
	found.forEach(({ name, pin, powerPin }, index) => {
		if (found.findIndex(other => other.name === name) < index)
			throw new SettingsError(`${key}[${index}].name`, name, "no two sensors may have one name");
		for (const [part, number] of Object.entries({ pin, powerPin })) {
			if (number === undefined) continue;
			const taken = pins.get(number);
			if (taken) throw new SettingsError(`${key}[${index}].${part}`, number, `it is taken by ${taken}`);
			pins.set(number, `${key}[${index}].${part}`);
		}
	});
	return found;
};

const isLower = (value: string) => value === value.toLowerCase();

const milliseconds = integer(100, 600_000);

const hostName = text(1, 253, isHostName, "a host name is");
const ownName = text(1, 253, value => isHostName(value) && isLower(value), "a host name in lower case is");
const hosts = list(8, ownName);
const origins = list(8, text(1, 267, isOrigin, "an origin in lower case, like https://example.org, is"));

/** What does not depend on the host. */
const common: { [K in Exclude<keyof Settings, "maxConnections" | "maxStreams">]: Validator<Settings[K]> } =
	Object.freeze(
		{
			name: optional(
				text(
					1,
					24,
					value => /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i.test(value),
					"1 to 24 letters, digits and inner hyphens are",
				),
				"dht",
			),
			port: optional(integer(1, 65535), undefined),
			intervalMs: optional(integer(10, 3_600_000), 2000),
			sensors: (value, key) => sensors(value ?? [{ name: "Room", model: "DHT22", pin: 4 }], key),
			language: optional(oneOf("auto", "en", "pt"), "auto"),
			units: optional(oneOf("C", "F"), "C"),
			ssid: optional(text(1, 32), undefined),
			password: optional(text(0, 64), undefined),
			accessPointPassword: optional(
				text(8, 63, value => /^[\x20-\x7e]*$/.test(value), "8 to 63 characters of ASCII are"),
				undefined,
			),
			timeServer: optional(hostName, "pool.ntp.org"),
			adminPassword: optional(text(8, 64), undefined),
			private: optional(boolean, false),
			hosts: (value, key) => (value === undefined ? [] : hosts(value, key)),
			origins: (value, key) => (value === undefined ? [] : origins(value, key)),
			headerMs: optional(milliseconds, 5000),
			bodyMs: optional(milliseconds, 5000),
			idleMs: optional(milliseconds, 5000),
			progressMs: optional(milliseconds, 10_000),
		},
		true,
	);

/** @param mostConnections How many connections the host leaves to the server. */
function checks(mostConnections: number): { [K in keyof Settings]: Validator<Settings[K]> } {
	return {
		...common,
		maxConnections: optional(integer(3, mostConnections), mostConnections),
		maxStreams: optional(integer(1, mostConnections - 2), Math.min(8, mostConnections - 2)),
	};
}

/** The settings that may be changed while the device runs. */
export const changeable = Object.freeze(
	[
		"name",
		"language",
		"units",
		"intervalMs",
		"sensors",
		"ssid",
		"password",
		"timeServer",
		"hosts",
		"origins",
		"adminPassword",
		"private",
	] as const satisfies readonly (keyof Settings)[],
	true,
);

export type Changeable = (typeof changeable)[number];

/** All keys that a change may have, those of the objects in it included; `sealed` holds a secret. */
export const changeKeys: readonly string[] = Object.freeze([
	...changeable,
	...["model", "pin", "powerPin", "sign", "calibration", "median", "warn"],
	...["temperature", "humidity", "offset", "points", "below", "above", "sealed"],
]);

/** Of these, what is never told. */
export const secrets: readonly Changeable[] = Object.freeze(["password", "adminPassword"], true);

/**
 * The project's part of a device's `mc/config`, copied out of flash: boards of the SDK add keys of their own, which are
 * left out. What a person may mistype is refused before that, by the build.
 */
export function ownConfig(config: object): object {
	const own: Record<string, unknown> = {};
	for (const key of Object.keys(checks(3))) {
		const value = (config as Record<string, unknown>)[key];
		if (value !== undefined) own[key] = value;
	}
	return own;
}

/**
 * @param config The object under "config" in moddable.config.json, with what mcconfig's command line added.
 * @param limits What the host can do at most.
 * @throws {SettingsError} The first value that is not allowed.
 */
export function readSettings(config: unknown, limits: Limits): Settings {
	const settings = fields<Settings>(checks(limits.maxConnections - 2), config, "");
	if (settings.private && settings.adminPassword === undefined)
		throw new SettingsError("private", true, "it needs an adminPassword");
	if (settings.maxStreams > settings.maxConnections - 2)
		throw new SettingsError(
			"maxStreams",
			settings.maxStreams,
			`at most maxConnections - 2 = ${settings.maxConnections - 2} are`,
		);
	return settings;
}
