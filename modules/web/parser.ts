/** Makes a request of the head in which it came. */

import { malformed, Refusal } from "./answer.js";
import { type Fields, percentDecoded, type Request } from "./request.js";

const SPACE = 32;
const TAB = 9;

/** What a request line says. */
interface Start {
	readonly method: string;
	readonly path: string;
	readonly query: string;
	readonly minor: 0 | 1;
	/** Of a target that is a whole address. */
	readonly authority: string | undefined;
}

/** Whether `field`, a list, names `token`, which is in lower case. */
function lists(field: string | undefined, token: string): boolean {
	if (field === undefined) return false;
	const list = field.toLowerCase();
	if (!list.includes(token)) return false;
	return list.split(",").some(item => item.trim() === token);
}

/** Whether `line` has what no line may have. */
function isBroken(line: string): boolean {
	return line.includes("\r") || line.includes("\n") || line.includes("\0");
}

/** @returns The value of the field whose name ends at `colon`, without spaces and tabs around it. */
function fieldValue(head: string, colon: number, end: number): string {
	if (head.charCodeAt(colon + 1) === SPACE) {
		const value = head.slice(colon + 2, end);
		if (value.trim() === value) return value;
	}
	let from = colon + 1;
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

function twice(): Refusal {
	return new Refusal(400, "A field that may come once came twice.");
}

/** @param head Lines up to a blank one, which is the last. @throws {Refusal} 400. */
function parseFields(head: string): Fields {
	const fields: Fields = {};
	for (let at = 0, lf = head.indexOf("\n"); ; at = lf + 1, lf = head.indexOf("\n", at)) {
		if (head.indexOf("\r", at) !== lf - 1) throw malformed();
		if (lf === at + 1) break;
		const colon = head.indexOf(":", at);
		if (colon < 0 || colon > lf) throw malformed();
		const name = head.slice(at, colon).toLowerCase();
		const key = NAMES[name];
		if (key) {
			const value = fieldValue(head, colon, lf - 1);
			const earlier = fields[key];
			if (earlier === undefined) fields[key] = value;
			else if (LISTS.includes(key)) fields[key] = `${earlier},${value}`;
			else throw twice();
		}
		// What a field's name may be (RFC 9110, 5.1), in lower case.
		else if (key === undefined && !/^[!#$%&'*+.^_`|~0-9a-z-]{1,64}$/.test(name)) throw malformed();
	}
	if (head.includes("\0")) throw malformed();
	return fields;
}

/** @throws {Refusal} 400, 505. */
function parseStart(line: string): Start {
	if (isBroken(line)) throw malformed();
	const first = line.indexOf(" ");
	const second = line.indexOf(" ", first + 1);
	if (first < 1 || second < first + 2) throw malformed();
	const version = line.slice(second + 1);
	const minor = version === "HTTP/1.1" ? 1 : minorVersion(version);
	const method = line.slice(0, first);
	let target = line.slice(first + 1, second);
	let authority: string | undefined;
	if (!target.startsWith("/") && !(target === "*" && method === "OPTIONS")) {
		if (!/^http:\/\//i.test(target)) throw new Refusal(400, "The target must be a path.");
		const slash = target.indexOf("/", 7);
		authority = target.slice(7, slash < 0 ? target.length : slash);
		target = slash < 0 ? "/" : target.slice(slash);
	}
	const query = target.indexOf("?");
	return {
		method,
		path: percentDecoded(query < 0 ? target : target.slice(0, query)),
		query: query < 0 ? "" : target.slice(query + 1),
		minor,
		authority,
	};
}

/** @returns The minor version, 0 or 1. */
function minorVersion(version: string): 0 | 1 {
	if (version === "HTTP/1.0") return 0;
	if (!/^HTTP\/\d\.\d$/.test(version)) throw new Refusal(400, "The request line must end in HTTP/1.1.");
	if (!version.startsWith("HTTP/1.")) throw new Refusal(505, "This server speaks HTTP/1.1.");
	return 1;
}

/** @returns The length of the body; -1 of one in chunks. @throws {Refusal} 400, 417, 501. */
function bodyLength(minor: 0 | 1, { contentLength, transferEncoding, expect }: Fields): number {
	// What HTTP/1.0 expects is nothing to go by (RFC 9110, 10.1.1).
	if (minor === 1 && expect !== undefined && expect.toLowerCase() !== "100-continue")
		throw new Refusal(417, "The only expectation is 100-continue.");
	if (transferEncoding !== undefined) {
		if (contentLength !== undefined || minor === 0) throw new Refusal(400, "The length of the body is ambiguous.");
		if (transferEncoding.toLowerCase() !== "chunked") throw new Refusal(501, "The only transfer coding is chunked.");
		return -1;
	}
	if (contentLength === undefined) return 0;
	if (!/^\d{1,9}$/.test(contentLength)) throw new Refusal(400, "Content-Length must be a number.");
	return Number(contentLength);
}

/**
 * @param head A character a byte; ends in a blank line, the first one.
 * @throws {Refusal} 400, 417, 501, 505.
 */
export function parseRequest(head: string): Request {
	const end = head.indexOf("\r\n");
	const { method, path, query, minor, authority } = parseStart(head.slice(0, end));
	const fields = parseFields(head.slice(end + 2));
	const { connection, host } = fields;
	const asked = authority ?? host ?? "";
	if (minor === 1 && (host === undefined || asked === "")) throw new Refusal(400, "A Host field is missing.");
	return {
		method,
		path,
		query,
		minor,
		authority: asked,
		fields,
		length: bodyLength(minor, fields),
		keep: minor === 1 ? !lists(connection, "close") : lists(connection, "keep-alive"),
		body: undefined,
		remoteAddress: undefined,
	};
}
