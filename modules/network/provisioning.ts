/** Provisioning: how the device gets its Wi-Fi credentials from the set-up page. */

import type { Credentials, DisconnectReason, FoundNetwork } from "../platform/radio.js";

/**
 * `setup`: the access point is open, and no attempt runs. `joining`: also between two attempts. `joined`. `failed`: the last
 * `tryJoin` has failed.
 */
export type ProvisioningPhase = "setup" | "joining" | "joined" | "failed";

/** Why the newest attempt failed. `no-answer`: the network neither accepted nor rejected the device in time. */
export type FailureReason = DisconnectReason | "no-answer";

/** As in JSON. */
export interface ProvisioningState {
	phase: ProvisioningPhase;
	/** The network of the newest attempt, or joined; `null` without one. */
	ssid: string | null;
	/** Of the newest attempt; `null` if it did not fail. */
	reason: FailureReason | null;
	/** The device's address in the network joined; `null` in other phases. */
	address: string | null;
	/** The device's mDNS name, `dht.local`. */
	host: string;
	/** The device's own access point, while it is open. */
	accessPoint: { ssid: string; address: string } | null;
	/** The networks that the device joins, that which worked last first, and why the newest attempt at each failed. */
	stored: { ssid: string; reason: FailureReason | null }[];
	/** `fallback`: by DHCP, for nobody responded under the address given by hand. `null` while no network is joined. */
	addressing: "dhcp" | "static" | "fallback" | null;
}

export interface Provisioning {
	readonly state: ProvisioningState;
	/** @returns Networks in reach, the strongest first, each name once, at most 20. A new scan starts if these are old. */
	scan(): readonly FoundNetwork[];
	/**
	 * Joins with these credentials while the access point stays open. `state` has the result. Credentials that work are stored
	 * before the others; otherwise the device returns to those stored before.
	 * @throws {RangeError} One line: the name is not 1 to 32 bytes long, or WPA does not allow the password.
	 */
	tryJoin(ssid: string, password: string | undefined): void;
	/** Takes over networks and address that were changed. Half a second later joins anew, if they say so. */
	reload(): void;
	/** Deletes the credentials of all networks alone, and opens the access point. */
	forget(): void;
	/** Whether a connection from this address came through the access point. */
	isGuest(remoteAddress: string | undefined): boolean;
	/** Called when `state` or the networks in reach may have changed. */
	onChange: (() => void) | undefined;
}

/** @throws {RangeError} One line that says what is allowed. */
export function checkCredentials({ ssid, password }: Credentials): void {
	const bytes = byteLength(ssid);
	if (bytes < 1 || bytes > 32 || ssid.includes("\0"))
		throw new RangeError("ssid: 1 to 32 bytes are allowed, none of them 0");
	if (password !== undefined && (password.length > 64 || !/^([\x20-\x7e]{8,63}|[0-9a-f]{64})$/i.test(password)))
		throw new RangeError("password: 8 to 63 letters, digits and signs of ASCII, or 64 hexadecimal digits are allowed");
}

/** @returns Bytes of `text` as UTF-8; infinity where it has half of a surrogate pair, which has no encoding. */
function byteLength(text: string): number {
	let bytes = 0;
	for (const character of text) {
		const code = character.codePointAt(0)!;
		if (code >= 0xd800 && code <= 0xdfff) return Number.POSITIVE_INFINITY;
		bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	}
	return bytes;
}

/** Whether two IPv4 addresses are in one network of 255.255.255.0. IPv4-mapped IPv6 addresses count as IPv4. */
export function sameNetwork(one: string, other: string): boolean {
	const network = (address: string) => address.slice(address.lastIndexOf(":") + 1, address.lastIndexOf(".") + 1);
	return network(one) === network(other) && network(one) !== "";
}
