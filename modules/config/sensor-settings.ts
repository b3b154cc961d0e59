/** The settings of a sensor, and their checks. */

import { findModel, modelNames } from "../dht/models.js";
import { type Calibration, Calibrator, type Correction } from "../sampling/calibration.js";
import type { SensorOptions } from "../sampling/sampler.js";
import { maxPin } from "./chip-pins.js";
import { fields, type Rule, SettingsError, validate } from "./validate.js";

/** A value below `below` or above `above` is worth a warning; `null` where there is no such bound. */
export interface Bounds {
	below: number | null;
	above: number | null;
}

export interface Warning extends Bounds {
	/** A zone is left once the value is back by this, 0 to 20. */
	hysteresis: number;
}

/** The warning zones of a sensor. */
export interface Warn {
	temperature: Warning;
	humidity: Warning;
	/** A zone that is entered or left so long is an alert, ms. */
	delayMs: number;
}

/** From and to. */
export type Band = readonly [number, number];

/** Bands in °C and percent. */
export interface Bands {
	temperature?: Band | undefined;
	humidity?: Band | undefined;
}

export interface SensorSettings extends SensorOptions {
	warn: Warn;
	/** What the thermometer shows; without it, what is near the readings. */
	scale?: Pick<Bands, "temperature"> | undefined;
	/** Shaded on the gauges. */
	comfort?: Bands | undefined;
}

/** In °C and percent. */
export const defaultWarn: Warn = Object.freeze(
	{
		temperature: { below: null, above: 60, hysteresis: 0.5 },
		humidity: { below: null, above: 80, hysteresis: 2 },
		delayMs: 60_000,
	},
	true,
);

const pin = { type: "integer", min: 0, max: maxPin } as const;

const sensorRules: Readonly<Record<keyof SensorSettings, Rule>> = Object.freeze(
	{
		name: { type: "string", required: true, format: "label", max: 64 },
		model: { type: "checked", required: true, check: checkModel },
		pin: { ...pin, required: true },
		powerPin: pin,
		sign: { type: "oneOf", values: ["magnitude", "floor"] },
		calibration: { type: "checked", check: checkCalibration },
		median: { type: "boolean" },
		warn: { type: "checked", required: true, check: checkWarn },
		scale: { type: "checked", check: (value, key) => fields<Pick<Bands, "temperature">>(scaleRules, value, key) },
		comfort: { type: "checked", check: (value, key) => fields<Bands>(bandRules, value, key) },
	} as const,
	true,
);

/** @param max Sensors. @throws {SettingsError} A value is not allowed, or two sensors have one name or pin. */
export function checkSensors(max: number, value: unknown, key: string): SensorSettings[] {
	if (!Array.isArray(value) || value.length < 1 || value.length > max)
		throw new SettingsError(key, value, `an array of 1 to ${max} sensors is`);
	const sensors = value.map((item, index) => fields<SensorSettings>(sensorRules, item, `${key}[${index}]`));
	shareDefaultWarn(sensors);
	/** The key that has taken a pin. */
	const pins = new Map<number, string>();
	sensors.forEach(({ name, pin, powerPin }, index) => {
		if (sensors.findIndex(other => other.name === name) < index)
			throw new SettingsError(`${key}[${index}].name`, name, "no two sensors may have one name");
		for (const [field, number] of Object.entries({ pin, powerPin })) {
			if (number === undefined) continue;
			const taken = pins.get(number);
			if (taken) throw new SettingsError(`${key}[${index}].${field}`, number, `it is taken by ${taken}`);
			pins.set(number, `${key}[${index}].${field}`);
		}
	});
	return sensors;
}

/** Sensors whose warning zones are the usual ones share one object: each takes some 200 bytes. */
function shareDefaultWarn(sensors: SensorSettings[]): void {
	const usual = checkWarn(undefined, "");
	const written = JSON.stringify(usual);
	for (const sensor of sensors) if (JSON.stringify(sensor.warn) === written) sensor.warn = usual;
}

function checkModel(value: unknown, key: string): string {
	const found = typeof value === "string" ? findModel(value) : undefined;
	if (!found) throw new SettingsError(key, value, `the models are ${modelNames.join(", ")}`);
	return found.name;
}

const warnLimits = Object.freeze(
	{
		temperature: { type: "decimal", min: -50, max: 150 },
		humidity: { type: "decimal", min: 0, max: 100 },
	} as const,
	true,
);

type Quantity = keyof typeof warnLimits;

const warnRules: Readonly<Record<keyof Warn, Rule>> = Object.freeze(
	{
		temperature: { type: "checked", required: true, check: (value, key) => checkWarning("temperature", value, key) },
		humidity: { type: "checked", required: true, check: (value, key) => checkWarning("humidity", value, key) },
		delayMs: { type: "integer", min: 0, max: 86_400_000, default: defaultWarn.delayMs },
	},
	true,
);

function checkWarn(value: unknown, key: string): Warn {
	return fields<Warn>(warnRules, value ?? {}, key);
}

const boundRules: Readonly<Record<keyof Warning, Rule>> = Object.freeze(
	{
		below: { type: "checked", check: value => value },
		above: { type: "checked", check: value => value },
		hysteresis: { type: "decimal", min: 0, max: 20 },
	},
	true,
);

/** A bound that is missing has its default, and one that is `null` is absent. */
function checkWarning(quantity: Quantity, value: unknown, key: string): Warning {
	const given = fields<Warning>(boundRules, value ?? {}, key);
	const bound = (side: keyof Warning) => {
		const found = given[side];
		if (found === undefined) return defaultWarn[quantity][side];
		return found === null ? null : (validate(warnLimits[quantity], found, `${key}.${side}`) as number);
	};
	const below = bound("below");
	const above = bound("above");
	if (below !== null && above !== null && below >= above)
		throw new SettingsError(`${key}.below`, below, `less than above (${above}) is`);
	return { below, above, hysteresis: given.hysteresis ?? defaultWarn[quantity].hysteresis };
}

const scaleRules: Readonly<Record<"temperature", Rule>> = Object.freeze(
	{ temperature: { type: "checked", check: (value, key) => checkSpan(warnLimits.temperature, value, key) } },
	true,
);
const bandRules: Readonly<Record<Quantity, Rule>> = Object.freeze(
	{
		...scaleRules,
		humidity: { type: "checked", check: (value, key) => checkSpan(warnLimits.humidity, value, key) },
	},
	true,
);

function checkSpan(limits: Rule, value: unknown, key: string): Band {
	if (!Array.isArray(value) || value.length !== 2) throw new SettingsError(key, value, "a pair [from, to] is");
	const [from, to] = value.map(
		(end, index) => validate({ ...limits, required: true }, end, `${key}[${index}]`) as number,
	);
	if (from! >= to!) throw new SettingsError(`${key}[0]`, from, `less than ${to} is`);
	return [from!, to!];
}

const correctionRules: Readonly<Record<Quantity, Rule>> = Object.freeze(
	{
		temperature: { type: "checked", check: checkCorrection },
		humidity: { type: "checked", check: checkCorrection },
	},
	true,
);

function checkCalibration(value: unknown, key: string): Calibration {
	const found = fields<Calibration>(correctionRules, value, key);
	try {
		new Calibrator(found);
	} catch (error) {
		throw new SettingsError(key, value, (error as Error).message);
	}
	return found;
}

const offsetRules: Readonly<Record<"offset", Rule>> = Object.freeze(
	{ offset: { type: "decimal", required: true, min: -50, max: 50 } },
	true,
);
const pointsRules: Readonly<Record<"points", Rule>> = Object.freeze(
	{ points: { type: "list", required: true, max: 2, item: { type: "checked", required: true, check: checkPoint } } },
	true,
);
const pointLimits = Object.freeze({ type: "decimal", required: true, min: -100, max: 200 } as const, true);

/** Keys of a sensor's settings and of the objects in them. */
export const sensorKeys: readonly string[] = Object.freeze(
	[sensorRules, warnRules, boundRules, correctionRules, offsetRules, pointsRules].flatMap(rules => Object.keys(rules)),
);

function checkCorrection(value: unknown, key: string): Correction {
	if (typeof value !== "object" || value === null || !("points" in value))
		return fields<{ offset: number }>(offsetRules, value, key);
	const { points } = fields<{ points: (readonly [number, number])[] }>(pointsRules, value, key);
	const [first, second] = points;
	if (!first || !second) throw new SettingsError(`${key}.points`, value.points, "two pairs [shown, actual] are");
	return { points: [first, second] };
}

function checkPoint(value: unknown, key: string): readonly [number, number] {
	if (!Array.isArray(value) || value.length !== 2) throw new SettingsError(key, value, "a pair [shown, actual] is");
	const at = (index: number) => validate(pointLimits, value[index], `${key}[${index}]`) as number;
	return [at(0), at(1)];
}
