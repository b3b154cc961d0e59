/** The forms of host names and web origins. Each character is read once, and nothing is kept. */

/** Characters of a label (RFC 1035, 2.3.4). */
const maxLabel = 63;
const maxPort = 65_535;

const isDigit = (code: number) => code >= 0x30 && code <= 0x39;
const isLetter = (code: number) => (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
const isHexDigit = (code: number) => isDigit(code) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x66);

/** Whether `text` is labels of letters, digits and hyphens, joined by dots, as an IPv4 address is. */
export function isHostName(text: string): boolean {
	let label = 0;
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code === 0x2e) {
			if (label === 0) return false;
			label = 0;
		} else if (++label > maxLabel || !(isLetter(code) || isDigit(code) || code === 0x2d)) return false;
	}
	return label > 0;
}

/** Whether `text` is an origin as a browser sends it: scheme, host and perhaps a port, in lower case. */
export function isOrigin(text: string): boolean {
	const scheme = text.startsWith("https://") ? 8 : text.startsWith("http://") ? 7 : 0;
	if (scheme === 0 || text !== text.toLowerCase()) return false;
	const bracket = text.charCodeAt(scheme) === 0x5b ? text.indexOf("]", scheme) : scheme;
	if (bracket < 0) return false;
	const colon = text.indexOf(":", bracket);
	const host = text.slice(scheme, colon < 0 ? text.length : colon);
	return (bracket > scheme ? isIPv6(host) : isHostName(host)) && (colon < 0 || isPort(text.slice(colon + 1)));
}

/** Whether `host` is digits and colons in brackets, as an IPv6 address is. */
function isIPv6(host: string): boolean {
	if (host.length < 4 || host.length > 41 || !host.endsWith("]")) return false;
	for (let at = 1; at < host.length - 1; at++) {
		const code = host.charCodeAt(at);
		if (!isHexDigit(code) && code !== 0x3a) return false;
	}
	return true;
}

/** Whether `text` is a port without leading zeros, as browsers write it. */
export function isPort(text: string): boolean {
	if (text.length < 1 || text.length > 5 || text.startsWith("0")) return false;
	for (let at = 0; at < text.length; at++) if (!isDigit(text.charCodeAt(at))) return false;
	return Number(text) <= maxPort;
}

/** @returns An IPv4 address as a number from 0 to 0xFFFFFFFF; -1 if `text` is none, or has leading zeros. */
export function parseAddress(text: string): number {
	const numbers = text.length > 15 ? [] : text.split(".");
	let address = 0;
	for (const digits of numbers) {
		const isNumber = digits.length > 0 && digits.length < 4 && (digits === "0" || !digits.startsWith("0"));
		for (let at = 0; at < digits.length; at++) if (!isDigit(digits.charCodeAt(at))) return -1;
		if (!isNumber || Number(digits) > 255) return -1;
		address = address * 256 + Number(digits);
	}
	return numbers.length === 4 ? address : -1;
}

/** Whether `text` is an address that one host of a network may have, and the length of that network's prefix, 8 to 30. */
export function isAddressWithPrefix(text: string): boolean {
	const slash = text.indexOf("/");
	const length = text.slice(slash + 1);
	if (slash < 0 || length.length > 2 || !(Number(length) >= 8 && Number(length) <= 30)) return false;
	const address = parseAddress(text.slice(0, slash));
	return address >= 0 && isHost(address, maskOf(length));
}

/** Neither the network itself nor its broadcast address, neither loopback nor multicast (RFC 6890). */
export function isHost(address: number, mask: number): boolean {
	const first = address >>> 24;
	const host = (address & ~mask) >>> 0;
	return first > 0 && first !== 127 && first < 224 && host !== 0 && host !== ~mask >>> 0;
}

/** Whether `text` is an IPv4 address that a connection can go to: no multicast or broadcast, and not 0.0.0.0, by which name servers block a name. */
export function isUnicast(text: string): boolean {
	const first = parseAddress(text) >>> 24;
	return first > 0 && first < 224;
}

/** @param length Of a prefix, 8 to 30. @returns Its netmask as a number. */
export function maskOf(length: string): number {
	return -(2 ** (32 - Number(length))) >>> 0;
}
