/** IPv4 addresses as numbers, without strings of a client's making. */

/** @returns The address as a number from 0 to 0xFFFFFFFF; -1 if `text` is no IPv4 address. */
export function parseIPv4(text: string): number {
	let address = 0;
	let byte = -1;
	let dots = 0;
	if (text.length > 15) return -1;
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code >= 0x30 && code <= 0x39) byte = Math.max(byte, 0) * 10 + code - 0x30;
		else if (code !== 0x2e || byte < 0 || ++dots > 3) return -1;
		else {
			address = address * 256 + byte;
			byte = -1;
		}
		if (byte > 255) return -1;
	}
	return dots === 3 && byte >= 0 ? address * 256 + byte : -1;
}

/** Whether `address` is on the link of the device's address `own`. @param own A number, like `mask`. */
export function isOnLink(address: string, own: number, mask: number): boolean {
	const other = parseIPv4(address);
	return other >= 0 && own >= 0 && ((other ^ own) & mask) === 0;
}

/** @param address 0 to 0xFFFFFFFF. */
export function formatIPv4(address: number): string {
	return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}
