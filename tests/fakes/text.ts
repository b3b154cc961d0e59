import type { Text } from "../../modules/platform/types.js";

/** UTF-8 in plain JavaScript, for engines without TextEncoder. */
export const text: Text = {
	encode(source) {
		const escaped = encodeURIComponent(source);
		const bytes: number[] = [];
		for (let at = 0; at < escaped.length; at++)
			if (escaped[at] === "%") {
				bytes.push(parseInt(escaped.slice(at + 1, at + 3), 16));
				at += 2;
			} else bytes.push(escaped.charCodeAt(at));
		return Uint8Array.from(bytes);
	},
	decode(bytes) {
		let escaped = "";
		for (const byte of bytes) escaped += `%${byte < 16 ? "0" : ""}${byte.toString(16)}`;
		return decodeURIComponent(escaped);
	},
};

/** Each character of `source` as one byte: what a test puts on the wire. */
export function latin1(source: string): Uint8Array {
	const bytes = new Uint8Array(source.length);
	for (let at = 0; at < source.length; at++) bytes[at] = source.charCodeAt(at);
	return bytes;
}

/** Each byte as one character. */
export function fromLatin1(bytes: Uint8Array): string {
	let result = "";
	for (const byte of bytes) result += String.fromCharCode(byte);
	return result;
}
