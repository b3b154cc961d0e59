/** Signs requests and seals secrets with the password, which is never sent: the same in the firmware and in the page. */

import { hmac } from "./sha256.js";

/** What is signed of a request. */
export interface Signed {
	method: string;
	/** Host and port, as in the `Host` field. */
	authority: string;
	/** Decoded, without the query. */
	path: string;
	/** As sent, without `?`. */
	query: string;
	body: Uint8Array | undefined;
}

type Encode = (text: string) => Uint8Array;

/** @returns The signature, 32 bytes: it is valid for `nonce` and this request alone. */
export function sign(encode: Encode, password: string, nonce: string, request: Signed): Uint8Array {
	const { method, authority, path, query, body = new Uint8Array(0) } = request;
	const head = encode(`${nonce}\n${method}\n${authority.toLowerCase()}\n${path}\n${query}\n`);
	const message = new Uint8Array(head.byteLength + body.byteLength);
	message.set(head);
	message.set(body, head.byteLength);
	return hmac(encode(password), message);
}

/**
 * Seals a secret setting, or unseals it: adds (XOR) a stream of bytes that only the password gives. `nonce` must be that of the
 * request, which is valid once. No method is called "seal", so no signature is one of the blocks.
 * @param name The setting's key.
 */
export function seal(encode: Encode, password: string, nonce: string, name: string, bytes: Uint8Array): Uint8Array {
	const key = encode(password);
	const sealed = bytes.slice();
	for (let at = 0; at < sealed.byteLength; at += 32) {
		const block = hmac(key, encode(`${nonce}\nseal\n${name}\n${at}\n`));
		for (let offset = 0; offset < 32 && at + offset < sealed.byteLength; offset++)
			sealed[at + offset] = sealed[at + offset]! ^ block[offset]!;
	}
	return sealed;
}

/** Compares all bytes, whatever they are: the time does not depend on where they differ. */
export function equal(one: ArrayLike<number>, other: ArrayLike<number>): boolean {
	if (one.length !== other.length) return false;
	let difference = 0;
	for (let at = 0; at < one.length; at++) difference |= one[at]! ^ other[at]!;
	return difference === 0;
}

/** The most bytes that are sent as digits: a password of 64 characters in UTF-8. */
const MAX_BYTES = 256;

/** @returns `undefined` for what is not two digits a byte, or too much. */
export function fromHex(digits: string): Uint8Array | undefined {
	if (digits.length % 2 !== 0 || digits.length > 2 * MAX_BYTES || /[^0-9a-f]/i.test(digits)) return undefined;
	const bytes = new Uint8Array(digits.length / 2);
	for (let at = 0; at < bytes.byteLength; at++) bytes[at] = Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16);
	return bytes;
}
