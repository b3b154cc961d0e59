/** What records of another device's service say, read in place. */

import { isName, type Message, type Name } from "./dns-message.js";

/** A device's name has at most 24 characters, and mDNS appends up to three. */
const maxName = 27;
const maxVersion = 16;

/** Whether `code` is a letter, a digit or a hyphen. */
function isOfName(code: number): boolean {
	return (
		(code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code === 0x2d
	);
}

/** Whether `code` may be in a version: `1.0.0-rc.1+7`. */
function isOfVersion(code: number): boolean {
	return isOfName(code) || code === 0x2e || code === 0x2b;
}

/** @returns The characters of one byte from `at` on; `undefined` if `allows` one of them not. */
function read(bytes: Uint8Array, at: number, length: number, allows: (code: number) => boolean): string | undefined {
	for (let index = 0; index < length; index++) if (!allows(bytes[at + index] ?? 0)) return undefined;
	return String.fromCharCode(...bytes.subarray(at, at + length));
}

/** @returns The name of the device that the pointer leads to which `message` is at; `undefined` if it is none of `service`. */
export function readLabel({ bytes, data }: Message, service: Name): string | undefined {
	const length = bytes[data] ?? 0;
	if (length === 0 || length > maxName || !isName(bytes, data + 1 + length, service)) return undefined;
	return read(bytes, data + 1, length, isOfName);
}

/** @returns The value of `version=` in the text record that `message` is at; empty without one. */
export function readVersion({ bytes, data, length }: Message): string {
	const key = "version=";
	for (let at = data; at < data + length; at += 1 + bytes[at]!) {
		const size = bytes[at]!;
		if (size <= key.length || size > key.length + maxVersion || at + 1 + size > data + length) continue;
		if (read(bytes, at + 1, key.length, code => code < 0x80) !== key) continue;
		return read(bytes, at + 1 + key.length, size - key.length, isOfVersion) ?? "";
	}
	return "";
}
