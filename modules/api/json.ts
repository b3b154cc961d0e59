/**
 * Parses JSON (RFC 8259) of a client: bounded in depth, without an exception, and with no keys but those of a list.
 * `JSON.parse` nests on the engine's stack, and the engine keeps the name of each key that it ever saw.
 */

import { hexDigit, isUTF8 } from "../http/octets.js";
import { HTTPError } from "../http/response.js";
import type { Text } from "../platform/text.js";

/** Levels of arrays and objects: a calibration by two points has seven. */
export const MAX_DEPTH = 10;
/** Items of an array: no list of the settings has more than eight. */
export const MAX_ITEMS = 16;
/** Values in all, arrays and objects counted: eight sensors with every setting have some 360. */
export const MAX_VALUES = 436;
/** Characters of an unknown key that are reported. */
const MAX_NAME = 70;
/** The most keys that are named as passed over. */
const MAX_IGNORED = 16;
/** The longest number, characters. */
const MAX_NUMBER = 32;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const ARRAY = 0x5b;
const ARRAY_END = 0x5d;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;

/** Characters after a backslash; besides there are `u` and four digits. */
const ESCAPES = '"\\/bfnrt';

/** A key that is not in the list. */
export class UnknownKey {
	/** As `sensors[0].pin`. */
	path: string;

	constructor(path: string) {
		this.path = path;
	}
}

/** Whether `byte` belongs to a number, `true`, `false` or `null`. */
function isWord(byte: number | undefined): boolean {
	if (byte === undefined) return false;
	const letter = byte | 0x20;
	return (
		(byte >= 0x30 && byte <= 0x39) ||
		(letter >= 0x61 && letter <= 0x7a) ||
		byte === 0x2b ||
		byte === 0x2d ||
		byte === 0x2e
	);
}

/** @returns `under` behind `step`. */
function joined(step: string, under: string): string {
	return under === "" || under.startsWith("[") ? step + under : `${step}.${under}`;
}

/** Parses one text; a method returns `undefined` once `error` is set. */
class Reader {
	error: HTTPError | UnknownKey | undefined;
	readonly text: Text;
	readonly bytes: Uint8Array;
	readonly keys: readonly string[];
	at = 0;
	depth = 0;
	/** Values so far. */
	count = 0;
	/** Where unknown keys are passed over: their paths below the value under way. */
	readonly ignored: string[] | undefined;
	/** Whether the value under way is of such a key: no key in it is looked up. */
	isIgnored = false;

	constructor(text: Text, bytes: Uint8Array, keys: readonly string[], ignored: string[] | undefined) {
		this.text = text;
		this.bytes = bytes;
		this.keys = keys;
		this.ignored = ignored;
	}

	/** @returns The text as one value. */
	all(): unknown {
		const value = isUTF8(this.bytes) ? this.value() : this.fail();
		if (this.error) return undefined;
		return this.peek() === undefined ? value : this.fail();
	}

	private value(): unknown {
		if (++this.count > MAX_VALUES) return this.refuse(`The body has more than ${MAX_VALUES} values.`);
		const byte = this.peek();
		if (byte === QUOTE) return this.string();
		if (byte !== OBJECT && byte !== ARRAY) return this.word();
		if (++this.depth > MAX_DEPTH) return this.refuse(`The body nests deeper than ${MAX_DEPTH} levels.`);
		this.at++;
		const value = byte === OBJECT ? this.object() : this.array();
		this.depth--;
		return value;
	}

	private object(): unknown {
		const object: Record<string, unknown> = {};
		if (this.takes(OBJECT_END)) return object;
		do {
			const name = this.peek() === QUOTE ? this.string() : this.fail();
			if (name === undefined) return undefined;
			// A key is the string of the list.
			const key = this.isIgnored ? undefined : this.keys[this.keys.indexOf(name)];
			if (key === undefined && !this.ignored) return this.unknown(name);
			if (!this.takes(COLON)) return this.fail();
			const above = this.ignored?.length;
			if (key === undefined) this.pass(name);
			else {
				object[key] = this.value();
				this.under(key, above);
			}
			if (this.error) return undefined;
		} while (this.takes(COMMA));
		return this.takes(OBJECT_END) ? object : this.fail();
	}

	private array(): unknown {
		const array: unknown[] = [];
		if (this.takes(ARRAY_END)) return array;
		do {
			if (array.length === MAX_ITEMS) return this.refuse(`An array has more than ${MAX_ITEMS} items.`);
			const above = this.ignored?.length;
			array.push(this.value());
			this.under(`[${array.length - 1}]`, above);
			if (this.error) return undefined;
		} while (this.takes(COMMA));
		return this.takes(ARRAY_END) ? array : this.fail();
	}

	private unknown(name: string): undefined {
		this.error = new UnknownKey(name.slice(0, MAX_NAME));
	}

	/** Reads the value of an unknown key, which is passed over. */
	private pass(name: string): void {
		const { ignored, isIgnored } = this;
		this.isIgnored = true;
		this.value();
		this.isIgnored = isIgnored;
		if (!isIgnored && ignored && ignored.length < MAX_IGNORED) ignored.push(name.slice(0, MAX_NAME));
	}

	private string(): string | undefined {
		const { bytes } = this;
		const quote = this.at;
		let plain = true;
		let at = quote + 1;
		for (; bytes[at] !== QUOTE; at++) {
			const byte = bytes[at] ?? 0;
			if (byte < 0x20) return this.fail();
			if (byte !== BACKSLASH) continue;
			plain = false;
			const more = this.escape(++at);
			if (more < 0) return this.fail();
			at += more;
		}
		this.at = at + 1;
		if (plain) return this.text.decode(bytes.subarray(quote + 1, at));
		return JSON.parse(this.text.decode(bytes.subarray(quote, at + 1))) as string;
	}

	/** @returns The number of digits after the letter of an escape; -1 where it is none. */
	private escape(at: number): number {
		const { bytes } = this;
		const letter = String.fromCharCode(bytes[at] ?? 0);
		if (ESCAPES.includes(letter)) return 0;
		if (letter !== "u") return -1;
		for (let digit = at + 1; digit <= at + 4; digit++) if (hexDigit(bytes[digit] ?? 0) < 0) return -1;
		return 4;
	}

	private word(): unknown {
		const first = this.at;
		while (this.at - first <= MAX_NUMBER && isWord(this.bytes[this.at])) this.at++;
		const word = this.text.decode(this.bytes.subarray(first, this.at));
		if (word === "true") return true;
		if (word === "false") return false;
		if (word === "null") return null;
		const isNumber = word.length <= MAX_NUMBER && /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$/.test(word);
		return isNumber ? Number(word) : this.fail();
	}

	/** @returns The next byte that is no space. */
	private peek(): number | undefined {
		const { bytes } = this;
		let byte = bytes[this.at];
		while (byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d) byte = bytes[++this.at];
		return byte;
	}

	private takes(byte: number): boolean {
		const found = this.peek() === byte;
		if (found) this.at++;
		return found;
	}

	/** Puts `step` before the paths of unknown keys. @param above How many of these are not below it. */
	private under(step: string, above: number | undefined): void {
		const { error, ignored } = this;
		if (error instanceof UnknownKey) error.path = joined(step, error.path);
		if (ignored && above !== undefined)
			for (let at = above; at < ignored.length; at++) ignored[at] = joined(step, ignored[at]!);
	}

	private fail(): undefined {
		return this.refuse("The body is not JSON.");
	}

	private refuse(message: string): undefined {
		this.error ??= new HTTPError(400, message);
	}
}

/**
 * @param keys All keys of objects, at whatever level.
 * @param ignored Gets the paths of unknown keys, sixteen at most, which are then passed over. @defaultValue they are errors
 * @returns The value, or the error.
 */
export function readJSON(
	text: Text,
	bytes: Uint8Array,
	keys: readonly string[],
	ignored?: string[],
): unknown | HTTPError | UnknownKey {
	const reader = new Reader(text, bytes, keys, ignored);
	const value = reader.all();
	return reader.error ?? value;
}
