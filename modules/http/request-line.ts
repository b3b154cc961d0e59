/** Reads the request line (RFC 9112, 3). */

import { percentDecoded } from "./request.js";
import { badRequest, HTTPError } from "./response.js";

const SCHEME = "http://";

export interface RequestLine {
	readonly method: string;
	/** Decoded. */
	readonly path: string;
	readonly query: string;
	readonly minorVersion: 0 | 1;
	/** Of a target in absolute form; otherwise `undefined`. */
	readonly authority: string | undefined;
}

/** @returns 400, 505 for what is none. */
export function parseRequestLine(line: string): RequestLine | HTTPError {
	const first = line.indexOf(" ");
	const second = line.indexOf(" ", first + 1);
	if (first < 1 || second < first + 2 || line.includes("\t")) return badRequest();
	const version = line.slice(second + 1);
	let minorVersion: 0 | 1 = 1;
	if (version !== "HTTP/1.1") {
		const other = otherVersion(version);
		if (other instanceof HTTPError) return other;
		minorVersion = other;
	}
	const method = line.slice(0, first);
	let target = line.slice(first + 1, second);
	let authority: string | undefined;
	if (!target.startsWith("/") && !(target === "*" && method === "OPTIONS")) {
		if (target.slice(0, SCHEME.length).toLowerCase() !== SCHEME)
			return new HTTPError(400, "The target must be a path.");
		const hostEnd = authorityEnd(target);
		authority = target.slice(SCHEME.length, hostEnd);
		if (authority === "") return new HTTPError(400, "The target must name a host.");
		target = target.slice(hostEnd);
		if (!target.startsWith("/")) target = `/${target}`;
	}
	const query = target.indexOf("?");
	const encoded = query < 0 ? target : target.slice(0, query);
	const path = encoded.includes("%") ? percentDecoded(encoded) : encoded;
	if (path === undefined) return new HTTPError(400, "The address has a malformed % escape.");
	return { method, path, query: query < 0 ? "" : target.slice(query + 1), minorVersion, authority };
}

/** @returns The minor version, 0 or 1. */
function otherVersion(version: string): 0 | 1 | HTTPError {
	if (version === "HTTP/1.0") return 0;
	if (!/^HTTP\/\d\.\d$/.test(version)) return new HTTPError(400, "The request line must end in HTTP/1.1.");
	if (!version.startsWith("HTTP/1.")) return new HTTPError(505, "This server speaks HTTP/1.1.");
	return 1;
}

/** @returns Where the authority of `target`, in absolute form, ends. */
function authorityEnd(target: string): number {
	const slash = target.indexOf("/", SCHEME.length);
	const query = target.indexOf("?", SCHEME.length);
	if (slash < 0 && query < 0) return target.length;
	return slash < 0 || (query >= 0 && query < slash) ? query : slash;
}
