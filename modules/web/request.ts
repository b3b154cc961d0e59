/** A request: its line, and of its header fields those that somebody uses. */

import { Refusal } from "./answer.js";

/** Where in the head the value of a field starts, of those that not every request needs; of one that is repeated, the last. */
interface Places {
	accept?: number;
	acceptEncoding?: number;
	authorization?: number;
	contentType?: number;
	expect?: number;
	ifNoneMatch?: number;
	lastEventId?: number;
	origin?: number;
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
	/** Bytes of the body; -1 when it comes in chunks, 0 when none was announced. */
	readonly length: number;
	/** Whether the client would keep the connection open. */
	readonly keep: boolean;
	/** The body, complete; `undefined` when `length` is 0. */
	body: Uint8Array | undefined;
	/** A character a byte. */
	readonly head: string;
	readonly places: Places;
}

const MALFORMED = "A header field must be a name, a colon and a value, on one line that ends in CR LF.";

function value(head: string, at: number): string {
	return head.slice(at, head.indexOf("\r", at)).trim();
}

/** @returns The value of the field; `undefined` when the request has none. */
export function field({ head, places }: Request, name: keyof Places): string | undefined {
	const at = places[name];
	return at === undefined ? undefined : value(head, at);
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

/** Whether `list`, a header field's value, names `token`, which is in lower case. */
function lists(list: string, token: string): boolean {
	const items = list.toLowerCase().split(",");
	return items.some(item => item.trim() === token);
}

function once(earlier: string | number | undefined, at: number): number {
	if (earlier !== undefined) throw new Refusal(400, "A field that may come once came twice.");
	return at;
}

/**
 * @param head A character a byte; may go on after the blank line.
 * @param start Where the request line starts.
 * @throws {Refusal} 400, 501, 505.
 */
export function parseRequest(head: string, start: number): Request {
	const end = head.indexOf("\r", start);
	const first = head.indexOf(" ", start);
	const second = head.indexOf(" ", first + 1);
	const version = head.slice(second + 1, end);
	if (first <= start || second <= first + 1 || second > end || head.charCodeAt(end + 1) !== 10)
		throw new Refusal(400, "The request line must be a method, a target and a version.");
	const minor = version === "HTTP/1.1" ? 1 : minorVersion(version);

	const places: Places = {};
	let host: string | undefined;
	let connection: string | undefined;
	let contentLength: string | undefined;
	let transferEncoding: string | undefined;
	for (let at = end + 2, lf = 0; ; at = lf + 1) {
		lf = head.indexOf("\n", at);
		if (head.indexOf("\r", at) !== lf - 1) throw new Refusal(400, MALFORMED);
		if (lf === at + 1) break;
		const colon = head.indexOf(":", at);
		const space = head.indexOf(" ", at);
		if (colon <= at || colon > lf || (space >= 0 && space < colon)) throw new Refusal(400, MALFORMED);
		const after = colon + 1;
		switch (colon - at) {
			case 4:
			case 6:
			case 10:
			case 12:
			case 13:
			case 14:
			case 15:
			case 17:
				switch (head.slice(at, colon).toLowerCase()) {
					case "host":
						once(host, at);
						host = value(head, after);
						break;
					case "connection":
						connection = connection === undefined ? value(head, after) : `${connection},${value(head, after)}`;
						break;
					case "accept-encoding":
						places.acceptEncoding = after;
						break;
					case "accept":
						places.accept = after;
						break;
					case "if-none-match":
						places.ifNoneMatch = after;
						break;
					case "content-length":
						once(contentLength, at);
						contentLength = value(head, after);
						break;
					case "content-type":
						places.contentType = once(places.contentType, after);
						break;
					case "transfer-encoding":
						once(transferEncoding, at);
						transferEncoding = value(head, after);
						break;
					case "last-event-id":
						places.lastEventId = after;
						break;
					case "origin":
						places.origin = once(places.origin, after);
						break;
					case "expect":
						places.expect = after;
						break;
					case "authorization":
						places.authorization = once(places.authorization, after);
				}
		}
	}

	const method = head.slice(start, first);
	let authority = host;
	let target = head.slice(first + 1, second);
	if (!target.startsWith("/") && !(target === "*" && method === "OPTIONS")) {
		if (!/^http:\/\//i.test(target)) throw new Refusal(400, "The target must be a path.");
		const slash = target.indexOf("/", 7);
		authority = target.slice(7, slash < 0 ? target.length : slash);
		target = slash < 0 ? "/" : target.slice(slash);
	}
	if (minor === 1 && (host === undefined || !authority)) throw new Refusal(400, "A Host field is missing.");
	const query = target.indexOf("?");
	return {
		method,
		path: percentDecoded(query < 0 ? target : target.slice(0, query)),
		query: query < 0 ? "" : target.slice(query + 1),
		minor,
		authority: authority ?? "",
		length:
			contentLength === undefined && transferEncoding === undefined
				? 0
				: bodyLength(minor, contentLength, transferEncoding),
		keep:
			minor === 1
				? connection === undefined || connection === "keep-alive" || !lists(connection, "close")
				: connection !== undefined && lists(connection, "keep-alive"),
		body: undefined,
		head,
		places,
	};
}

/** @returns The minor version, 0 or 1. */
function minorVersion(version: string): 0 | 1 {
	if (version === "HTTP/1.0") return 0;
	if (!/^HTTP\/\d\.\d$/.test(version)) throw new Refusal(400, "The request line must end in HTTP/1.1.");
	if (!version.startsWith("HTTP/1.")) throw new Refusal(505, "This server speaks HTTP/1.1.");
	return 1;
}

function bodyLength(minor: 0 | 1, length: string | undefined, coding: string | undefined): number {
	if (coding === undefined) {
		if (!/^\d{1,9}$/.test(length ?? "")) throw new Refusal(400, "Content-Length must be a number.");
		return Number(length);
	}
	if (length !== undefined || minor === 0) throw new Refusal(400, "The length of the body is ambiguous.");
	if (coding.toLowerCase() !== "chunked") throw new Refusal(501, "The only transfer coding is chunked.");
	return -1;
}
