/** What a value must be like: checks that settings are put together from, each saying what is wrong and what is allowed. */

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
export type Validator<T> = (value: unknown, key: string) => T;

/** A number as text: on XS a RegExp takes memory for every character of a repetition. */
const isShort = (value: unknown): value is string => typeof value === "string" && value.length <= 16;

/** @returns Characters of `text`, those of two code units counted once; -1: half of such a pair is without the other. */
function countCharacters(text: string): number {
	let count = 0;
	for (let at = 0; at < text.length; at++, count++) {
		const code = text.charCodeAt(at) & 0xfc00;
		if (code !== 0xd800 && code !== 0xdc00) continue;
		if (code === 0xdc00 || (text.charCodeAt(++at) & 0xfc00) !== 0xdc00) return -1;
	}
	return count;
}

/** Whole numbers; mcconfig's command line has them as strings. */
export function integer(min: number, most: number): Validator<number> {
	return (value, key) => {
		const number = isShort(value) && /^-?\d+$/.test(value) ? Number(value) : value;
		if (typeof number !== "number" || !Number.isInteger(number) || number < min || number > most)
			throw new SettingsError(key, value, `a whole number from ${min} to ${most} is`);
		return number;
	};
}

/**
 * Text that UTF-8 can hold: half a surrogate pair is none.
 * @param fits What else it must be like; asked only when its length is right.
 */
export function text(
	min: number,
	most: number,
	fits?: (value: string) => boolean,
	allowed = `${min} to ${most} characters are`,
): Validator<string> {
	return (value, key) => {
		if (typeof value !== "string") throw new SettingsError(key, value, allowed);
		const length = countCharacters(value);
		if (length < 0) throw new SettingsError(key, value, "text is, and half a surrogate pair is none");
		if (length < min || length > most || (fits && !fits(value))) throw new SettingsError(key, value, allowed);
		return value;
	};
}

/** Numbers with a fraction; mcconfig's command line has them as strings. */
export function decimal(min: number, most: number): Validator<number> {
	return (value, key) => {
		const number = isShort(value) && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
		if (typeof number !== "number" || !(number >= min && number <= most))
			throw new SettingsError(key, value, `a number from ${min} to ${most} is`);
		return number;
	};
}

export const boolean: Validator<boolean> = (value, key) => {
	if (value === true || value === "true") return true;
	if (value === false || value === "false") return false;
	throw new SettingsError(key, value, "true and false are");
};

export function oneOf<T extends string>(...choices: T[]): Validator<T> {
	// Made at module level these are constant, too.
	Object.freeze(choices, true);
	return (value, key) => {
		const found = choices.find(one => one === value);
		if (found === undefined)
			throw new SettingsError(key, value, `${choices.slice(0, -1).join(", ")} and ${choices.at(-1)} are`);
		return found;
	};
}

export function list<T>(most: number, check: Validator<T>): Validator<T[]> {
	return (value, key) => {
		if (!Array.isArray(value) || value.length > most)
			throw new SettingsError(key, value, `an array of at most ${most} is`);
		return value.map((item, index) => check(item, `${key}[${index}]`));
	};
}

/** Leaves a missing value at `otherwise`. */
export function optional<T, U>(check: Validator<T>, otherwise: U): Validator<T | U> {
	return (value, key) => (value === undefined ? otherwise : check(value, key));
}

/** An object of any keys. */
export const object: Validator<Readonly<Record<string, unknown>>> = (value, key) => {
	if (typeof value !== "object" || value === null || Array.isArray(value))
		throw new SettingsError(key, value, "an object is");
	return value as Record<string, unknown>;
};

/** An object of exactly these keys. `path` is put before them. */
export function fields<T extends object>(checks: { [K in keyof T]: Validator<T[K]> }, value: unknown, path: string): T {
	const given = object(value, path || "config");
	const prefix = path ? `${path}.` : "";
	const known = Object.keys(checks);
	for (const key of Object.keys(given))
		if (!known.includes(key)) throw new SettingsError(prefix + key, given[key], `the keys are ${known.join(", ")}`);
	const result: Partial<T> = {};
	for (const key of known as (keyof T & string)[]) result[key] = checks[key](given[key], prefix + key);
	return result as T;
}
