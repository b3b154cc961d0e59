/** Which names a request may give for this server: against DNS rebinding, by which a foreign page turns its name into our address. */

import { Refusal } from "./answer.js";
import type { Request } from "./request.js";

/** @returns For a request that came through the set-up access point, the address of the page it is to be sent to; else `undefined`. */
export type Portal = (remoteAddress: string | undefined) => string | undefined;

/** @returns `authority` without its port. @throws {Refusal} 400: it is no host with an optional port. */
function hostOf(authority: string): string {
	const match = /^(\[[0-9a-f:.]+\]|[^:/?#@[\]\s]+)(?::\d{0,5})?$/.exec(authority);
	if (!match) throw new Refusal(400, "The Host field must be a name or an address.");
	return match[1]!;
}

/** Whether `authority` is an IPv4 address, and perhaps a port. */
function isAddress(authority: string): boolean {
	return /^(?:(?:[01]?\d?\d|2[0-4]\d|25[0-5])\.){3}(?:[01]?\d?\d|2[0-4]\d|25[0-5])(?::\d{0,5})?$/.test(authority);
}

export class HostGuard {
	#names: readonly string[];
	#own: string;
	#portal: Portal | undefined;
	/** The last one admitted, which the next request most likely names too. */
	#last = "";

	/**
	 * @param name The device's name; with and without `.local`, and with the number it gets where another device has the name.
	 * @param hosts More names, for instance what a router calls the device.
	 */
	constructor(name: string, hosts: readonly string[], portal?: Portal) {
		this.#own = name.toLowerCase();
		this.#names = ["localhost", ...hosts.map(host => host.toLowerCase())];
		this.#portal = portal;
	}

	/**
	 * @param request Its `authority` is empty when an HTTP/1.0 client named none, which no browser does.
	 * @throws {Refusal} 400, 421; 302 in place of 421 for a guest of the access point, whose phone looks for the Internet.
	 */
	check(request: Request): void {
		const authority = request.authority;
		if (authority === this.#last) return;
		if (!isAddress(authority)) {
			const host = hostOf(authority.toLowerCase());
			if (!this.#admits(host.endsWith(".") ? host.slice(0, -1) : host)) {
				const page = this.#portal?.(request.remoteAddress);
				if (page !== undefined) throw new Refusal(302, `The device is set up at ${page}`, `Location: ${page}\r\n`);
				throw new Refusal(
					421,
					`This device does not answer to ${host}: add it to "hosts" in the settings to allow it.`,
				);
			}
		}
		this.#last = authority;
	}

	#admits(host: string): boolean {
		if (host.startsWith("[")) return true;
		const name = host.endsWith(".local") ? host.slice(0, -6) : host;
		if (name.startsWith(this.#own) && /^(-\d{1,3})?$/.test(name.slice(this.#own.length))) return true;
		return this.#names.includes(host);
	}
}
