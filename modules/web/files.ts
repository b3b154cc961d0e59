/** The built page's files, as they are in flash. */

import type { Assets } from "../platform/types.js";
import { Answer } from "./answer.js";
import type { Request } from "./request.js";
import type { Handler } from "./routes.js";

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

/** @returns Whether `list`, an `Accept-Encoding`, admits gzip. */
export function admitsGzip(list: string | undefined): boolean {
	if (list === undefined) return false;
	if (list === "gzip, deflate") return true;
	let any = false;
	for (const item of list.toLowerCase().split(",")) {
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
	readonly open: boolean;
	#identity: Form;
	#gzip: Form | undefined;

	/** @param fields More header fields, each ended by CRLF. @param open As of `Handler`. */
	constructor(name: string, bytes: Uint8Array, gzip: Uint8Array | undefined, fields = "", open = true) {
		this.open = open;
		const type = TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream";
		const tag = gzip ? trailer(gzip) : "";
		// A name may end in a hash of the content: `chart-1a2b3c4d.js`.
		const cache = /[.-][0-9a-zA-Z]{8,}\.[a-z]+$/.test(name) ? "public, max-age=31536000, immutable" : "no-cache";
		const form = (body: Uint8Array, etag: string, coding: string): Form => {
			const common = `${etag && `ETag: ${etag}\r\n`}Cache-Control: ${cache}\r\n${gzip ? "Vary: Accept-Encoding\r\n" : ""}${fields}`;
			return {
				whole: new Answer(200, `Content-Type: ${type}\r\nContent-Length: ${body.byteLength}\r\n${coding}${common}`, {
					bytes: body,
				}),
				unchanged: new Answer(304, common),
				tag: etag,
			};
		};
		this.#identity = form(bytes, tag && `"${tag}"`, "");
		this.#gzip = gzip && form(gzip, `"${tag}-gz"`, "Content-Encoding: gzip\r\n");
	}

	answer(request: Request): Answer {
		const form = this.#gzip && admitsGzip(request.fields.acceptEncoding) ? this.#gzip : this.#identity;
		const match = request.fields.ifNoneMatch;
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

	/** @param name Flat: letters, digits, `-`, `_` and `.`. @param fields @param open As of `StaticFile`. */
	get(name: string, fields?: string, open?: boolean): StaticFile | undefined {
		const known = this.#found.get(name);
		if (known) return known;
		if (name.length > 64 || !/^[\w-]+(\.[\w-]+)*\.[a-z]+$/.test(name)) return undefined;
		if (TYPES[name.slice(name.lastIndexOf(".") + 1)] === undefined) return undefined;
		const bytes = this.#assets.get(name);
		if (!bytes) return undefined;
		const file = new StaticFile(name, bytes, this.#assets.get(`${name}.gz`), fields, open);
		this.#found.set(name, file);
		return file;
	}
}
