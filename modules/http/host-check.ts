/** Which names a request may give for this server: against DNS rebinding, by which a foreign page turns its name into our address. */

import { MAX_HOST } from "./field-rules.js";
import type { Request } from "./request.js";
import { HTTPError } from "./response.js";

/** @returns For a request that came through the set-up access point, the address of the page it is to be sent to; else `undefined`. */
export type RedirectGuest = (remoteAddress: string | undefined) => string | undefined;

/** The longest IPv4 address with a port, characters. */
const MAX_ADDRESS = "255.255.255.255:65535".length;

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

/** Whether `authority` is an IPv4 address, and perhaps a port. */
function isAddress(authority: string): boolean {
	if (authority.length > MAX_ADDRESS) return false;
	return /^(?:(?:[01]?\d?\d|2[0-4]\d|25[0-5])\.){3}(?:[01]?\d?\d|2[0-4]\d|25[0-5])(?::\d{0,5})?$/.test(authority);
}

export class HostCheck {
	#names: readonly string[];
	#own: string;
	#portal: RedirectGuest | undefined;
	/** The last one admitted, which the next request most likely names too. */
	#last = "";

	/**
	 * @param name The device's name; with and without `.local`, and with the number it gets where another device has the name.
	 * @param hosts More names, for instance what a router calls the device.
	 */
	constructor(name: string, hosts: readonly string[], portal?: RedirectGuest) {
		this.#own = name.toLowerCase();
		this.#names = ["localhost", ...hosts.map(host => host.toLowerCase())];
		this.#portal = portal;
	}

	/**
	 * @param request Its `authority` is empty when an HTTP/1.0 client named none, which no browser does.
	 * @returns 400, 421; 302 in place of 421 for a guest of the access point, whose phone looks for the Internet; else `undefined`.
	 */
	check(request: Request): HTTPError | undefined {
		const authority = request.authority;
		if (authority === this.#last) return undefined;
		if (!isAddress(authority)) {
			const host = authority.length > MAX_HOST ? undefined : hostOf(authority.toLowerCase());
			if (host === undefined) return new HTTPError(400, "The Host field must be a name or an address.");
			if (!this.#admits(host.endsWith(".") ? host.slice(0, -1) : host)) return this.#refuse(request, host);
		}
		this.#last = authority;
		return undefined;
	}

	#refuse({ remoteAddress }: Request, host: string): HTTPError {
		const page = this.#portal?.(remoteAddress);
		return page === undefined
			? new HTTPError(421, `This device does not answer to ${host}: add it to "hosts" in the settings to allow it.`)
			: new HTTPError(302, `The device is set up at ${page}`, `Location: ${page}\r\n`);
	}

	#admits(host: string): boolean {
		if (host.startsWith("[")) return true;
		const name = host.endsWith(".local") ? host.slice(0, -6) : host;
		if (name.startsWith(this.#own) && isNumbered(name.slice(this.#own.length))) return true;
		return this.#names.includes(host);
	}
}

/** Whether `rest`, what follows the device's name, is nothing or a number as mDNS gives it. */
function isNumbered(rest: string): boolean {
	return rest === "" || (rest.length <= 4 && /^-\d{1,3}$/.test(rest));
}
