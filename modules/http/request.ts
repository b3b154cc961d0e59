/** A request: its line, and of its header fields those that are read. */

import { hexDigit, isUTF8 } from "./octets.js";

/** Values of header fields by name, in lower case: of those that a `FieldRule` names, each within its bound. */
export type HeaderFields = Readonly<Record<string, string | undefined>>;

/** A request whose header section has arrived. Equal requests of one client may be the same object. */
export interface Request {
	readonly method: string;
	/** Decoded; begins with `/`, or is `*`. */
	readonly path: string;
	/** As it was sent, without `?`. */
	readonly query: string;
	/** 0 or 1: HTTP/1.0 or HTTP/1.1. */
	readonly minorVersion: 0 | 1;
	/** Host and port; empty when an HTTP/1.0 client named none. */
	readonly authority: string;
	/** Whether `authority` is empty or an IPv4 address without a port: no name that DNS could rebind has digits and dots alone (RFC 1123, 2.1). */
	readonly isToAddress: boolean;
	readonly fields: HeaderFields;
	/** The value of the cookie that is read; `undefined` without one. */
	readonly cookie: string | undefined;
	/** Bytes of content; -1 when it is sent in chunks, 0 when there is none. */
	readonly contentLength: number;
	/** Whether the client would keep the connection open. */
	readonly keepAlive: boolean;
	/** Of the client. */
	readonly remoteAddress: string | undefined;
	/** The content, complete; `undefined` without one, and where a handler takes it in pieces. */
	body: Uint8Array | undefined;
}

/** @returns The decoded value of `name` in the query, with malformed escapes as they were sent; `undefined` without one. */
export function parameter({ query }: Request, name: string): string | undefined {
	if (query === "") return undefined;
	for (let at = 0, end = 0; end >= 0; at = end + 1) {
		end = query.indexOf("&", at);
		const pair = query.slice(at, end < 0 ? query.length : end);
		const equals = pair.indexOf("=");
		const key = equals < 0 ? pair : pair.slice(0, equals);
		if (key !== name && percentDecoded(key) !== name) continue;
		if (equals < 0) return "";
		const value = pair.slice(equals + 1).replaceAll("+", " ");
		return percentDecoded(value) ?? value;
	}
	return undefined;
}

/** @returns `undefined` where an escape is malformed, or what the escapes stand for is not UTF-8. */
export function percentDecoded(encoded: string): string | undefined {
	if (!encoded.includes("%")) return encoded;
	const bytes = new Uint8Array(encoded.length);
	let count = 0;
	let at = 0;
	for (let percent = encoded.indexOf("%"); percent >= 0; percent = encoded.indexOf("%", at)) {
		// Whatever stands between two escapes ends a character.
		if (percent > at) count++;
		const high = hexDigit(encoded.charCodeAt(percent + 1));
		const low = hexDigit(encoded.charCodeAt(percent + 2));
		if (high < 0 || low < 0) return undefined;
		bytes[count++] = 16 * high + low;
		at = percent + 3;
	}
	return isUTF8(bytes) ? decodeURIComponent(encoded) : undefined;
}
