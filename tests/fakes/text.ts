import type { Text } from "../../modules/platform/text.js";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export const text: Text = {
	encode: source => encoder.encode(source),
	decode: bytes => decoder.decode(bytes),
};

/** As many characters as are handled at once: XS counts from the start of a string to find one. */
const BLOCK = 128;

/** Each character of `source` as one byte: what a test puts on the wire. */
export function latin1(source: string): Uint8Array {
	const bytes = new Uint8Array(source.length);
	for (let start = 0; start < source.length; start += BLOCK) {
		const block = source.slice(start, start + BLOCK);
		for (let at = 0; at < block.length; at++) bytes[start + at] = block.charCodeAt(at);
	}
	return bytes;
}

/** Each byte as one character. */
export function fromLatin1(bytes: Uint8Array): string {
	let result = "";
	for (let start = 0; start < bytes.byteLength; start += BLOCK)
		result += String.fromCharCode.apply(null, bytes.subarray(start, start + BLOCK) as unknown as number[]);
	return result;
}

/** The content of a response, in chunks or not, a character a byte. */
export function unchunked(response: string): string {
	let body = "";
	const head = response.indexOf("\r\n\r\n") + 4;
	if (!response.slice(0, head).includes("\r\nTransfer-Encoding: chunked\r\n")) return response.slice(head);
	for (let at = head; ; ) {
		const start = response.indexOf("\r\n", at) + 2;
		const length = Number.parseInt(response.slice(at, start), 16);
		if (!(length > 0)) return body;
		body += response.slice(start, start + length);
		at = start + length + 2;
	}
}
