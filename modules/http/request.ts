/** A request: its line, and of its header fields those that somebody uses. */

import { hexDigit, isUTF8 } from "./octets.js";

/** The values of header fields, each within its bound in `fields.ts`; of one that may be repeated, joined by commas. */
export interface Fields {
	accept?: string;
	acceptEncoding?: string;
	authorization?: string;
	connection?: string;
	contentLength?: string;
	contentType?: string;
	/** Of the cookies the value of the only one that is used. */
	cookie?: string;
	expect?: string;
	host?: string;
	ifNoneMatch?: string;
	lastEventId?: string;
	origin?: string;
	transferEncoding?: string;
}

/** A request whose head has arrived. */
export interface Request {
	readonly method: string;
	/** Decoded; starts with `/`, or is `*`. */
	readonly path: string;
	/** As it came, without `?`. */
	readonly query: string;
	/** 0 or 1: HTTP/1.0 or HTTP/1.1. */
	readonly minorVersion: 0 | 1;
	/** Host and port; empty when an HTTP/1.0 client named none. */
	readonly authority: string;
	readonly fields: Fields;
	/** Bytes of the body; -1 when it comes in chunks, 0 when there is none. */
	readonly contentLength: number;
	/** Whether the client would keep the connection open. */
	readonly keepAlive: boolean;
	/** The body, complete; `undefined` when `length` is 0. */
	body: Uint8Array | undefined;
	/** Of the client that asks. */
	remoteAddress: string | undefined;
}

/** @returns The decoded value of `name` in the query, with malformed escapes as they came; `undefined` without one. */
export function parameter({ query }: Request, name: string): string | undefined {
	if (query === "") return undefined;
	for (let at = 0, end = 0; end >= 0; at = end + 1) {
		end = query.indexOf("&", at);
		const part = query.slice(at, end < 0 ? query.length : end);
		const equals = part.indexOf("=");
		const key = equals < 0 ? part : part.slice(0, equals);
		if (key !== name && percentDecoded(key) !== name) continue;
		if (equals < 0) return "";
		const value = part.slice(equals + 1).replaceAll("+", " ");
		return percentDecoded(value) ?? value;
	}
	return undefined;
}

/** @returns `undefined` where an escape is malformed, or what the escapes stand for is no UTF-8. */
export function percentDecoded(part: string): string | undefined {
	if (!part.includes("%")) return part;
	const bytes = new Uint8Array(part.length);
	let count = 0;
	let at = 0;
	for (let percent = part.indexOf("%"); percent >= 0; percent = part.indexOf("%", at)) {
		// Whatever stands between two escapes ends a character.
		if (percent > at) count++;
		const high = hexDigit(part.charCodeAt(percent + 1));
		const low = hexDigit(part.charCodeAt(percent + 2));
		if (high < 0 || low < 0) return undefined;
		bytes[count++] = 16 * high + low;
		at = percent + 3;
	}
	return isUTF8(bytes) ? decodeURIComponent(part) : undefined;
}
