/** The configuration, checked: what a person wrote in moddable.config.json or on mcconfig's command line, as typed values. */

import type { Limits } from "./platform/types.js";
import { type Calibration, Calibrator, type Correction } from "./sensor/calibration.js";
import { findModel, modelNames } from "./sensor/models.js";
import type { SensorOptions } from "./sensor/sampler.js";
import type { Warning } from "./web/events.js";

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
	/** Wi-Fi to join. */
	ssid: string | undefined;
	password: string | undefined;
	/** Of the access point that the device opens for its set-up, 8 to 63 characters; none leaves it open. */
	accessPointPassword: string | undefined;
	/** Where the clock is set by SNTP. */
	timeServer: string;
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
export const defaultWarn: SensorSettings["warn"] = {
	temperature: { below: null, above: 60 },
	humidity: { below: null, above: 80 },
};

/** A value that is not allowed: `message` is one line that names the key, the value and what is allowed. */
export class SettingsError extends Error {
	constructor(
		readonly key: string,
		value: unknown,
		allowed: string,
	) {
		super(`${key}: ${show(value)} is not allowed; ${allowed}`);
	}
}

/** A value as a person would recognise it, on one line. */
function show(value: unknown): string {
	if (typeof value === "string") return JSON.stringify(value.length > 70 ? `${value.slice(0, 70)}…` : value);
	if (Array.isArray(value)) return "an array";
	if (typeof value === "object" && value !== null) return "an object";
	return String(value);
}

/** Checks one value found under `key`; throws a SettingsError. */
type Check<T> = (value: unknown, key: string) => T;

/** Whole numbers; mcconfig's command line has them as strings. */
function integer(least: number, most: number): Check<number> {
	return (value, key) => {
		const number = typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
		if (typeof number !== "number" || !Number.isInteger(number) || number < least || number > most)
			throw new SettingsError(key, value, `a whole number from ${least} to ${most} is`);
		return number;
	};
}

function text(
	least: number,
	most: number,
	pattern?: RegExp,
	allowed = `${least} to ${most} characters are`,
): Check<string> {
	return (value, key) => {
		const length = typeof value === "string" ? Array.from(value).length : -1;
		if (typeof value !== "string" || length < least || length > most || (pattern && !pattern.test(value)))
			throw new SettingsError(key, value, allowed);
		return value;
	};
}

/** Numbers with a fraction; mcconfig's command line has them as strings. */
function decimal(least: number, most: number): Check<number> {
	return (value, key) => {
		const number = typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
		if (typeof number !== "number" || !(number >= least && number <= most))
			throw new SettingsError(key, value, `a number from ${least} to ${most} is`);
		return number;
	};
}

const flag: Check<boolean> = (value, key) => {
	if (value === true || value === "true") return true;
	if (value === false || value === "false") return false;
	throw new SettingsError(key, value, "true and false are");
};

function choice<T extends string>(...choices: T[]): Check<T> {
	return (value, key) => {
		const found = choices.find(one => one === value);
		if (found === undefined) throw new SettingsError(key, value, `${choices.join(" and ")} are`);
		return found;
	};
}

function list<T>(most: number, check: Check<T>): Check<T[]> {
	return (value, key) => {
		if (!Array.isArray(value) || value.length > most)
			throw new SettingsError(key, value, `an array of at most ${most} is`);
		return value.map((item, index) => check(item, `${key}[${index}]`));
	};
}

/** Leaves a missing value at `otherwise`. */
function optional<T, U>(check: Check<T>, otherwise: U): Check<T | U> {
	return (value, key) => (value === undefined ? otherwise : check(value, key));
}

/** An object of exactly these keys. `path` is put before them. */
function fields<T extends object>(checks: { [K in keyof T]: Check<T[K]> }, value: unknown, path: string): T {
	if (typeof value !== "object" || value === null || Array.isArray(value))
		throw new SettingsError(path || "config", value, "an object is");
	const prefix = path ? `${path}.` : "";
	const known = Object.keys(checks);
	for (const key of Object.keys(value))
		if (!known.includes(key))
			throw new SettingsError(
				prefix + key,
				(value as Record<string, unknown>)[key],
				`the keys are ${known.join(", ")}`,
			);
	const result: Partial<T> = {};
	for (const key of known as (keyof T & string)[])
		result[key] = checks[key]((value as Record<string, unknown>)[key], prefix + key);
	return result as T;
}

const model: Check<string> = (value, key) => {
	const found = typeof value === "string" ? findModel(value) : undefined;
	if (!found) throw new SettingsError(key, value, `the models are ${modelNames.join(", ")}`);
	return found.name;
};

/** Bounds beyond which a value is worth a warning. */
function warning(least: number, most: number, above: number | null): Check<Warning> {
	return (value, key) => {
		const bounds = fields<Warning>(
			{ below: optional(decimal(least, most), null), above: optional(decimal(least, most), above) },
			value ?? {},
			key,
		);
		if (bounds.below !== null && bounds.above !== null && bounds.below >= bounds.above)
			throw new SettingsError(`${key}.below`, bounds.below, `less than above (${bounds.above}) is`);
		return bounds;
	};
}

const pair: Check<readonly [number, number]> = (value, key) => {
	if (!Array.isArray(value) || value.length !== 2) throw new SettingsError(key, value, "a pair [shown, actual] is");
	const number = decimal(-100, 200);
	return [number(value[0], `${key}[0]`), number(value[1], `${key}[1]`)];
};

const correction: Check<Correction> = (value, key) => {
	if (typeof value === "object" && value !== null && "points" in value) {
		const { points } = fields<{ points: (readonly [number, number])[] }>({ points: list(2, pair) }, value, key);
		const [first, second] = points;
		if (!first || !second) throw new SettingsError(`${key}.points`, value.points, "two pairs [shown, actual] are");
		return { points: [first, second] };
	}
	return fields<{ offset: number }>({ offset: decimal(-50, 50) }, value, key);
};

const calibration: Check<Calibration> = (value, key) => {
	const found = fields<Calibration>(
		{ temperature: optional(correction, undefined), humidity: optional(correction, undefined) },
		value,
		key,
	);
	try {
		new Calibrator(found);
	} catch (error) {
		throw new SettingsError(key, value, (error as Error).message);
	}
	return found;
};

const pin = integer(0, 48);

/** Text on one line: neither control characters nor the two line ends of Unicode. */
const label: Check<string> = (value, key) => {
	const allowed = "1 to 64 characters without control characters are";
	const found = text(1, 64, undefined, allowed)(value, key);
	for (const character of found) {
		const code = character.charCodeAt(0);
		if (code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0x2028 || code === 0x2029)
			throw new SettingsError(key, value, allowed);
	}
	return found;
};

const sensor: Check<SensorSettings> = (value, key) =>
	fields<SensorSettings>(
		{
			name: label,
			model,
			pin,
			powerPin: optional(pin, undefined),
			sign: optional(choice("magnitude", "floor"), undefined),
			calibration: optional(calibration, undefined),
			median: optional(flag, undefined),
			warn: (warn, path) =>
				fields<SensorSettings["warn"]>(
					{
						temperature: warning(-50, 150, defaultWarn.temperature.above),
						humidity: warning(0, 100, defaultWarn.humidity.above),
					},
					warn ?? {},
					path,
				),
		},
		value,
		key,
	);

const sensors: Check<SensorSettings[]> = (value, key) => {
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

const milliseconds = integer(100, 600_000);

const hostName = text(1, 253, /^[a-z0-9.-]+$/i, "a host name is");

/** @param mostConnections How many connections the host leaves to the server. */
function checks(mostConnections: number): { [K in keyof Settings]: Check<Settings[K]> } {
	return {
		name: optional(
			text(1, 24, /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i, "1 to 24 letters, digits and inner hyphens are"),
			"dht",
		),
		port: optional(integer(1, 65535), undefined),
		intervalMs: optional(integer(10, 3_600_000), 2000),
		sensors: (value, key) => sensors(value ?? [{ name: "Room", model: "DHT22", pin: 4 }], key),
		ssid: optional(text(1, 32), undefined),
		password: optional(text(0, 64), undefined),
		accessPointPassword: optional(text(8, 63, /^[\x20-\x7e]*$/, "8 to 63 characters of ASCII are"), undefined),
		timeServer: optional(hostName, "pool.ntp.org"),
		maxConnections: optional(integer(3, mostConnections), mostConnections),
		maxStreams: optional(integer(1, mostConnections - 2), Math.min(8, mostConnections - 2)),
		hosts: optional(list(8, hostName), []),
		origins: optional(list(8, text(1, 261, /^https?:\/\/[^/]+$/, "an origin like https://example.org is")), []),
		headerMs: optional(milliseconds, 5000),
		bodyMs: optional(milliseconds, 5000),
		idleMs: optional(milliseconds, 5000),
		progressMs: optional(milliseconds, 10_000),
	};
}

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
	if (settings.maxStreams > settings.maxConnections - 2)
		throw new SettingsError(
			"maxStreams",
			settings.maxStreams,
			`at most maxConnections - 2 = ${settings.maxConnections - 2} are`,
		);
	return settings;
}
