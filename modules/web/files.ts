/** The built page's files, as they are in flash. */

import type { Assets, Text } from "../platform/types.js";
import { type Answer, head } from "./answer.js";
import { ACCEPT_ENCODING, IF_NONE_MATCH, type Request } from "./request.js";
import type { Handler } from "./server.js";

const TYPES: Record<string, string> = {
	css: "text/css;charset=utf-8",
	html: "text/html;charset=utf-8",
	ico: "image/x-icon",
	js: "text/javascript;charset=utf-8",
	json: "application/json",
	png: "image/png",
	svg: "image/svg+xml",
	txt: "text/plain;charset=utf-8",
	webmanifest: "application/manifest+json",
};

/** A file's name ends in a hash of its content: `chart-1a2b3c4d.js`. */
const HASHED = /[.-][0-9a-zA-Z]{8,}\.[a-z]+$/;

/** @returns Whether `field`, an `Accept-Encoding`, admits gzip. */
export function admitsGzip(field: string | undefined): boolean {
	if (field === undefined) return false;
	let any = false;
	for (const item of field.toLowerCase().split(",")) {
		const [coding, ...parameters] = item.split(";").map(part => part.trim());
		const refused = parameters.some(parameter => /^q=0(\.0*)?$/.test(parameter));
		if (coding === "gzip" || coding === "x-gzip") return !refused;
		if (coding === "*") any = !refused;
	}
	return any;
}

/** The checksum and length with which a gzip file ends: the same content has the same. */
function trailer(gzip: Uint8Array): string {
	let digits = "";
	for (const byte of gzip.subarray(gzip.byteLength - 8)) digits += byte.toString(16).padStart(2, "0");
	return digits;
}

/** One form of a file. */
interface Form {
	whole: Answer;
	unchanged: Answer;
	tag: string;
}

export class StaticFile implements Handler {
	readonly allow = "GET, HEAD";
	#identity: Form;
	#gzip: Form | undefined;

	/** @param fields More header fields, each ended by CRLF. */
	constructor(text: Text, name: string, bytes: Uint8Array, gzip: Uint8Array | undefined, fields = "") {
		const type = TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream";
		const tag = gzip ? trailer(gzip) : "";
		const cache = HASHED.test(name) ? "public, max-age=31536000, immutable" : "no-cache";
		const form = (body: Uint8Array, etag: string, coding: string): Form => {
			const common = `${etag && `ETag: ${etag}\r\n`}Cache-Control: ${cache}\r\n${gzip ? "Vary: Accept-Encoding\r\n" : ""}${fields}`;
			return {
				whole: {
					status: 200,
					head: head(text, 200, `Content-Type: ${type}\r\nContent-Length: ${body.byteLength}\r\n${coding}${common}`),
					bytes: body,
				},
				unchanged: { status: 304, head: head(text, 304, common) },
				tag: etag,
			};
		};
		this.#identity = form(bytes, tag && `"${tag}"`, "");
		this.#gzip = gzip && form(gzip, `"${tag}-gz"`, "Content-Encoding: gzip\r\n");
	}

	answer(request: Request): Answer {
		const form = this.#gzip && admitsGzip(request.field(ACCEPT_ENCODING)) ? this.#gzip : this.#identity;
		const match = request.field(IF_NONE_MATCH);
		return match !== undefined && (match === "*" || (form.tag !== "" && match.includes(form.tag)))
			? form.unchanged
			: form.whole;
	}
}

/** The files of the page, by name, looked up when they are first asked for. */
export class Files {
	#assets: Assets;
	#text: Text;
	/** As many as there are files. */
	#found = new Map<string, StaticFile>();

	constructor(assets: Assets, text: Text) {
		this.#assets = assets;
		this.#text = text;
	}

	/** @param name Flat: letters, digits, `-`, `_` and `.`. @param fields As of `StaticFile`. */
	get(name: string, fields?: string): StaticFile | undefined {
		const known = this.#found.get(name);
		if (known) return known;
		if (name.length > 64 || !/^[\w-]+(\.[\w-]+)*\.[a-z]+$/.test(name)) return undefined;
		if (TYPES[name.slice(name.lastIndexOf(".") + 1)] === undefined) return undefined;
		const bytes = this.#assets.get(name);
		if (!bytes) return undefined;
		const file = new StaticFile(this.#text, name, bytes, this.#assets.get(`${name}.gz`), fields);
		this.#found.set(name, file);
		return file;
	}
}
