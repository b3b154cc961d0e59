/** Bytes as text. */

/** Whether `bytes` are UTF-8 (RFC 3629), so that decoding them cannot fail. */
export function isUTF8(bytes: Uint8Array): boolean {
	for (let at = 0; at < bytes.byteLength; at++) {
		const lead = bytes[at]!;
		if (lead < 0x80) continue;
		const more = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
		if (more === 0) return false;
		// The second byte is bounded further where a form would be overlong, a surrogate, or beyond U+10FFFF.
		const second = bytes[at + 1] ?? 0;
		const min = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
		const max = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
		if (second < min || second > max) return false;
		for (let next = 2; next <= more; next++) if ((bytes[at + next] ?? 0) >> 6 !== 2) return false;
		at += more;
	}
	return true;
}

/** @param code Of a character. @returns The value of a hexadecimal digit; -1 of what is none. */
export function hexDigit(code: number): number {
	if (code >= 0x30 && code <= 0x39) return code - 0x30;
	const letter = code | 0x20;
	return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
