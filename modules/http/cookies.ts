/** Finds the one cookie that is read, and cuts the others out of a head that has grown too long. */

import { badRequest, type HTTPError } from "./response.js";

/** A cookie that is read. */
export interface CookieRule {
	readonly name: string;
	/** Of the value, characters; a value of another length is not read. */
	readonly length: number;
}

/** The most that is dropped of one head, bytes. */
export const MAX_DROPPED = 65_536;
/** A separator before the cookie and one behind it, with the spaces that may follow them. */
const SEPARATORS = 8;
const FIELD = "cookie:";

/** A head whose cookies have been cut. */
export interface CutHead {
	readonly head: string;
	/** How much of its end is a `Cookie` line that has not ended, characters. */
	readonly open: number;
}

/**
 * @param cookies Of one field line. @param end Where the cookies end that are complete.
 * @returns The value of the first cookie that fits the rule; `undefined` without one.
 */
export function cookieValue(cookies: string, rule: CookieRule, end = cookies.length): string | undefined {
	const prefix = `${rule.name}=`;
	for (let at = cookies.indexOf(prefix); at >= 0 && at < end; at = cookies.indexOf(prefix, at + 1)) {
		const from = at + prefix.length;
		const semicolon = cookies.indexOf(";", from);
		const value = cookies.slice(from, semicolon < 0 ? end : semicolon);
		const isFirst = at === 0 || cookies.startsWith(" ", at - 1) || cookies.startsWith(";", at - 1);
		if (isFirst && value.length === rule.length) return value;
	}
	return undefined;
}

/** @returns What a line's value is cut to. An open one keeps its end, behind a letter that makes no cookie of half a name. */
function cutValue(value: string, open: boolean, rule: CookieRule | undefined): string {
	if (rule === undefined) return open ? "x" : "";
	const found = cookieValue(value, rule, open ? value.lastIndexOf(";") + 1 : value.length);
	const cookie = found === undefined ? "" : `${rule.name}=${found}`;
	return open ? `${cookie};x${value.slice(-(rule.name.length + rule.length + SEPARATORS))}` : cookie;
}

/**
 * Leaves of each `Cookie` line the one cookie that is read.
 * @param head A character a byte, complete or not. @param from Where its first field line begins.
 * @returns 400 where what would be dropped is malformed.
 */
export function cutCookies(head: string, from: number, rule: CookieRule | undefined): CutHead | HTTPError {
	let result = head.slice(0, from);
	let at = from;
	while (at < head.length) {
		const cr = head.indexOf("\r", at);
		const open = cr < 0 || cr === head.length - 1;
		if (!open && head.charCodeAt(cr + 1) !== 10) return badRequest();
		const end = open ? head.length : cr;
		const next = open ? end : end + 2;
		const valueAt = at + FIELD.length;
		if (head.slice(at, valueAt).toLowerCase() === FIELD) {
			const value = head.slice(valueAt, end);
			if (/[^\t\r\x20-\x7e\x80-\xff]/.test(value)) return badRequest();
			const short = cutValue(value, open, rule);
			const line = FIELD + (short.length < value.length ? short : value);
			result += line + head.slice(end, next);
			if (open) return { head: result, open: line.length };
		} else result += head.slice(at, next);
		at = next;
	}
	return { head: result, open: 0 };
}
