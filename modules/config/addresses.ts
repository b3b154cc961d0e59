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
