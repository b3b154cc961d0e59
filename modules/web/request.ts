/** A request: its line, and of its header fields those that somebody asks for. */

import type { Text } from "../platform/types.js";
import { Refusal } from "./answer.js";

/** Header fields as `Request.field` finds them: in lower case, between the end of a line and the colon. */
export const ACCEPT = "\naccept:";
export const ACCEPT_ENCODING = "\naccept-encoding:";
export const CONNECTION = "\nconnection:";
export const CONTENT_LENGTH = "\ncontent-length:";
export const CONTENT_TYPE = "\ncontent-type:";
export const EXPECT = "\nexpect:";
export const HOST = "\nhost:";
export const IF_NONE_MATCH = "\nif-none-match:";
export const LAST_EVENT_ID = "\nlast-event-id:";
export const ORIGIN = "\norigin:";
export const TRANSFER_ENCODING = "\ntransfer-encoding:";

/** As much as the chip's stack holds in one call. */
const ARGUMENTS = 128;

/** Each byte as one character. */
function latin1(text: Text, bytes: Uint8Array): string {
	try {
		const ascii = text.decode(bytes);
		if (ascii.length === bytes.byteLength) return ascii;
	} catch {
		// not UTF-8
	}
	let result = "";
	for (let at = 0; at < bytes.byteLength; at += ARGUMENTS)
		result += String.fromCharCode.apply(null, bytes.subarray(at, at + ARGUMENTS) as unknown as number[]);
	return result;
}

/** @throws {Refusal} 400: a malformed escape. */
function percentDecoded(part: string): string {
	if (!part.includes("%")) return part;
	try {
		return decodeURIComponent(part);
	} catch {
		throw new Refusal(400, "The address has a malformed % escape.");
	}
}

/** @returns The minor version, 0 or 1. */
function minorVersion(version: string): 0 | 1 {
	if (version === "HTTP/1.1") return 1;
	if (version === "HTTP/1.0") return 0;
	if (!/^HTTP\/\d\.\d$/.test(version)) throw new Refusal(400, "The request line must end in HTTP/1.1.");
	if (!version.startsWith("HTTP/1.")) throw new Refusal(505, "This server speaks HTTP/1.1.");
	return 1;
}

/** Whether `list`, a header field's value, names `token`, which is in lower case. */
export function lists(list: string | undefined, token: string): boolean {
	if (list === undefined) return false;
	return list
		.toLowerCase()
		.split(",")
		.some(item => item.trim() === token);
}

/** A request whose head has arrived. */
export class Request {
	readonly method: string;
	/** Decoded; starts with `/`, or is `*`. */
	readonly path: string;
	/** As it came, without `?`. */
	readonly query: string;
	/** 0 or 1: HTTP/1.0 or HTTP/1.1. */
	readonly minor: 0 | 1;
	/** Host and port, in lower case; empty when an HTTP/1.0 client named none. */
	readonly authority: string;
	/** Bytes of the body that follows, 0 when there is none, -1 when it comes in chunks. */
	readonly length: number;
	/** Whether a length or chunks were announced. */
	readonly framed: boolean;
	/** Whether the client would keep the connection open. */
	readonly keep: boolean;
	/** The body, once it is complete. */
	body: Uint8Array | undefined;
	#head: string;
	#lower: string;

	/**
	 * @param bytes A complete head that `Head` has passed.
	 * @throws {Refusal} 400, 501, 505.
	 */
	constructor(text: Text, bytes: Uint8Array) {
		const head = latin1(text, bytes);
		this.#head = head;
		this.#lower = head.toLowerCase();
		const end = head.indexOf("\r");
		const first = head.indexOf(" ");
		const second = head.indexOf(" ", first + 1);
		if (first <= 0 || second < 0 || second > end || head.lastIndexOf(" ", end) !== second || head.includes("\0"))
			throw new Refusal(400, "The request line must be a method, a target and a version.");
		this.method = head.slice(0, first);
		this.minor = minorVersion(head.slice(second + 1, end));

		const host = this.only(HOST);
		if (host === undefined && this.minor === 1) throw new Refusal(400, "A Host field is missing.");
		let authority = host ?? "";
		let target = head.slice(first + 1, second);
		if (!target.startsWith("/") && !(target === "*" && this.method === "OPTIONS")) {
			if (!this.#lower.startsWith("http://", first + 1)) throw new Refusal(400, "The target must be a path.");
			const slash = target.indexOf("/", 7);
			authority = target.slice(7, slash < 0 ? target.length : slash);
			target = slash < 0 ? "/" : target.slice(slash);
		}
		this.authority = authority.toLowerCase();
		const query = target.indexOf("?");
		this.path = percentDecoded(query < 0 ? target : target.slice(0, query));
		this.query = query < 0 ? "" : target.slice(query + 1);

		const coding = this.only(TRANSFER_ENCODING);
		const length = this.only(CONTENT_LENGTH);
		this.framed = coding !== undefined || length !== undefined;
		if (coding !== undefined) {
			if (length !== undefined || this.minor === 0) throw new Refusal(400, "The length of the body is ambiguous.");
			if (coding.toLowerCase() !== "chunked") throw new Refusal(501, "The only transfer coding is chunked.");
			this.length = -1;
		} else if (length === undefined) this.length = 0;
		else {
			if (!/^\d{1,9}$/.test(length)) throw new Refusal(400, "Content-Length must be a number.");
			this.length = Number(length);
		}
		const connection = this.field(CONNECTION);
		this.keep = this.minor === 1 ? !lists(connection, "close") : lists(connection, "keep-alive");
	}

	/** @param name One of the constants above. @returns Its value, or several joined by commas; `undefined` without one. */
	field(name: string): string | undefined {
		let at = this.#lower.indexOf(name);
		if (at < 0) return undefined;
		let value = this.value(at + name.length);
		for (;;) {
			at = this.#lower.indexOf(name, at + 1);
			if (at < 0) return value;
			value += `, ${this.value(at + name.length)}`;
		}
	}

	/** As `field`, of a field that may come once. @throws {Refusal} 400: it came twice. */
	only(name: string): string | undefined {
		const at = this.#lower.indexOf(name);
		if (at < 0) return undefined;
		if (this.#lower.indexOf(name, at + 1) >= 0) throw new Refusal(400, `The field ${name.slice(1, -1)} came twice.`);
		return this.value(at + name.length);
	}

	/** @returns The decoded value of `name` in the query; `undefined` without one. @throws {Refusal} 400. */
	parameter(name: string): string | undefined {
		if (this.query === "") return undefined;
		for (const part of this.query.split("&")) {
			const equals = part.indexOf("=");
			if (percentDecoded(equals < 0 ? part : part.slice(0, equals)) === name)
				return equals < 0 ? "" : percentDecoded(part.slice(equals + 1).replaceAll("+", " "));
		}
		return undefined;
	}

	private value(start: number): string {
		return this.#head.slice(start, this.#head.indexOf("\r", start)).trim();
	}
}
