/** Packets of Improv over a serial line, version 1 (https://www.improv-wifi.com/serial). */

import type { Text } from "../platform/text.js";

const LF = 10;

/** A line feed, `IMPROV` and the version: a packet begins a line. */
export const PREAMBLE: readonly number[] = Object.freeze([LF, 0x49, 0x4d, 0x50, 0x52, 0x4f, 0x56, 1], true);

export const Type = Object.freeze({ STATE: 1, ERROR: 2, RPC: 3, RESULT: 4 } as const, true);

export const State = Object.freeze({ READY: 2, PROVISIONING: 3, PROVISIONED: 4 } as const, true);

/** `NOT_AUTHORIZED` is of Improv over Bluetooth. */
export const ErrorCode = Object.freeze(
	{
		NONE: 0,
		INVALID_RPC: 1,
		UNKNOWN_COMMAND: 2,
		UNABLE_TO_CONNECT: 3,
		NOT_AUTHORIZED: 4,
		BAD_HOST_NAME: 5,
	} as const,
	true,
);

/** `PASSWORD` is this project's own: docs/network.md. */
export const Command = Object.freeze(
	{ WIFI: 1, STATE: 2, INFORMATION: 3, NETWORKS: 4, HOST_NAME: 5, DEVICE_NAME: 6, PASSWORD: 0xd0 } as const,
	true,
);

/**
 * @param data At most 255 bytes.
 * @returns The packet with a line feed before it, which ends a line that lost its end, and one after it.
 */
export function packet(type: number, data: ArrayLike<number>): Uint8Array {
	const bytes = new Uint8Array(PREAMBLE.length + data.length + 4);
	const end = bytes.byteLength - 2;
	bytes.set(PREAMBLE);
	bytes[PREAMBLE.length] = type;
	bytes[PREAMBLE.length + 1] = data.length;
	bytes.set(data, PREAMBLE.length + 2);
	for (let at = 1; at < end; at++) bytes[end]! += bytes[at]!;
	bytes[end + 1] = LF;
	return bytes;
}

/** @param texts Together at most 253 bytes, each after its length. @returns The packet that responds to `command`. */
export function resultPacket(text: Text, command: number, texts: readonly string[]): Uint8Array {
	const list = texts.map(one => text.encode(one));
	const data = new Uint8Array(list.reduce((length, { byteLength }) => length + 1 + byteLength, 2));
	data[0] = command;
	data[1] = data.byteLength - 2;
	let at = 2;
	for (const bytes of list) {
		data[at] = bytes.byteLength;
		data.set(bytes, at + 1);
		at += 1 + bytes.byteLength;
	}
	return packet(Type.RESULT, data);
}

/** @returns The texts in `bytes`, each after its length; `undefined` where these are not exactly `count` of them in UTF-8. */
export function readTexts(text: Text, bytes: Uint8Array, count: number): string[] | undefined {
	const texts: string[] = [];
	let at = 0;
	try {
		for (; texts.length < count; at += 1 + bytes[at]!) {
			const end = at + 1 + (bytes[at] ?? bytes.byteLength);
			if (end > bytes.byteLength) return undefined;
			texts.push(text.decode(bytes.subarray(at + 1, end)));
		}
	} catch {
		return undefined;
	}
	return at === bytes.byteLength ? texts : undefined;
}
