/** A request: its line, and of its header fields those that somebody uses. */

import { Refusal } from "./answer.js";

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
	/** Of the client that asks. */
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

/** @throws {Refusal} 400. */
export function percentDecoded(part: string): string {
	if (!part.includes("%")) return part;
	try {
		return decodeURIComponent(part);
	} catch {
		throw new Refusal(400, "The address has a malformed % escape.");
	}
}
