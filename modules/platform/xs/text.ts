import type { Text } from "../text.js";

export const text: Text = Object.freeze(
	{
		encode: string => new Uint8Array(ArrayBuffer.fromString(string)),
		decode: bytes => String.fromArrayBuffer(bytes.slice().buffer),
	},
	true,
);
