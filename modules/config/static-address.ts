/** The device's IPv4 address, where it is set by hand. */

import { isHost, maskOf, parseAddress } from "./addresses.js";
import { SettingsError } from "./validate.js";

/** As a radio needs it. */
export interface StaticAddress {
	readonly address: string;
	readonly mask: string;
	readonly gateway: string;
	readonly dns: string;
}

/** Of the settings: each empty for none. */
export interface AddressSettings {
	/** With the length of the network's prefix: `192.168.1.50/24`. */
	readonly address: string;
	readonly gateway: string;
	readonly dns: string;
}

/** The keys that are only allowed together. */
export const addressKeys: readonly string[] = Object.freeze(["address", "gateway", "dns"]);

/** @returns `undefined` for DHCP; the gateway is the DNS server, unless there is another one. @throws {SettingsError} The gateway is in another network. */
export function staticAddressOf({ address: given, gateway, dns }: AddressSettings): StaticAddress | undefined {
	if (given === "") return undefined;
	const [address = "", length = ""] = given.split("/");
	const mask = maskOf(length);
	if (gateway === "") throw new SettingsError("address", given, "it needs a gateway");
	const own = parseAddress(address);
	const other = parseAddress(gateway);
	if (other === own || ((own ^ other) & mask) !== 0 || !isHost(other, mask))
		throw new SettingsError("gateway", gateway, `another host's of ${show((own & mask) >>> 0)}/${length} is`);
	return { address, mask: show(mask), gateway, dns: dns || gateway };
}

const show = (address: number) => [24, 16, 8, 0].map(shift => (address >>> shift) & 0xff).join(".");
