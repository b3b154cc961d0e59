/** IPv4 addresses as numbers: no part of a stranger's address becomes a string. */

/** @returns The address as a number from 0 to 0xFFFFFFFF; -1 when `text` is no IPv4 address. */
export function parseIPv4(text: string): number {
	let address = 0;
	let part = -1;
	let dots = 0;
	if (text.length > 15) return -1;
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code >= 0x30 && code <= 0x39) part = Math.max(part, 0) * 10 + code - 0x30;
		else if (code !== 0x2e || part < 0 || ++dots > 3) return -1;
		else {
			address = address * 256 + part;
			part = -1;
		}
		if (part > 255) return -1;
	}
	return dots === 3 && part >= 0 ? address * 256 + part : -1;
}

/** Whether `address` is of the network in which the device has the address `own`. @param own As `parseIPv4` has it, as the mask. */
export function isOnLink(address: string, own: number, mask: number): boolean {
	const other = parseIPv4(address);
	return other >= 0 && own >= 0 && ((other ^ own) & mask) === 0;
}
