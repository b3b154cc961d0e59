/** Which names a request may give for this server: against DNS rebinding, by which another site's page turns its name into our address. */

import { MAX_HOST } from "./field-rules.js";
import type { Request } from "./request.js";
import { HTTPError } from "./response.js";

/** Names by which the server is asked. */
export interface AllowedHosts {
	/** The server's name, with and without `.local`, and with the number that mDNS appends where another host has the name. */
	name?: string;
	/** More names that `Host` may give. */
	hosts?: readonly string[];
	/** Web origins (`https://example.org`) whose pages may read and change. */
	origins?: readonly string[];
}

/**
 * Asked where `Host` is none of the server's names.
 * @returns The address of a page to which the client is redirected (302); `undefined` for 421.
 */
export type RedirectGuest = (remoteAddress: string | undefined) => string | undefined;

/** @returns `authority` without its port; `undefined` when it is no host with an optional port. */
function hostOf(authority: string): string | undefined {
	const inBrackets = authority.startsWith("[");
	const end = inBrackets ? authority.indexOf("]") + 1 : authority.indexOf(":");
	const host = end < 0 ? authority : authority.slice(0, end);
	const port = authority.slice(host.length);
	if (port.length > 6 || (port !== "" && !/^:\d{0,5}$/.test(port))) return undefined;
	if (inBrackets) return host.length > 2 && !/[^0-9a-f:.]/.test(host.slice(1, -1)) ? host : undefined;
	return host === "" || /[/?#@[\]\s]/.test(host) ? undefined : host;
}

export class HostCheck {
	#names: readonly string[];
	#own: string | undefined;
	#redirectGuest: RedirectGuest | undefined;
	#hint: string;

	/** @param hint Appended to the sentence of 421: how a name is added. */
	constructor({ name, hosts = [] }: AllowedHosts, redirectGuest?: RedirectGuest, hint = "") {
		this.#own = name?.toLowerCase();
		this.#names = ["localhost", ...hosts.map(host => host.toLowerCase())];
		this.#redirectGuest = redirectGuest;
		this.#hint = hint;
	}

	/**
	 * @param request One that is not to an address.
	 * @returns 302, 400, 421 where it is none of the names; otherwise `undefined`.
	 */
	check(request: Request): HTTPError | undefined {
		const { authority } = request;
		const host = authority.length > MAX_HOST ? undefined : hostOf(authority.toLowerCase());
		if (host === undefined) return new HTTPError(400, "The Host field must be a name or an address.");
		if (this.#allows(host.endsWith(".") ? host.slice(0, -1) : host)) return undefined;
		const page = this.#redirectGuest?.(request.remoteAddress);
		return page === undefined
			? new HTTPError(421, `${host} is no name of this server${this.#hint}.`)
			: new HTTPError(302, `This server is at ${page}`, `Location: ${page}\r\n`);
	}

	#allows(host: string): boolean {
		if (host.startsWith("[") || !/[^\d.]/.test(host)) return true;
		const name = host.endsWith(".local") ? host.slice(0, -6) : host;
		const own = this.#own;
		if (own !== undefined && name.startsWith(own) && isNumber(name.slice(own.length))) return true;
		return this.#names.includes(host);
	}
}

/** Whether `suffix`, what follows the server's name, is nothing or a number as mDNS appends it (RFC 6762, 9). */
function isNumber(suffix: string): boolean {
	return suffix === "" || (suffix.length <= 4 && /^-\d{1,3}$/.test(suffix));
}
