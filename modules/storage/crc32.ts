/** CRC-32 (ISO-HDLC, as in gzip and Ethernet: reflected polynomial 0xEDB88320), four bits a step. */

const TABLE = Object.freeze(
	[
		0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c, 0xedb88320,
		0xf00f9344, 0xd6d6a3e8, 0xcb61b38c, 0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
	],
	true,
);

/** @param before The checksum of the bytes before `bytes`; 0 when there are none. @returns 0 to 0xFFFFFFFF. */
export function crc32(bytes: Uint8Array, before = 0): number {
	let crc = ~before;
	for (let at = 0; at < bytes.byteLength; at++) {
		crc ^= bytes[at]!;
		crc = (crc >>> 4) ^ TABLE[crc & 15]!;
		crc = (crc >>> 4) ^ TABLE[crc & 15]!;
	}
	return ~crc >>> 0;
}
