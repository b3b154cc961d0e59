/** Responses and what they are made of. */

import type { TCP } from "../platform/io.js";
import type { Text } from "../platform/text.js";

const reasons: Record<number, string> = Object.freeze(
	{
		200: "OK",
		201: "Created",
		202: "Accepted",
		204: "No Content",
		302: "Found",
		304: "Not Modified",
		400: "Bad Request",
		401: "Unauthorized",
		403: "Forbidden",
		404: "Not Found",
		405: "Method Not Allowed",
		406: "Not Acceptable",
		408: "Request Timeout",
		409: "Conflict",
		411: "Length Required",
		413: "Content Too Large",
		414: "URI Too Long",
		415: "Unsupported Media Type",
		417: "Expectation Failed",
		421: "Misdirected Request",
		422: "Unprocessable Content",
		429: "Too Many Requests",
		431: "Request Header Fields Too Large",
		500: "Internal Server Error",
		501: "Not Implemented",
		503: "Service Unavailable",
		505: "HTTP Version Not Supported",
		507: "Insufficient Storage",
	},
	true,
);

const beginningOf = (status: number, reason: string) =>
	`HTTP/1.1 ${status} ${reason}\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n`;

/** What every head of a status begins with. */
const beginnings: Record<number, string> = Object.freeze(
	Object.fromEntries(Object.entries(reasons).map(([status, reason]) => [status, beginningOf(Number(status), reason)])),
	true,
);

/** A body that is made as the socket takes it. */
export interface BodySource {
	/** @returns The next piece, of one byte to 5 KB, mostly a TCP segment: it is kept until it is sent; `undefined` after the last. */
	next(): Uint8Array | undefined;
	/** Called when the connection ends before the body does. */
	close?(): void;
}

/** What the `target` of a socket is. No method throws; each may be called after `close`, and then does nothing. */
export interface SocketOwner {
	/** `undefined` once it is closed or handed over. */
	readonly socket: TCP | undefined;
	/** Of the client; a stream has none, for it counts among no address's requests. */
	readonly remoteAddress?: string | undefined;
	/** Bytes that the socket takes now. */
	writable: number;
	/** Bytes of the client that are left in the socket. */
	readonly unread?: number | undefined;
	/** What is still to be sent; falsy when there is nothing. */
	readonly pending: unknown;
	/** Takes what has arrived. @param byteLength All bytes that are unread, where that is known. */
	receive(byteLength?: number): void;
	/** Sends what is pending, as far as the socket takes it. */
	send(): void;
	/** Enforces the time limits. */
	check(now: number): void;
	/** When the state began, or the last progress was made, ms since boot. */
	readonly since: number;
	/** @returns One of `Standing`: how much would be lost with it. */
	standing(now: number): number;
	close(): void;
}

/** What takes the socket over once head and body are sent: a stream. `close` comes instead when the connection ends first. */
export interface DetachedOwner extends SocketOwner {
	/** @param writable Bytes that the socket takes now. */
	attach(socket: TCP, writable: number): void;
}

/** What a response may have besides its head: one of these at most. */
export interface ResponseBody {
	/** The body; its length is in the head. */
	readonly bytes?: Uint8Array | undefined;
	/** Whether `bytes` are in flash, where they take no memory. */
	readonly flash?: boolean;
	/** The body, sent in chunks. */
	readonly source?: BodySource;
	/** Gets the socket after `bytes`. */
	readonly detach?: DetachedOwner;
}

/** A response; one made once may be given to many requests. */
export class Response {
	readonly status: number;
	/** Status line and header fields, each ended by CRLF, without `Date`, `Connection`, `Transfer-Encoding` and the blank line. */
	readonly head: string;
	readonly bytes: Uint8Array | undefined;
	readonly flash: boolean;
	readonly source: BodySource | undefined;
	readonly detach: DetachedOwner | undefined;
	/** What `head` was last completed with. */
	tail: string | undefined;
	/** `head` and `tail`. */
	message: Uint8Array | undefined;

	/** @param fields Header fields, each ended by CRLF. */
	constructor(status: number, fields: string, { bytes, flash = false, source, detach }: ResponseBody = {}) {
		this.status = status;
		this.head = (beginnings[status] ?? beginningOf(status, "")) + fields;
		this.bytes = bytes?.byteLength ? bytes : undefined;
		this.flash = flash;
		this.source = source;
		this.detach = detach;
	}

	/** @returns The new `message`. */
	complete(text: Text, tail: string): Uint8Array {
		this.tail = tail;
		const message = text.encode(this.head + tail);
		this.message = message;
		return message;
	}
}

/** A response of class 4xx or 5xx, or a redirection: returned, not thrown, for a debugger stops at what is thrown. */
export class HTTPError {
	readonly status: number;
	/** One line for a person; it becomes the content. */
	readonly message: string;
	/** More header fields, each ended by CRLF. */
	readonly fields: string;

	constructor(status: number, message: string, fields = "") {
		this.status = status;
		this.message = message;
		this.fields = fields;
	}
}

/** A response with a body made for this request. */
export function textResponse(text: Text, status: number, type: string, body: string, fields = ""): Response {
	const bytes = text.encode(body);
	return new Response(
		status,
		`Content-Type: ${type}\r\nContent-Length: ${bytes.byteLength}\r\nCache-Control: no-store\r\n${fields}`,
		{ bytes },
	);
}

export function json(text: Text, value: unknown, status = 200): Response {
	return textResponse(text, status, "application/json", JSON.stringify(value));
}

/** Says what is wrong with the value under `key`. @param message One line that begins with the key. */
export function problem(text: Text, key: string, message: string): Response {
	return json(text, { key, message }, 422);
}

/** One line of plain text. */
export function plainText(text: Text, { status, message, fields }: HTTPError): Response {
	return textResponse(text, status, "text/plain;charset=utf-8", `${message}\n`, fields);
}

/** What arrived is no HTTP. */
export function badRequest(): HTTPError {
	return new HTTPError(400, "The request is malformed.");
}
