import type { Text } from "../text.js";

/** @returns The bytes alone. A buffer in RAM is copied at once, if at all; a typed array, also one over flash, byte by byte. */
function bufferOf(bytes: Uint8Array): ArrayBuffer {
	const { buffer, byteOffset, byteLength } = bytes;
	if (!(buffer instanceof ArrayBuffer)) return bytes.slice().buffer;
	return byteLength === buffer.byteLength ? buffer : buffer.slice(byteOffset, byteOffset + byteLength);
}

export const text: Text = Object.freeze(
	{
		encode: string => new Uint8Array(ArrayBuffer.fromString(string)),
		decode: bytes => String.fromArrayBuffer(bufferOf(bytes)),
	},
	true,
);
