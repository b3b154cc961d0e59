/** A request: its line, and of its header fields those that somebody uses. */

import { malformed, Refusal } from "./answer.js";

const SPACE = 32;
const TAB = 9;

/** The values of header fields; of one that may be repeated, joined by commas. */
export interface Fields {
	accept?: string;
	acceptEncoding?: string;
	authorization?: string;
	connection?: string;
	contentLength?: string;
	contentType?: string;
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
	readonly minor: 0 | 1;
	/** Host and port; empty when an HTTP/1.0 client named none. */
	readonly authority: string;
	readonly fields: Fields;
	/** Bytes of the body; -1 when it comes in chunks, 0 when there is none. */
	readonly length: number;
	/** Whether the client would keep the connection open. */
	readonly keep: boolean;
	/** The body, complete; `undefined` when `length` is 0. */
	body: Uint8Array | undefined;
	/** Of the client that asks now: the same request may come from another one next. */
	remoteAddress: string | undefined;
}

/** @returns The decoded value of `name` in the query; `undefined` without one. @throws {Refusal} 400. */
export function parameter({ query }: Request, name: string): string | undefined {
	if (query === "") return undefined;
	for (const part of query.split("&")) {
		const equals = part.indexOf("=");
		if (percentDecoded(equals < 0 ? part : part.slice(0, equals)) === name)
			return equals < 0 ? "" : percentDecoded(part.slice(equals + 1).replaceAll("+", " "));
	}
	return undefined;
}

function percentDecoded(part: string): string {
	if (!part.includes("%")) return part;
	try {
		return decodeURIComponent(part);
	} catch {
		throw new Refusal(400, "The address has a malformed % escape.");
	}
}

/** Whether `field`, a list, names `token`, which is in lower case. */
function lists(field: string, token: string): boolean {
	const list = field.toLowerCase();
	if (!list.includes(token)) return false;
	return list.split(",").some(item => item.trim() === token);
}

/** @returns `head` from `start` to `end`, without spaces and tabs around it. */
function trimmed(head: string, start: number, end: number): string {
	let from = start;
	let first = head.charCodeAt(from);
	while (first === SPACE || first === TAB) first = head.charCodeAt(++from);
	let to = end;
	let last = head.charCodeAt(to - 1);
	while (to > from && (last === SPACE || last === TAB)) last = head.charCodeAt(--to - 1);
	return head.slice(from, to);
}

/** Those of the fields that may be repeated: lists. */
const LISTS: readonly (keyof Fields)[] = ["accept", "acceptEncoding", "connection", "ifNoneMatch"];

/** Where the field of a name is kept; `false` for what browsers send too, and nobody here uses. */
const NAMES: Record<string, keyof Fields | false> = {
	__proto__: null as never,
	accept: "accept",
	"accept-encoding": "acceptEncoding",
	"accept-language": false,
	authorization: "authorization",
	"cache-control": false,
	connection: "connection",
	"content-length": "contentLength",
	"content-type": "contentType",
	cookie: "cookie",
	expect: "expect",
	host: "host",
	"if-none-match": "ifNoneMatch",
	"last-event-id": "lastEventId",
	origin: "origin",
	referer: false,
	"transfer-encoding": "transferEncoding",
	"upgrade-insecure-requests": false,
	"user-agent": false,
};

/** Keeps the field from `start` to `end`, whose name ends at `colon`, if it is one that is used. */
function keep(fields: Fields, head: string, start: number, colon: number, end: number): void {
	const name = head.slice(start, colon).toLowerCase();
	const key = NAMES[name];
	if (key === false) return;
	if (key === undefined) {
		// What a field's name may be (RFC 9110, 5.1), in lower case.
		if (!/^[!#$%&'*+.^_`|~0-9a-z-]{1,64}$/.test(name)) throw malformed();
		return;
	}
	const neat =
		head.charCodeAt(colon + 1) === SPACE && head.charCodeAt(colon + 2) > SPACE && head.charCodeAt(end - 1) > SPACE;
	const value = neat ? head.slice(colon + 2, end) : trimmed(head, colon + 1, end);
	const earlier = fields[key];
	if (earlier === undefined) fields[key] = value;
	else if (LISTS.includes(key)) fields[key] = `${earlier},${value}`;
	else throw new Refusal(400, "A field that may come once came twice.");
}

/** @param start Where the first field starts. */
function parseFields(head: string, start: number): Fields {
	const fields: Fields = {};
	for (let at = start; ; ) {
		const lf = head.indexOf("\n", at);
		if (head.indexOf("\r", at) !== lf - 1) throw malformed();
		if (lf === at + 1) {
			const nul = head.indexOf("\0", start);
			if (nul >= 0 && nul < lf) throw malformed();
			return fields;
		}
		const colon = head.indexOf(":", at);
		if (colon < 0 || colon > lf) throw malformed();
		keep(fields, head, at, colon, lf - 1);
		at = lf + 1;
	}
}

/**
 * @param head A character a byte; may go on after the blank line.
 * @param start Where the request line starts.
 * @throws {Refusal} 400, 501, 505.
 */
export function parseRequest(head: string, start: number): Request {
	const end = head.indexOf("\r", start);
	if (head.indexOf("\n", start) !== end + 1) throw malformed();
	const line = head.slice(start, end);
	const first = line.indexOf(" ");
	const second = line.indexOf(" ", first + 1);
	if (first < 1 || second < first + 2 || line.includes("\0")) throw malformed();
	const version = line.slice(second + 1);
	const minor = version === "HTTP/1.1" ? 1 : minorVersion(version);
	const method = line.slice(0, first);
	const fields = parseFields(head, end + 2);
	const host = fields.host;
	const connection = fields.connection;
	const contentLength = fields.contentLength;
	const transferEncoding = fields.transferEncoding;

	let target = line.slice(first + 1, second);
	let authority = host ?? "";
	if (!target.startsWith("/") && !(target === "*" && method === "OPTIONS")) {
		if (!/^http:\/\//i.test(target)) throw new Refusal(400, "The target must be a path.");
		const slash = target.indexOf("/", 7);
		authority = target.slice(7, slash < 0 ? target.length : slash);
		target = slash < 0 ? "/" : target.slice(slash);
	}
	if (minor === 1 && (host === undefined || authority === "")) throw new Refusal(400, "A Host field is missing.");
	const query = target.indexOf("?");
	return {
		method,
		path: percentDecoded(query < 0 ? target : target.slice(0, query)),
		query: query < 0 ? "" : target.slice(query + 1),
		minor,
		authority,
		fields,
		length: contentLength === undefined && transferEncoding === undefined ? 0 : bodyLength(minor, fields),
		keep:
			connection === undefined
				? minor === 1
				: minor === 1
					? !lists(connection, "close")
					: lists(connection, "keep-alive"),
		body: undefined,
		remoteAddress: undefined,
	};
}

/** @returns The minor version, 0 or 1. */
function minorVersion(version: string): 0 | 1 {
	if (version === "HTTP/1.0") return 0;
	if (!/^HTTP\/\d\.\d$/.test(version)) throw new Refusal(400, "The request line must end in HTTP/1.1.");
	if (!version.startsWith("HTTP/1.")) throw new Refusal(505, "This server speaks HTTP/1.1.");
	return 1;
}

function bodyLength(minor: 0 | 1, { contentLength, transferEncoding }: Fields): number {
	if (transferEncoding !== undefined) {
		if (contentLength !== undefined || minor === 0) throw new Refusal(400, "The length of the body is ambiguous.");
		if (transferEncoding.toLowerCase() !== "chunked") throw new Refusal(501, "The only transfer coding is chunked.");
		return -1;
	}
	if (contentLength === undefined) return 0;
	if (!/^\d{1,9}$/.test(contentLength)) throw new Refusal(400, "Content-Length must be a number.");
	return Number(contentLength);
}
