/** Formats of strings, beyond their length. */

import { isAddressWithPrefix, isHostName, isOrigin, parseAddress } from "./addresses.js";

export type FormatName =
	| "deviceName"
	| "label"
	| "ascii"
	| "hostName"
	| "lowerHostName"
	| "origin"
	| "broker"
	| "topic"
	| "address"
	| "addressWithPrefix";

interface Format {
	/** Asked only of strings of the right length. */
	fits(value: string): boolean;
	/** What is allowed, as an error message says it. */
	readonly allowed: string;
}

/** Neither control characters nor the two line ends of Unicode. */
function isOneLine(value: string): boolean {
	for (let index = 0; index < value.length; index++) {
		const code = value.charCodeAt(index);
		if (code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0x2028 || code === 0x2029) return false;
	}
	return true;
}

/** Levels of a topic that MQTT and brokers leave to everybody; a space or a control character is none of them. */
function isTopic(value: string): boolean {
	const isPlain = !value.startsWith("$") && !value.startsWith("/") && !value.endsWith("/") && !value.includes("//");
	return isPlain && isOneLine(value) && !/[\s+#]/.test(value);
}

export const formats: Readonly<Record<FormatName, Format>> = Object.freeze(
	{
		deviceName: {
			fits: value => /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i.test(value),
			allowed: "1 to 24 letters, digits and inner hyphens are",
		},
		label: { fits: isOneLine, allowed: "1 to 64 characters without control characters are" },
		ascii: { fits: value => /^[\x20-\x7e]*$/.test(value), allowed: "8 to 63 characters of ASCII are" },
		hostName: { fits: isHostName, allowed: "a host name is" },
		lowerHostName: {
			fits: value => isHostName(value) && value === value.toLowerCase(),
			allowed: "a host name in lower case is",
		},
		broker: { fits: value => value === "" || isHostName(value), allowed: "a host name, or nothing, is" },
		address: {
			fits: value => value === "" || parseAddress(value) >= 0,
			allowed: "an IPv4 address like 192.168.1.1, or nothing, is",
		},
		addressWithPrefix: {
			fits: value => value === "" || isAddressWithPrefix(value),
			allowed: "an IPv4 address of a host with its network's prefix, like 192.168.1.50/24, or nothing, is",
		},
		topic: { fits: isTopic, allowed: "1 to 64 characters without spaces, + and #, in levels apart by /, are" },
		origin: { fits: isOrigin, allowed: "an origin in lower case, like https://example.org, is" },
	},
	true,
);
