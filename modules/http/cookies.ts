/** Cuts the cookies of a head that has grown too long: those of other servers on the same host are of no use here. */

import { cookieValue } from "./field-rules.js";
import { badRequest, type HTTPError } from "./response.js";

/** What may be dropped of one head, bytes. */
export const MAX_DROPPED = 65_536;
/** More than the one cookie that is used takes, with what stands before it. */
const TAIL = 80;
const FIELD = "cookie:";

/** A head whose cookies have been cut. */
export interface Cut {
	readonly head: string;
	/** How much of its end is a `Cookie` line that has not ended. */
	readonly open: number;
}

/** @returns Of a line's value what is used. An open one keeps its end, behind a letter that makes no cookie of half a name. */
function kept(value: string, open: boolean): string {
	const mark = cookieValue(open ? value.slice(0, value.lastIndexOf(";") + 1) : value);
	const found = mark === undefined ? "" : `reader=${mark}`;
	return open ? `${found};x${value.slice(-TAIL)}` : found;
}

/**
 * Leaves of each `Cookie` the one cookie that is used.
 * @param head A character a byte, complete or not. @param from Where its first field begins.
 * @returns 400 when what would be dropped is badRequest.
 */
export function cutCookies(head: string, from: number): Cut | HTTPError {
	let result = head.slice(0, from);
	let at = from;
	while (at < head.length) {
		const cr = head.indexOf("\r", at);
		const open = cr < 0 || cr === head.length - 1;
		if (!open && head.charCodeAt(cr + 1) !== 10) return badRequest();
		const end = open ? head.length : cr;
		const next = open ? end : end + 2;
		const start = at + FIELD.length;
		if (head.slice(at, start).toLowerCase() === FIELD) {
			const value = head.slice(start, end);
			if (/[^\t\r\x20-\x7e\x80-\xff]/.test(value)) return badRequest();
			const short = kept(value, open);
			const line = FIELD + (short.length < value.length ? short : value);
			result += line + head.slice(end, next);
			if (open) return { head: result, open: line.length };
		} else result += head.slice(at, next);
		at = next;
	}
	return { head: result, open: 0 };
}
