/**
 * Checks values against rules. Rules are data: frozen, they lie in flash, and a check allocates nothing but its result.
 * No default may be an array or object, which JSON cannot be made of in flash.
 */

import { type FormatName, formats } from "./formats.js";
import { mask } from "./mask.js";

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

/** Checks one value, which may be missing. @throws {SettingsError} It is not allowed. */
export type Validator<T> = (value: unknown, key: string) => T;

interface Missing {
	/** The value of a key that is missing. @defaultValue undefined; no default applies to a `required` one */
	readonly default?: string | number | boolean;
	readonly required?: true;
}

/** The type of a value, and its limits. `min` and `max` are of the number, of the characters or of the items. */
export type Rule = Missing &
	(
		| { readonly type: "integer" | "decimal"; readonly min: number; readonly max: number }
		/** UTF-8 can hold it: half a surrogate pair is none. */
		| { readonly type: "string"; readonly min?: number; readonly max: number; readonly format?: FormatName }
		| { readonly type: "boolean" }
		| { readonly type: "oneOf"; readonly values: readonly string[] }
		| { readonly type: "list"; readonly max: number; readonly item: Rule }
		| { readonly type: "sensors" | "webhooks" | "networks"; readonly max: number }
		| { readonly type: "checked"; readonly check: Validator<unknown> }
	);

/** @returns `value` as its type has it. @throws {SettingsError} It is not allowed. */
export function validate(rule: Rule, value: unknown, key: string): unknown {
	if (value === undefined && !rule.required) return rule.type === "list" ? [] : rule.default;
	switch (rule.type) {
		case "integer":
			return integer(rule.min, rule.max, value, key);
		case "decimal":
			return decimal(rule.min, rule.max, value, key);
		case "string":
			return string(rule.min ?? (rule.format ? 1 : 0), rule.max, rule.format, value, key);
		case "boolean":
			return boolean(value, key);
		case "oneOf":
			return oneOf(rule.values, value, key);
		case "list":
			return list(rule.max, value, key).map((item, index) => validate(rule.item, item, `${key}[${index}]`));
		case "checked":
			return rule.check(value, key);
		default:
			throw new Error(`${key}: ${rule.type} is checked by its caller`);
	}
}

/** @returns An object of exactly these keys. @param path Put before them. @throws {SettingsError} A key or value is not allowed. */
export function fields<T extends object>(rules: Readonly<Record<keyof T, Rule>>, value: unknown, path: string): T {
	const given = object(value, path || "config");
	const prefix = path ? `${path}.` : "";
	const keys = Object.keys(rules) as (keyof T & string)[];
	for (const key of Object.keys(given))
		if (!keys.some(one => one === key))
			throw new SettingsError(prefix + key, given[key], `the keys are ${keys.join(", ")}`);
	const result: Record<string, unknown> = {};
	for (const key of keys) result[key] = validate(rules[key], given[key], prefix + key);
	return result as T;
}

/** An object of any keys. */
export function object(value: unknown, key: string): Readonly<Record<string, unknown>> {
	if (typeof value !== "object" || value === null || Array.isArray(value))
		throw new SettingsError(key, value, "an object is");
	return value as Record<string, unknown>;
}

/** A number as a string: mcconfig's command line has them so. On XS a RegExp takes memory for every character of a repetition. */
const isShort = (value: unknown): value is string => typeof value === "string" && value.length <= 16;

function integer(min: number, max: number, value: unknown, key: string): number {
	const number = isShort(value) && /^-?\d+$/.test(value) ? Number(value) : value;
	if (typeof number !== "number" || !Number.isInteger(number) || number < min || number > max)
		throw new SettingsError(key, value, `a whole number from ${min} to ${max} is`);
	return number;
}

function decimal(min: number, max: number, value: unknown, key: string): number {
	const number = isShort(value) && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
	if (typeof number !== "number" || !(number >= min && number <= max))
		throw new SettingsError(key, value, `a number from ${min} to ${max} is`);
	return number;
}

function string(min: number, max: number, name: FormatName | undefined, value: unknown, key: string): string {
	const format = name && formats[name];
	const allowed = format?.allowed ?? `${min} to ${max} characters are`;
	if (typeof value !== "string") throw new SettingsError(key, value, allowed);
	const length = countCharacters(value);
	if (length < 0) throw new SettingsError(key, value, "text is, and half a surrogate pair is none");
	if (length < min || length > max || (format && !format.fits(value))) throw new SettingsError(key, value, allowed);
	return value;
}

/** @returns Characters of `value`, those of two code units counted once; -1: half of such a pair is without the other. */
function countCharacters(value: string): number {
	let count = 0;
	for (let index = 0; index < value.length; index++, count++) {
		const code = value.charCodeAt(index) & 0xfc00;
		if (code !== 0xd800 && code !== 0xdc00) continue;
		if (code === 0xdc00 || (value.charCodeAt(++index) & 0xfc00) !== 0xdc00) return -1;
	}
	return count;
}

function boolean(value: unknown, key: string): boolean {
	if (value === true || value === "true") return true;
	if (value === false || value === "false") return false;
	throw new SettingsError(key, value, "true and false are");
}

function oneOf(values: readonly string[], value: unknown, key: string): string {
	const found = values.find(one => one === value);
	if (found === undefined)
		throw new SettingsError(key, value, `${values.slice(0, -1).join(", ")} and ${values.at(-1)} are`);
	return found;
}

function list(max: number, value: unknown, key: string): unknown[] {
	if (!Array.isArray(value) || value.length > max) throw new SettingsError(key, value, `an array of at most ${max} is`);
	return value;
}

/** @returns A value as a person would recognise it, on one line. */
function show(value: unknown): string {
	if (typeof value === "string") {
		const shown = withoutAccount(value);
		return JSON.stringify(shown.length > 70 ? `${shown.slice(0, 70)}…` : shown);
	}
	if (Array.isArray(value)) return "an array";
	if (typeof value === "object" && value !== null) return "an object";
	return String(value);
}

/** @returns `value` without user and password, which a URL may have before an `@`. */
function withoutAccount(value: string): string {
	const at = value.lastIndexOf("@");
	if (at < 0) return value;
	const begin = value.indexOf("://");
	return `${value.slice(0, begin < 0 ? 0 : begin + 3)}${mask}${value.slice(at)}`;
}
