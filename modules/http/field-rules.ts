/** The header fields that are used, each with a bound of its own. All others are passed over, and nothing is kept of them. */

import type { Fields } from "./request.js";

/** A field that is used. */
export interface FieldRule {
	/** In lower case. */
	readonly name: string;
	readonly key: keyof Fields;
	/** The longest value, characters; of a list that came in parts, all of them joined. */
	readonly most: number;
	/** Whether a longer value is refused with 431; else it counts as absent. */
	readonly needed: boolean;
	/** Whether it may come several times. */
	readonly list: boolean;
}

/** The longest name of any field, characters. */
export const MAX_NAME = 64;
/** The longest host with its port, characters: DNS knows no longer name than 253. */
export const MAX_HOST = 262;

function rule(name: string, key: keyof Fields, most: number, needed: boolean, list = false): FieldRule {
	return Object.freeze({ name, key, most, needed, list });
}

export const RULES: readonly FieldRule[] = Object.freeze([
	rule("accept", "accept", 512, false, true),
	rule("accept-encoding", "acceptEncoding", 256, false, true),
	rule("authorization", "authorization", 256, true),
	rule("connection", "connection", 256, true, true),
	rule("content-length", "contentLength", 32, true),
	rule("content-type", "contentType", 128, true),
	rule("cookie", "cookie", 4096, false),
	rule("expect", "expect", 64, true),
	rule("host", "host", MAX_HOST, true),
	rule("if-none-match", "ifNoneMatch", 256, false, true),
	rule("last-event-id", "lastEventId", 64, false),
	rule("origin", "origin", 270, true),
	rule("transfer-encoding", "transferEncoding", 64, true),
]);

/** Names of the rules, in their order, and behind them what browsers send too. A name is sought here: as a property's key it would stay for ever. */
export const NAMES: readonly string[] = Object.freeze([
	...RULES.map(({ name }) => name),
	"accept-language",
	"cache-control",
	"referer",
	"upgrade-insecure-requests",
	"user-agent",
]);

/** Whether `name` may be a field's (RFC 9110, 5.1). */
export function isToken(name: string): boolean {
	return !/[^!#$%&'*+.^_`|~0-9a-z-]/i.test(name);
}

/** The only cookie that is used. */
const COOKIE = "reader=";

/** @returns Of a `Cookie` the value of the first cookie of that name with 64 characters; `undefined` without one. */
export function cookieValue(cookies: string): string | undefined {
	for (let at = cookies.indexOf(COOKIE); at >= 0; at = cookies.indexOf(COOKIE, at + 1)) {
		const from = at + COOKIE.length;
		const semicolon = cookies.indexOf(";", from);
		const value = cookies.slice(from, semicolon < 0 ? cookies.length : semicolon);
		const starts = at === 0 || cookies.startsWith(" ", at - 1) || cookies.startsWith(";", at - 1);
		if (starts && value.length === 64) return value;
	}
	return undefined;
}

/** @returns Whether `list`, parts with commas between them, has the part `token`, which is in lower case. */
export function lists(list: string | undefined, token: string): boolean {
	if (list === undefined) return false;
	const words = list.toLowerCase();
	if (!words.includes(token)) return false;
	for (let at = 0, comma = 0; comma >= 0; at = comma + 1) {
		comma = words.indexOf(",", at);
		if (words.slice(at, comma < 0 ? words.length : comma).trim() === token) return true;
	}
	return false;
}
