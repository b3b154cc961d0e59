/**
 * Reads JSON (RFC 8259) that a stranger sent: bounded in depth, without an exception, and with no key but those of a table.
 * `JSON.parse` nests on the machine's own stack, and keeps the text of each key that it ever saw.
 */

import { hexDigit, isUTF8 } from "../http/octets.js";
import { HTTPError } from "../http/response.js";
import type { Text } from "../platform/text.js";

/** The deepest that arrays and objects nest: a calibration by two points is seven deep. */
export const MAX_DEPTH = 10;
/** The longest array: no list of the settings has more than eight. */
export const MAX_ITEMS = 16;
/** Values in all, arrays and objects counted: eight sensors with all that they may have are some 250. */
export const MAX_VALUES = 320;
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

/** What may follow a backslash, but for `u` and four digits. */
const ESCAPES = '"\\/bfnrt';

/** A key that is in no table. */
export class UnknownKey {
	/** As `sensors[0].pin`. */
	path: string;

	constructor(path: string) {
		this.path = path;
	}
}

/** Whether `byte` belongs to a number or a word. */
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

/** One text; a method returns `undefined` once `problem` is set. */
class Reader {
	problem: HTTPError | UnknownKey | undefined;
	readonly text: Text;
	readonly bytes: Uint8Array;
	readonly keys: readonly string[];
	at = 0;
	depth = 0;
	/** Values so far. */
	count = 0;

	constructor(text: Text, bytes: Uint8Array, keys: readonly string[]) {
		this.text = text;
		this.bytes = bytes;
		this.keys = keys;
	}

	/** @returns All of the text as one value. */
	all(): unknown {
		const value = isUTF8(this.bytes) ? this.value() : this.fail();
		if (this.problem) return undefined;
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
			const key = this.peek() === QUOTE ? this.key() : this.fail();
			if (key === undefined) return undefined;
			if (!this.takes(COLON)) return this.fail();
			object[key] = this.value();
			if (this.problem) return this.under(key);
		} while (this.takes(COMMA));
		return this.takes(OBJECT_END) ? object : this.fail();
	}

	private array(): unknown {
		const array: unknown[] = [];
		if (this.takes(ARRAY_END)) return array;
		do {
			if (array.length === MAX_ITEMS) return this.refuse(`An array has more than ${MAX_ITEMS} items.`);
			array.push(this.value());
			if (this.problem) return this.under(`[${array.length - 1}]`);
		} while (this.takes(COMMA));
		return this.takes(ARRAY_END) ? array : this.fail();
	}

	/** @returns The table's own string. */
	private key(): string | undefined {
		const found = this.string();
		if (found === undefined) return undefined;
		const index = this.keys.indexOf(found);
		if (index < 0) this.problem = new UnknownKey(found.slice(0, 70));
		return this.keys[index];
	}

	private string(): string | undefined {
		const { bytes } = this;
		const start = this.at;
		let plain = true;
		let at = start + 1;
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
		if (plain) return this.text.decode(bytes.subarray(start + 1, at));
		return JSON.parse(this.text.decode(bytes.subarray(start, at + 1))) as string;
	}

	/** @returns How many digits follow the letter of an escape; -1 of what is none. */
	private escape(at: number): number {
		const { bytes } = this;
		const letter = String.fromCharCode(bytes[at] ?? 0);
		if (ESCAPES.includes(letter)) return 0;
		if (letter !== "u") return -1;
		for (let digit = at + 1; digit <= at + 4; digit++) if (hexDigit(bytes[digit] ?? 0) < 0) return -1;
		return 4;
	}

	private word(): unknown {
		const start = this.at;
		while (this.at - start <= MAX_NUMBER && isWord(this.bytes[this.at])) this.at++;
		const word = this.text.decode(this.bytes.subarray(start, this.at));
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

	/** Completes the path of a key that is not known. */
	private under(step: string): undefined {
		if (this.problem instanceof UnknownKey) this.problem.path = joined(step, this.problem.path);
	}

	private fail(): undefined {
		return this.refuse("The body is not JSON.");
	}

	private refuse(message: string): undefined {
		this.problem ??= new HTTPError(400, message);
	}
}

/** @param keys All that an object may have, at whatever level. @returns The value, or what is wrong with it. */
export function readJSON(text: Text, bytes: Uint8Array, keys: readonly string[]): unknown | HTTPError | UnknownKey {
	const reader = new Reader(text, bytes, keys);
	const value = reader.all();
	return reader.problem ?? value;
}
