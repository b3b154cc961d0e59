/** Makes a request of the head in which it came. */

import { cookieValue, isToken, lists, MAX_NAME, NAMES, RULES } from "./field-rules.js";
import { type Fields, percentDecoded, type Request } from "./request.js";
import { badRequest, HTTPError } from "./response.js";

const SPACE = 32;
const TAB = 9;
/** A value longer than its bound by more than these spaces and tabs around it is not looked at. */
const PADDING = 16;
const SCHEME = "http://";

/** What a request line says. */
interface RequestLine {
	readonly method: string;
	readonly path: string;
	readonly query: string;
	readonly minor: 0 | 1;
	/** Of a target that is a whole address. */
	readonly authority: string | undefined;
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

/** @returns The minor version, 0 or 1. */
function minorVersion(version: string): 0 | 1 | HTTPError {
	if (version === "HTTP/1.0") return 0;
	if (!/^HTTP\/\d\.\d$/.test(version)) return new HTTPError(400, "The request line must end in HTTP/1.1.");
	if (!version.startsWith("HTTP/1.")) return new HTTPError(505, "This server speaks HTTP/1.1.");
	return 1;
}

/** @returns Where the host of `target`, a whole address, ends. */
function hostEnd(target: string): number {
	const slash = target.indexOf("/", SCHEME.length);
	const query = target.indexOf("?", SCHEME.length);
	if (slash < 0 && query < 0) return target.length;
	return slash < 0 || (query >= 0 && query < slash) ? query : slash;
}

/** @returns 400, 505 for what is none. */
function parseRequestLine(line: string): RequestLine | HTTPError {
	if (line.includes("\r") || line.includes("\n") || line.includes("\t")) return badRequest();
	const first = line.indexOf(" ");
	const second = line.indexOf(" ", first + 1);
	if (first < 1 || second < first + 2) return badRequest();
	const version = line.slice(second + 1);
	const minor = version === "HTTP/1.1" ? 1 : minorVersion(version);
	if (minor instanceof HTTPError) return minor;
	const method = line.slice(0, first);
	let target = line.slice(first + 1, second);
	let authority: string | undefined;
	if (!target.startsWith("/") && !(target === "*" && method === "OPTIONS")) {
		if (target.slice(0, SCHEME.length).toLowerCase() !== SCHEME)
			return new HTTPError(400, "The target must be a path.");
		const end = hostEnd(target);
		authority = target.slice(SCHEME.length, end);
		if (authority === "") return new HTTPError(400, "The target must name a host.");
		target = target.slice(end);
		if (!target.startsWith("/")) target = `/${target}`;
	}
	const query = target.indexOf("?");
	const path = percentDecoded(query < 0 ? target : target.slice(0, query));
	if (path === undefined) return new HTTPError(400, "The address has a malformed % escape.");
	return { method, path, query: query < 0 ? "" : target.slice(query + 1), minor, authority };
}

/** @returns The length of the body; -1 of one in chunks; 400, 417, 501 for what is none. */
function bodyLength(minor: 0 | 1, { contentLength, transferEncoding, expect }: Fields): number | HTTPError {
	// What HTTP/1.0 expects is nothing to go by (RFC 9110, 10.1.1).
	if (minor === 1 && expect !== undefined && expect.toLowerCase() !== "100-continue")
		return new HTTPError(417, "The only expectation is 100-continue.");
	if (transferEncoding !== undefined) {
		if (contentLength !== undefined || minor === 0) return new HTTPError(400, "The length of the body is ambiguous.");
		if (transferEncoding.toLowerCase() !== "chunked") return new HTTPError(501, "The only transfer coding is chunked.");
		return -1;
	}
	if (contentLength === undefined) return 0;
	if (!/^\d{1,9}$/.test(contentLength)) return new HTTPError(400, "Content-Length must be a number.");
	return Number(contentLength);
}

/** @param from Where the first field begins, or the blank line that comes last. */
function parseFields(head: string, from: number): Fields | HTTPError {
	const fields: Fields = {};
	/** A bit for each rule whose field counts as absent. */
	let absent = 0;
	for (let at = from, lf = head.indexOf("\n", at); ; at = lf + 1, lf = head.indexOf("\n", at)) {
		if (head.indexOf("\r", at) !== lf - 1) return badRequest();
		if (lf === at + 1) return fields;
		const colon = head.indexOf(":", at);
		if (colon <= at || colon > lf || colon - at > MAX_NAME) return badRequest();
		const name = head.slice(at, colon).toLowerCase();
		const index = NAMES.indexOf(name);
		if (index < 0) {
			if (!isToken(name)) return badRequest();
		} else if (index < RULES.length) {
			const rule = RULES[index]!;
			const key = rule.key;
			const bit = 1 << index;
			const earlier = fields[key];
			if (absent & bit || earlier !== undefined) {
				if (!rule.list) return new HTTPError(400, "A field that may come once came twice.");
				if (absent & bit) continue;
			}
			let value = lf - colon > rule.most + PADDING ? undefined : fieldValue(head, colon, lf - 1);
			if (earlier !== undefined && value !== undefined) value = `${earlier},${value}`;
			if (value !== undefined && value.length <= rule.most) fields[key] = value;
			else if (rule.needed) return new HTTPError(431, `The field ${name} is longer than ${rule.most} bytes.`);
			else {
				delete fields[key];
				absent |= bit;
			}
		}
	}
}

/** Keeps of all cookies what is used. */
function narrow(fields: Fields, cookies: string): void {
	const value = cookieValue(cookies);
	if (value === undefined) delete fields.cookie;
	else fields.cookie = value;
}

/**
 * @param head A character a byte; ends in a blank line, the first one.
 * @returns 400, 417, 431, 501, 505 for what is no request.
 */
export function parseRequest(head: string): Request | HTTPError {
	// Control characters, but for tabs and the ends of lines. The pattern repeats nothing, so it takes no memory for each character.
	if (/[^\t\r\n\x20-\x7e\x80-\xff]/.test(head)) return badRequest();
	const end = head.indexOf("\r\n");
	const start = parseRequestLine(head.slice(0, end));
	if (start instanceof HTTPError) return start;
	const fields = parseFields(head, end + 2);
	if (fields instanceof HTTPError) return fields;
	const { method, path, query, minor } = start;
	const { connection, cookie, host } = fields;
	if (cookie !== undefined) narrow(fields, cookie);
	const authority = start.authority ?? host ?? "";
	if (minor === 1 && (host === undefined || authority === "")) return new HTTPError(400, "A Host field is missing.");
	const length = bodyLength(minor, fields);
	if (length instanceof HTTPError) return length;
	return {
		method,
		path,
		query,
		minorVersion: minor,
		authority,
		fields,
		contentLength: length,
		keepAlive: minor === 1 ? !lists(connection, "close") : lists(connection, "keep-alive"),
		body: undefined,
		remoteAddress: undefined,
	};
}
