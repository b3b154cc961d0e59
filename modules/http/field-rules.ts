/** The header fields that are read, each with a bound of its own. Nothing is kept of the others. */

import type { CookieRule } from "./cookies.js";

/** A header field that is read. */
export interface FieldRule {
	/** In lower case; `request.fields` has the value under it. */
	readonly name: string;
	/** The longest value, characters; of a list, all its field lines joined. */
	readonly maxLength: number;
	/** Whether a longer value gets 431; otherwise the field counts as absent. */
	readonly required: boolean;
	/** Whether several field lines make a list (RFC 9110, 5.3); otherwise a second one gets 400. */
	readonly isList: boolean;
}

/** The longest name of any field, characters. */
export const MAX_NAME = 64;
/** The longest host with its port, characters: a name in DNS has 253 at most (RFC 1035, 2.3.4). */
export const MAX_HOST = 262;

/** @param maxLength Characters. @param more What differs from a single value that counts as absent when it is longer. */
export function fieldRule(
	name: string,
	maxLength: number,
	{ required = false, isList = false }: { required?: boolean; isList?: boolean } = {},
): FieldRule {
	return Object.freeze({ name, maxLength, required, isList }, true);
}

/** For handlers that negotiate content. */
export const ACCEPT: FieldRule = fieldRule("accept", 512, { isList: true });

/** What the server reads itself, the most frequent first. */
export const OWN_RULES: readonly FieldRule[] = Object.freeze(
	[
		fieldRule("host", MAX_HOST, { required: true }),
		fieldRule("connection", 256, { required: true, isList: true }),
		fieldRule("accept-encoding", 256, { isList: true }),
		fieldRule("if-none-match", 256, { isList: true }),
		fieldRule("origin", 270, { required: true }),
		fieldRule("content-length", 32, { required: true }),
		fieldRule("content-type", 128, { required: true }),
		fieldRule("expect", 64, { required: true }),
		fieldRule("transfer-encoding", 64, { required: true }),
	],
	true,
);

/** Names that clients send and nobody reads: what is listed here needs no check of its characters. */
const UNREAD: readonly string[] = Object.freeze(
	[
		"user-agent",
		"accept-language",
		"upgrade-insecure-requests",
		"referer",
		"priority",
		"cache-control",
		"pragma",
		"dnt",
		"x-prometheus-scrape-timeout-seconds",
	],
	true,
);

/** A name that is known. */
interface FieldName {
	/** As most clients write it: `Content-Length`. */
	readonly usual: string;
	/** In lower case. */
	readonly lower: string;
	/** `undefined` of a field that is not read. */
	readonly rule: FieldRule | undefined;
}

/**
 * Finds the rule of a name. A name that a client sends is compared with the table: as the key of a property it would stay in memory
 * for ever.
 */
export interface FieldTable {
	/** Of the fields that are read. */
	readonly rules: readonly FieldRule[];
	/** For `CutHead`: the names of `rules`, then that of cookies. */
	readonly list: string;
	/** Names by their lengths. */
	readonly names: readonly (readonly FieldName[] | undefined)[];
	/** The cookie that is read; `undefined` for none. */
	readonly cookie: CookieRule | undefined;
}

/**
 * To be called at module level: a preloaded table takes flash, and no memory.
 * @param more Of the fields that handlers read, in addition to the server's own. @param cookie The one that they read.
 */
export function fieldTable(more: readonly FieldRule[], cookie?: CookieRule): FieldTable {
	const rules = [...OWN_RULES, ...more];
	const unread = UNREAD.filter(name => !rules.some(rule => rule.name === name));
	const all = [...rules.map(rule => rule.name), ...unread];
	const names: FieldName[][] = [];
	for (let length = 0; length <= MAX_NAME; length++) names.push([]);
	for (const [index, lower] of all.entries())
		names[lower.length]!.push({ usual: capitalized(lower), lower, rule: rules[index] });
	const byLength = names.map(some => (some.length > 0 ? some : undefined));
	const list = [...rules.map(rule => rule.name), "cookie"].map(name => `${name},`).join("");
	return Object.freeze({ rules, list, names: byLength, cookie }, true);
}

/** @param length Of `name`, characters. @returns The known name that `name` is, however it is written; `undefined` for none. */
export function findName({ names }: FieldTable, name: string, length: number): FieldName | undefined {
	const some = names[length];
	if (!some) return undefined;
	for (let at = 0; at < some.length; at++) if (some[at]!.usual === name) return some[at];
	const lower = name.toLowerCase();
	for (let at = 0; at < some.length; at++) if (some[at]!.lower === lower) return some[at];
	return undefined;
}

/** `content-length` as `Content-Length`. */
function capitalized(name: string): string {
	return name
		.split("-")
		.map(word => word.charAt(0).toUpperCase() + word.slice(1))
		.join("-");
}

/** What a server reads whose handlers read nothing else. */
export const OWN_FIELDS: FieldTable = fieldTable([]);

/** Whether `name` has the characters of a field's name (RFC 9110, 5.1). */
export function isToken(name: string): boolean {
	return !/[^!#$%&'*+.^_`|~0-9a-z-]/i.test(name);
}

/** @returns Whether `list`, elements separated by commas, has the element `token`, which is in lower case. */
export function lists(list: string | undefined, token: string): boolean {
	if (list === undefined) return false;
	const elements = list.toLowerCase();
	if (!elements.includes(token)) return false;
	for (let at = 0, comma = 0; comma >= 0; at = comma + 1) {
		comma = elements.indexOf(",", at);
		if (elements.slice(at, comma < 0 ? elements.length : comma).trim() === token) return true;
	}
	return false;
}
