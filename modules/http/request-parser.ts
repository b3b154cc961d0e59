/** Makes a request of the head in which it came. */

import { cookieValue } from "./cookies.js";
import { type FieldRule, type FieldTable, isToken, lists, MAX_NAME, OWN_FIELDS } from "./field-rules.js";
import type { HeaderFields, Request } from "./request.js";
import { parseRequestLine } from "./request-line.js";
import { badRequest, HTTPError } from "./response.js";

const SPACE = 32;
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

	constructor(table: FieldTable = OWN_FIELDS) {
		this.#table = table;
	}

	/** Keeps no request: the last one is not expected again. */
	forget(): void {
		this.#head = "";
		this.#request = undefined;
	}

	/**
	 * @param head A character a byte; ends in a blank line, the first one.
	 * @returns 400, 417, 431, 501, 505 for what is no request.
	 */
	parse(head: string, remoteAddress: string | undefined): Request | HTTPError {
		const last = this.#request;
		if (head === this.#head && last && last.remoteAddress === remoteAddress) return last;
		const request = parseHead(head, this.#table, remoteAddress);
		// An error has no `contentLength`.
		if ((request as Request).contentLength === 0 && head.length <= MAX_REPEATED) {
			this.#head = head;
			this.#request = request as Request;
		}
		return request;
	}
}

function parseHead(head: string, table: FieldTable, remoteAddress: string | undefined): Request | HTTPError {
	// Control characters, but for tabs and the ends of lines. The pattern repeats nothing, so it takes no memory for each character.
	if (/[^\t\r\n\x20-\x7e\x80-\xff]/.test(head)) return badRequest();
	const end = head.indexOf("\r");
	if (head.indexOf("\n") !== end + 1) return badRequest();
	const line = parseRequestLine(head, end);
	if (line instanceof HTTPError) return line;
	const fields: Record<string, string | undefined> = {};
	const cookie = parseFields(head, end + 2, table, fields);
	if (typeof cookie === "object") return cookie;
	const minorVersion = line.minorVersion;
	const host = fields.host;
	const connection = fields.connection;
	const authority = line.authority ?? host ?? "";
	if (minorVersion === 1 && (host === undefined || authority === ""))
		return new HTTPError(400, "A Host field is missing.");
	const contentLength =
		fields["content-length"] === undefined && fields["transfer-encoding"] === undefined && fields.expect === undefined
			? 0
			: lengthOf(minorVersion, fields);
	if (typeof contentLength !== "number") return contentLength;
	return {
		method: line.method,
		path: line.path,
		query: line.query,
		minorVersion,
		authority,
		isToAddress: !/[^\d.]/.test(authority),
		fields,
		cookie,
		contentLength,
		keepAlive: connection === "keep-alive" || keepsAlive(minorVersion, connection),
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
	table: FieldTable,
	fields: Record<string, string | undefined>,
): string | HTTPError | undefined {
	const usual = table.usual;
	const rules = table.rules;
	/** Rules of fields that are too long, and count as absent. */
	let overlong: FieldRule[] | undefined;
	let cookie: string | undefined;
	let at = from;
	for (;;) {
		const end = head.indexOf("\r", at);
		if (head.indexOf("\n", at) !== end + 1) return badRequest();
		if (end === at) return cookie;
		const colon = head.indexOf(":", at);
		const name = head.slice(at, colon);
		let index = usual.indexOf(name);
		if (index < 0) index = table.names.indexOf(name.toLowerCase());
		const rule = rules[index];
		if (rule) {
			// Most values have one space before them and none behind. No other character of a head is as low as spaces and tabs.
			const isPlain =
				head.charCodeAt(colon + 1) === SPACE &&
				head.charCodeAt(colon + 2) > SPACE &&
				head.charCodeAt(end - 1) > SPACE &&
				end - colon <= rule.maxLength + 2;
			const key = rule.name;
			if (isPlain && !overlong && fields[key] === undefined) fields[key] = head.slice(colon + 2, end);
			else {
				overlong ??= [];
				const isLonger = end - colon > rule.maxLength + PADDING;
				const refused = addField(fields, rule, isLonger ? undefined : fieldValue(head, colon, end), overlong);
				if (refused) return refused;
			}
		} else if (index < 0) {
			// What has no colon in its line is no token, for it has the end of the line.
			if (name === "" || name.length > MAX_NAME || !isToken(name)) return badRequest();
			// Several lines are read as one (RFC 6265, 5.4 has them joined): the first cookie of the name counts.
			if (table.cookie && name.toLowerCase() === "cookie")
				cookie ??= cookieValue(fieldValue(head, colon, end), table.cookie);
		}
		at = end + 2;
	}
}

/**
 * Adds a value that is too long, or one of several.
 * @param overlong Rules of fields that are too long so far.
 * @returns 400 where one value is allowed, 431 where a long one is refused.
 */
function addField(
	fields: Record<string, string | undefined>,
	rule: FieldRule,
	value: string | undefined,
	overlong: FieldRule[],
): HTTPError | undefined {
	const { name, maxLength, required, isList } = rule;
	const earlier = fields[name];
	const isSecond = earlier !== undefined || overlong.includes(rule);
	if (isSecond && !isList) return new HTTPError(400, "A field that may come once came twice.");
	const all = earlier === undefined || value === undefined ? value : `${earlier},${value}`;
	if (all !== undefined && all.length <= maxLength && !overlong.includes(rule)) {
		fields[name] = all;
		return undefined;
	}
	if (required) return new HTTPError(431, `The field ${name} is longer than ${maxLength} bytes.`);
	fields[name] = undefined;
	overlong.push(rule);
	return undefined;
}

/** @returns The value of the field whose name ends at `colon`, without spaces and tabs around it. */
function fieldValue(head: string, colon: number, end: number): string {
	let from = colon + 1;
	let to = end;
	while (head.charCodeAt(from) <= SPACE && from < to) from++;
	while (head.charCodeAt(to - 1) <= SPACE && to > from) to--;
	return head.slice(from, to);
}

/** @returns Bytes of content; -1 of content in chunks; 400, 417, 501 for what is none. */
function lengthOf(minorVersion: 0 | 1, fields: HeaderFields): number | HTTPError {
	const expect = fields.expect;
	const contentLength = fields["content-length"];
	const coding = fields["transfer-encoding"];
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

/** Whether the client would keep the connection open (RFC 9112, 9.3). */
function keepsAlive(minorVersion: 0 | 1, connection: string | undefined): boolean {
	return minorVersion === 1 ? !lists(connection, "close") : lists(connection, "keep-alive");
}
