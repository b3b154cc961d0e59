/** Which other sites' pages may read the responses (CORS: WHATWG Fetch, 3.2). */

import type { Handler, Routes } from "./handler.js";
import type { Request } from "./request.js";

/** The longest origin of the local network, characters: a label of 63, and what is around it. */
const MAX_LOCAL = 80;

export class CrossOrigin {
	/** Web origins whose pages may read and change. */
	readonly origins: readonly string[];
	private routes: Routes;
	private access: { readonly isPrivate?: boolean } | undefined;

	/** @param access Where it is private, clients need credentials to read, and nothing is shared. */
	constructor(origins: readonly string[], routes: Routes, access: { readonly isPrivate?: boolean } | undefined) {
		this.origins = origins;
		this.routes = routes;
		this.access = access;
	}

	/** @returns Header fields of the response, each ended by CRLF. */
	fields(request: Request): string {
		const { origins } = this;
		const { method, fields, path } = request;
		const { origin } = fields;
		const isPreflight = method === "OPTIONS";
		const handler = this.routes.get(path);
		// What is shared says so itself, where it is given.
		const isSaid = !isPreflight && handler?.isShared && !this.access?.isPrivate;
		const vary = !isSaid && (isPreflight || origins.length > 0) ? "Vary: Origin\r\n" : "";
		if (origin === undefined) return vary;
		const isListed = origins.includes(origin);
		if (!isListed && !this.shares(handler, request)) return vary;
		const allow = `Access-Control-Allow-Origin: ${origin}\r\n`;
		if (!isPreflight) return allow + vary;
		const methods = isListed
			? "GET, HEAD, PUT, POST\r\nAccess-Control-Allow-Headers: Authorization, Content-Type"
			: "GET, HEAD";
		return `${allow}Access-Control-Allow-Methods: ${methods}\r\n${vary}`;
	}

	/** Whether pages of the local network may read what `handler` gives. */
	private shares(handler: Handler | undefined, { method, fields, cookie }: Request): boolean {
		if (!handler?.isShared || this.access?.isPrivate) return false;
		if (method !== "GET" && method !== "HEAD" && method !== "OPTIONS") return false;
		if (cookie !== undefined || fields.authorization !== undefined) return false;
		return isLocalOrigin(fields.origin!);
	}
}

/** Whether `origin` is one of the local network, as browsers send it: `http://NAME.local` or a private IPv4 address, perhaps with a port. */
export function isLocalOrigin(origin: string): boolean {
	if (origin.length > MAX_LOCAL || !origin.startsWith("http://")) return false;
	const colon = origin.indexOf(":", 7);
	if (colon >= 0 && !isPort(origin, colon + 1)) return false;
	const host = origin.slice(7, colon < 0 ? origin.length : colon);
	return host.endsWith(".local") ? isName(host.slice(0, -6)) : isLocalAddress(host);
}

function isPort(origin: string, from: number): boolean {
	const port = origin.slice(from);
	return port.length > 0 && port.length <= 5 && !/\D/.test(port) && Number(port) > 0 && Number(port) <= 65535;
}

/** Whether `name` is one or more labels joined by dots, in lower case (RFC 1123, 2.1). */
function isName(name: string): boolean {
	return name.split(".").every(label => label !== "" && !/[^0-9a-z-]/.test(label));
}

/** Whether `host` is in 10/8, 172.16/12, 192.168/16 (RFC 1918, 3) or 169.254/16 (RFC 3927). */
function isLocalAddress(host: string): boolean {
	const [first, second, ...more] = host.split(".").map(byteOf);
	if (more.length !== 2 || more.includes(-1) || second === -1) return false;
	if (first === 10) return true;
	if (first === 172) return second! >= 16 && second! <= 31;
	return (first === 192 && second === 168) || (first === 169 && second === 254);
}

/** @returns The byte that `text` writes without leading zeros; -1 for none. */
function byteOf(text: string): number {
	const value = text.length > 3 || /\D/.test(text) ? -1 : Number(text);
	return String(value) === text && value <= 255 ? value : -1;
}
