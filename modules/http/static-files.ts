/** The built page's files, as they are in flash. */

import type { Assets } from "../platform/storage.js";
import type { Handler } from "./handler.js";
import type { Request } from "./request.js";
import { HTTPError, Response } from "./response.js";

/** The longest name of a file, characters. */
const MAX_NAME = 64;
/** Endings of names, each with its type; an ending that is asked for is sought here, for as a property's key it would stay. */
const ENDINGS: readonly string[] = Object.freeze([
	"css",
	"html",
	"ico",
	"js",
	"json",
	"png",
	"svg",
	"txt",
	"webmanifest",
]);
const TYPES: readonly string[] = Object.freeze([
	"text/css;charset=utf-8",
	"text/html;charset=utf-8",
	"image/x-icon",
	"text/javascript;charset=utf-8",
	"application/json",
	"image/png",
	"image/svg+xml",
	"text/plain;charset=utf-8",
	"application/manifest+json",
]);

/** @returns The type of a file; `undefined` for an ending that is not served. */
function typeOf(name: string): string | undefined {
	return TYPES[ENDINGS.indexOf(name.slice(name.lastIndexOf(".") + 1))];
}

/** @returns Whether `list`, an `Accept-Encoding`, allows gzip. */
export function allowsGzip(list: string | undefined): boolean {
	if (list === undefined) return false;
	if (list === "gzip, deflate") return true;
	const codings = list.toLowerCase();
	let any = false;
	for (let at = 0, comma = 0; comma >= 0; at = comma + 1) {
		comma = codings.indexOf(",", at);
		const item = codings.slice(at, comma < 0 ? codings.length : comma);
		const semicolon = item.indexOf(";");
		const coding = (semicolon < 0 ? item : item.slice(0, semicolon)).trim();
		if (coding === "gzip" || coding === "x-gzip") return !hasNoWeight(item);
		if (coding === "*") any = !hasNoWeight(item);
	}
	return any;
}

/** Whether `item` is refused by its weight (RFC 9110, 12.4.2). */
function hasNoWeight(item: string): boolean {
	const at = item.indexOf("q=0");
	const weight = at < 0 ? "" : item.slice(at + 2).trim();
	return weight.length <= 5 && /^0(\.0{0,3})?$/.test(weight);
}

/** The checksum and length with which a gzip file ends: the same content has the same. */
function trailer(gzip: Uint8Array): string {
	let digits = "";
	for (const byte of gzip.subarray(gzip.byteLength - 8)) digits += byte.toString(16).padStart(2, "0");
	return digits;
}

/** One form of a file. */
interface Form {
	whole: Response;
	unchanged: Response;
	tag: string;
}

export class StaticFile implements Handler {
	readonly allow = "GET, HEAD";
	readonly isPublic: boolean;
	/** Without it a client that does not accept gzip gets 406. */
	#identity: Form | undefined;
	#gzip: Form | undefined;

	/** @param bytes One of the two forms may be missing. @param fields More header fields, each ended by CRLF. @param isPublic As of `Handler`. */
	constructor(name: string, bytes: Uint8Array | undefined, gzip: Uint8Array | undefined, fields = "", isPublic = true) {
		this.isPublic = isPublic;
		const type = typeOf(name) ?? "application/octet-stream";
		const tag = gzip ? trailer(gzip) : "";
		// A name may end in a hash of the content: `chart-1a2b3c4d.js`.
		const cache = /[.-][0-9a-zA-Z]{8,}\.[a-z]+$/.test(name) ? "public, max-age=31536000, immutable" : "no-cache";
		const form = (body: Uint8Array, etag: string, coding: string): Form => {
			const common = `${etag && `ETag: ${etag}\r\n`}Cache-Control: ${cache}\r\n${gzip ? "Vary: Accept-Encoding\r\n" : ""}${fields}`;
			return {
				whole: new Response(200, `Content-Type: ${type}\r\nContent-Length: ${body.byteLength}\r\n${coding}${common}`, {
					bytes: body,
					flash: true,
				}),
				unchanged: new Response(304, common),
				tag: etag,
			};
		};
		this.#identity = bytes && form(bytes, tag && `"${tag}"`, "");
		this.#gzip = gzip && form(gzip, `"${tag}-gz"`, "Content-Encoding: gzip\r\n");
	}

	handle(request: Request): Response | HTTPError {
		const codings = request.fields["accept-encoding"];
		// Without the field every coding is accepted (RFC 9110, 12.5.3), and the plain form is preferred.
		const isGzip = allowsGzip(codings) || (codings === undefined && !this.#identity);
		const form = isGzip && this.#gzip ? this.#gzip : this.#identity;
		if (!form) return new HTTPError(406, "This file is sent gzipped alone.");
		const match = request.fields["if-none-match"];
		return match !== undefined && (match === "*" || (form.tag !== "" && match.includes(form.tag)))
			? form.unchanged
			: form.whole;
	}
}

/** The files of the page, by name, looked up when they are first asked for. */
export class Files {
	#assets: Assets;
	/** As many as there are files. */
	#found = new Map<string, StaticFile>();

	constructor(assets: Assets) {
		this.#assets = assets;
	}

	/** @param name Flat: letters, digits, `-`, `_` and `.`. @param fields @param isPublic As of `StaticFile`. */
	get(name: string, fields?: string, isPublic?: boolean): StaticFile | undefined {
		const found = this.#found.get(name);
		if (found) return found;
		if (name.length > MAX_NAME || typeOf(name) === undefined) return undefined;
		if (/[^\w.-]/.test(name) || name.startsWith(".") || name.includes("..")) return undefined;
		const bytes = this.#assets.get(name);
		const gzip = this.#assets.get(`${name}.gz`);
		if (!bytes && !gzip) return undefined;
		const file = new StaticFile(name, bytes, gzip, fields, isPublic);
		this.#found.set(name, file);
		return file;
	}
}
