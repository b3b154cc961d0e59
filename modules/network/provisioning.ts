/** What the set-up page works with. */

import type { Credentials, DisconnectReason, FoundNetwork } from "../platform/radio.js";

/**
 * Where the device stands: `setup` (its access point is open and nothing is being tried), `joining` (also between two
 * attempts), `joined`, `failed` (what was tried last with `tryJoin`).
 */
export type ProvisioningPhase = "setup" | "joining" | "joined" | "failed";

/** Why the newest attempt failed; `no-answer`: the network neither took nor refused the device in time. */
export type FailureReason = DisconnectReason | "no-answer";

/** As JSON tells it. */
export interface ProvisioningState {
	phase: ProvisioningPhase;
	/** The network tried or joined; `null` when there is none. */
	ssid: string | null;
	/** Of the newest attempt, `null` when it did not fail. */
	reason: FailureReason | null;
	/** The device's address in the network joined; `null` in other phases. */
	address: string | null;
	/** The name under which it is found there, `dht.local`. */
	host: string;
	/** The device's own access point, while it is open. */
	accessPoint: { ssid: string; address: string } | null;
}

export interface Provisioning {
	readonly state: ProvisioningState;
	/** @returns Networks in reach, the strongest first, each name once, at most 20; a new search starts if these are old. */
	scan(): readonly FoundNetwork[];
	/**
	 * Tries these credentials while the access point stays open: `state` tells what comes of it. They are kept once they
	 * have worked; else the device returns to those it had.
	 * @throws {RangeError} One line: the name is not 1 to 32 bytes long, or the password is none that WPA allows.
	 */
	tryJoin(ssid: string, password: string | undefined): void;
	/** Forgets the credentials, and nothing else, and opens the access point. */
	forget(): void;
	/** Whether a connection from this address came through the access point. */
	isGuest(remoteAddress: string | undefined): boolean;
}

/** @throws {RangeError} One line for a person. */
export function checkCredentials({ ssid, password }: Credentials): void {
	const bytes = byteLength(ssid);
	if (bytes < 1 || bytes > 32) throw new RangeError("ssid: 1 to 32 bytes are allowed");
	if (password !== undefined && (password.length > 64 || !/^([\x20-\x7e]{8,63}|[0-9a-f]{64})$/i.test(password)))
		throw new RangeError("password: 8 to 63 letters, digits and signs of ASCII, or 64 hexadecimal digits are allowed");
}

/** @returns Bytes of `text` as UTF-8; infinity where it has half of a surrogate pair, for which there is none. */
function byteLength(text: string): number {
	let bytes = 0;
	for (const character of text) {
		const code = character.codePointAt(0)!;
		if (code >= 0xd800 && code <= 0xdfff) return Number.POSITIVE_INFINITY;
		bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	}
	return bytes;
}

/** Whether two IPv4 addresses are of one network with 255.255.255.0; IPv4 in IPv6 counts as IPv4. */
export function sameNetwork(one: string, other: string): boolean {
	const network = (address: string) => address.slice(address.lastIndexOf(":") + 1, address.lastIndexOf(".") + 1);
	return network(one) === network(other) && network(one) !== "";
}
