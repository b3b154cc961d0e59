/** Which names a request may give for this server: against DNS rebinding, by which a foreign page turns its name into our address. */

import { Refusal } from "./answer.js";

/** @returns `authority` without its port. @throws {Refusal} 400: it is no host with an optional port. */
function hostOf(authority: string): string {
	const match = /^(\[[0-9a-f:.]+\]|[^:/?#@[\]\s]+)(?::\d{0,5})?$/.exec(authority);
	if (!match) throw new Refusal(400, "The Host field must be a name or an address.");
	return match[1]!;
}

function isAddress(host: string): boolean {
	if (host.startsWith("[")) return true;
	const parts = host.split(".");
	return parts.length === 4 && parts.every(part => /^\d{1,3}$/.test(part) && Number(part) < 256);
}

export class HostGuard {
	#names: readonly string[];
	/** The last one admitted, which the next request most likely names too. */
	#last = "";

	/**
	 * @param name The device's name; with and without `.local`.
	 * @param hosts More names, for instance what a router calls the device.
	 */
	constructor(name: string, hosts: readonly string[]) {
		const own = name.toLowerCase();
		this.#names = ["localhost", own, `${own}.local`, ...hosts.map(host => host.toLowerCase())];
	}

	/**
	 * @param authority Host and port; empty when an HTTP/1.0 client named none, which no browser does.
	 * @throws {Refusal} 400, 421.
	 */
	check(authority: string): void {
		if (authority === this.#last) return;
		const host = hostOf(authority.toLowerCase());
		if (!isAddress(host) && !this.#names.includes(host.endsWith(".") ? host.slice(0, -1) : host))
			throw new Refusal(421, `This device does not answer to ${host}: add it to "hosts" in the settings to allow it.`);
		this.#last = authority;
	}
}
