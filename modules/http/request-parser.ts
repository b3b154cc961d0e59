/** Makes a request of the head in which it came. */

import { type CookieRule, cookieValue } from "./cookies.js";
import { type FieldRule, type FieldTable, fieldTable, isToken, lists, MAX_NAME } from "./field-rules.js";
import type { HeaderFields, Request } from "./request.js";
import { parseRequestLine } from "./request-line.js";
import { badRequest, HTTPError } from "./response.js";

const SPACE = 32;
const TAB = 9;
/** A value that is longer than its bound by more than these spaces and tabs around it is not cut out of the head. */
const PADDING = 16;
/** The longest head that is compared with the next one, characters: a bound of what is kept between requests. */
const MAX_REPEATED = 768;

export class RequestParser {
	#table: FieldTable;
	/** The head of `#request`. */
	#head = "";
	/** The last request without content. It depends on its head and its sender alone, and both are compared. */
	#request: Request | undefined;

	/** @param fields What handlers read, in addition to the server's own. @param cookie The one that is read. */
	constructor(fields: readonly FieldRule[] = [], cookie?: CookieRule) {
		this.#table = fieldTable(fields, cookie);
	}

	get cookie(): CookieRule | undefined {
		return this.#table.cookie;
	}

	/**
	 * @param head A character a byte; ends in a blank line, the first one.
	 * @returns 400, 417, 431, 501, 505 for what is no request.
	 */
	parse(head: string, remoteAddress: string | undefined): Request | HTTPError {
		const last = this.#request;
		if (head === this.#head && last && last.remoteAddress === remoteAddress) return last;
		const request = parseHead(head, this.#table, remoteAddress);
		if (head.length <= MAX_REPEATED && "method" in request && request.contentLength === 0) {
			this.#head = head;
			this.#request = request;
		}
		return request;
	}
}

function parseHead(head: string, table: FieldTable, remoteAddress: string | undefined): Request | HTTPError {
	// Control characters, but for tabs and the ends of lines. The pattern repeats nothing, so it takes no memory for each character.
	if (/[^\t\r\n\x20-\x7e\x80-\xff]/.test(head)) return badRequest();
	const end = head.indexOf("\r");
	if (head.indexOf("\n") !== end + 1) return badRequest();
	const line = parseRequestLine(head.slice(0, end));
	if (line instanceof HTTPError) return line;
	const fields: Record<string, string | undefined> = {};
	const cookie = parseFields(head, end + 2, table, fields);
	if (cookie instanceof HTTPError) return cookie;
	const { method, path, query, minorVersion } = line;
	const { connection, host } = fields;
	const authority = line.authority ?? host ?? "";
	if (minorVersion === 1 && (host === undefined || authority === ""))
		return new HTTPError(400, "A Host field is missing.");
	const contentLength = lengthOf(minorVersion, fields);
	if (contentLength instanceof HTTPError) return contentLength;
	return {
		method,
		path,
		query,
		minorVersion,
		authority,
		fields,
		cookie,
		contentLength,
		keepAlive: minorVersion === 1 ? !lists(connection, "close") : lists(connection, "keep-alive"),
		remoteAddress,
		body: undefined,
	};
}

/**
 * Fills `fields`.
 * @param from Where the first field line begins, or the blank line that comes last.
 * @returns The cookie that is read; 400, 431 for what is malformed or too long.
 */
function parseFields(
	head: string,
	from: number,
	{ names, rules, cookie: rule }: FieldTable,
	fields: Record<string, string | undefined>,
): string | HTTPError | undefined {
	let cookie: string | undefined;
	for (let at = from, end = head.indexOf("\r", at); ; at = end + 2, end = head.indexOf("\r", at)) {
		if (head.indexOf("\n", at) !== end + 1) return badRequest();
		if (end === at) return cookie;
		const colon = head.indexOf(":", at);
		if (colon <= at || colon > end || colon - at > MAX_NAME) return badRequest();
		const name = head.slice(at, colon).toLowerCase();
		const index = names.indexOf(name);
		const found = rules[index];
		if (found) {
			const refused = addField(fields, found, head, colon, end);
			if (refused) return refused;
		} else if (index < 0) {
			if (name === "cookie") {
				// Several lines are read as one (RFC 6265, 5.4 has them joined): the first cookie of the name counts.
				if (rule) cookie ??= cookieValue(fieldValue(head, colon, end), rule);
			} else if (!isToken(name)) return badRequest();
		}
	}
}

/** @returns 400 for a second value where one is allowed, 431 for one that is too long. */
function addField(
	fields: Record<string, string | undefined>,
	{ name, maxLength, required, isList }: FieldRule,
	head: string,
	colon: number,
	end: number,
): HTTPError | undefined {
	let value = end - colon > maxLength + PADDING ? undefined : fieldValue(head, colon, end);
	if (name in fields) {
		if (!isList) return new HTTPError(400, "A field that may come once came twice.");
		const earlier = fields[name];
		value = earlier === undefined || value === undefined ? undefined : `${earlier},${value}`;
	}
	if (value !== undefined && value.length > maxLength) value = undefined;
	if (value === undefined && required)
		return new HTTPError(431, `The field ${name} is longer than ${maxLength} bytes.`);
	fields[name] = value;
	return undefined;
}

/** @returns The value of the field whose name ends at `colon`, without spaces and tabs around it. */
function fieldValue(head: string, colon: number, end: number): string {
	let from = colon + 1;
	let first = head.charCodeAt(from);
	while (first === SPACE || first === TAB) first = head.charCodeAt(++from);
	let to = end;
	let last = head.charCodeAt(to - 1);
	while (to > from && (last === SPACE || last === TAB)) last = head.charCodeAt(--to - 1);
	return head.slice(from, to);
}

/** @returns Bytes of content; -1 of content in chunks; 400, 417, 501 for what is none. */
function lengthOf(minorVersion: 0 | 1, fields: HeaderFields): number | HTTPError {
	const { expect, "content-length": contentLength, "transfer-encoding": coding } = fields;
	// What HTTP/1.0 expects is ignored (RFC 9110, 10.1.1).
	if (minorVersion === 1 && expect !== undefined && expect.toLowerCase() !== "100-continue")
		return new HTTPError(417, "The only expectation is 100-continue.");
	if (coding !== undefined) {
		if (contentLength !== undefined || minorVersion === 0)
			return new HTTPError(400, "The length of the body is ambiguous.");
		if (coding.toLowerCase() !== "chunked") return new HTTPError(501, "The only transfer coding is chunked.");
		return -1;
	}
	if (contentLength === undefined) return 0;
	if (!/^\d{1,9}$/.test(contentLength)) return new HTTPError(400, "Content-Length must be a number.");
	return Number(contentLength);
}
