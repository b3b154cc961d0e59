/** Makes a request of the head in which it came. */

import type { CutHead } from "../platform/text.js";
import { cookieValue } from "./cookies.js";
import { type FieldRule, type FieldTable, findName, isToken, lists, MAX_NAME, OWN_FIELDS } from "./field-rules.js";
import type { HeaderFields, Request } from "./request.js";
import { parseRequestLine, type RequestLine } from "./request-line.js";
import { badRequest, HTTPError } from "./response.js";

const SPACE = 32;
/** Spaces and tabs around a value that do not count in its length. */
const PADDING = 16;
/** The most of a head that is cut into lines at once, characters: a bound of the memory that short lines take. */
const PORTION = 1024;
/** The longest head that is compared with the next one, characters: a bound of what is kept between requests. */
const MAX_REPEATED = 768;

export class RequestParser {
	/** The host's, if it has one. */
	readonly cutHead: CutHead | undefined;
	#table: FieldTable;
	/** The head of `#request`. */
	#head = "";
	/** The last request without content. It depends on its head and its sender alone, and both are compared. */
	#request: Request | undefined;

	constructor(table: FieldTable = OWN_FIELDS, cutHead?: CutHead) {
		this.#table = table;
		this.cutHead = cutHead;
	}

	/**
	 * Reads a short head as most clients write it, where the host can cut it.
	 * @returns `undefined` where `bytes` are not one head, or it takes `parse` to read it or to say what is wrong.
	 */
	parseUsual(bytes: Uint8Array, maxLength: number, remoteAddress: string | undefined): Request | HTTPError | undefined {
		const { rules, list } = this.#table;
		const found = bytes.byteLength > maxLength ? undefined : this.cutHead?.(bytes, list);
		if (!found) return undefined;
		const fields: Record<string, string | undefined> = {};
		for (let at = 3; at < found.length; at += 2) {
			const rule = rules[found[at] as number];
			const value = found[at + 1] as string;
			// A cookie, a value that is too long, and a field that comes twice.
			if (!rule || value.length > rule.maxLength || fields[rule.name] !== undefined) return undefined;
			fields[rule.name] = value;
		}
		const strings = found as readonly string[];
		const line = {
			method: strings[0]!,
			path: strings[1]!,
			query: strings[2]!,
			minorVersion: 1,
			authority: undefined,
		} as const;
		return requestOf(line, fields, undefined, remoteAddress);
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
	const section = new HeaderSection(table);
	// The blank line is not among the lines.
	const end = head.length - 2;
	let line: RequestLine | undefined;
	for (let from = 0, to = 0; from < end; from = to) {
		to = portionEnd(head, from, end);
		// XS counts characters from the start of a string: short ones are searched and cut.
		// A line that is longer than a portion is alone in it: it is not copied once more.
		const lines = to - from > PORTION + 2 ? [head.slice(from, to - 2), ""] : head.slice(from, to).split("\r\n");
		if (hasControls(lines.length === 2 ? lines[0]! : lines.join(""))) return badRequest();
		for (let at = 0; at < lines.length - 1; at++) {
			const error = line ? section.add(lines[at]!) : undefined;
			if (error) return error;
			if (line) continue;
			const first = parseRequestLine(lines[at]!);
			if (first instanceof HTTPError) return first;
			line = first;
		}
	}
	return line ? requestOf(line, section.fields, section.cookie, remoteAddress) : badRequest();
}

/** @returns Where a portion of `head` from `from` on ends: behind a line. */
function portionEnd(head: string, from: number, end: number): number {
	if (end - from <= PORTION) return end;
	const last = head.lastIndexOf("\r\n", from + PORTION);
	return (last < from ? head.indexOf("\r\n", from) : last) + 2;
}

/** Whether `text` has control characters other than tabs. The pattern repeats nothing, so it takes no memory for each character. */
function hasControls(text: string): boolean {
	return /[^\t\x20-\x7e\x80-\xff]/.test(text);
}

function requestOf(
	line: RequestLine,
	fields: HeaderFields,
	cookie: string | undefined,
	remoteAddress: string | undefined,
): Request | HTTPError {
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

/** The fields that are read. */
class HeaderSection {
	readonly fields: Record<string, string | undefined> = {};
	/** The cookie that is read. */
	cookie: string | undefined;
	#table: FieldTable;
	/** Rules of fields that are too long, and count as absent. */
	#overlong: FieldRule[] | undefined;

	constructor(table: FieldTable) {
		this.#table = table;
	}

	/** @param line A field line. @returns 400, 431 for what is malformed or too long. */
	add(line: string): HTTPError | undefined {
		const colon = line.indexOf(":");
		const name = line.slice(0, colon);
		const found = findName(this.#table, name, colon);
		if (!found) return this.#pass(line, name, colon);
		const rule = found.rule;
		if (!rule) return undefined;
		const value = line.slice(colon + 2);
		// Most values have one space before them and none behind. No other character of a head is as low as spaces and tabs.
		const isPlain =
			value !== "" &&
			line.charCodeAt(colon + 1) === SPACE &&
			value.charCodeAt(0) > SPACE &&
			!value.endsWith(" ") &&
			!value.endsWith("\t") &&
			value.length <= rule.maxLength;
		if (isPlain && !this.#overlong && this.fields[rule.name] === undefined) {
			this.fields[rule.name] = value;
			return undefined;
		}
		this.#overlong ??= [];
		const isLonger = line.length - colon > rule.maxLength + PADDING;
		return addField(this.fields, rule, isLonger ? undefined : fieldValue(line, colon), this.#overlong);
	}

	/** Passes over a field that is not read, unless it is a cookie's. @returns 400 where its name is none. */
	#pass(line: string, name: string, colon: number): HTTPError | undefined {
		// What has no colon is no name.
		if (colon < 1 || colon > MAX_NAME || !isToken(name)) return badRequest();
		const rule = this.#table.cookie;
		// Several lines are read as one (RFC 6265, 5.4 has them joined): the first cookie of the name counts.
		if (rule && colon === "cookie".length && name.toLowerCase() === "cookie")
			this.cookie ??= cookieValue(isUsual(line, colon) ? line : fieldValue(line, colon), rule);
		return undefined;
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

/** Whether one space is before the value at least, and none behind it: it need not be copied to be searched. */
function isUsual(line: string, colon: number): boolean {
	return line.startsWith(" ", colon + 1) && !line.endsWith(" ") && !line.endsWith("\t");
}

/** @returns The value of the field whose name ends at `colon`, without spaces and tabs around it. */
function fieldValue(line: string, colon: number): string {
	let from = colon + 1;
	let to = line.length;
	while (line.charCodeAt(from) <= SPACE && from < to) from++;
	while (line.charCodeAt(to - 1) <= SPACE && to > from) to--;
	return line.slice(from, to);
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
