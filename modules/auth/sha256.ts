/** SHA-256 (FIPS 180-4) and HMAC with it (RFC 2104), for the firmware and the page alike: plain HTTP has no `crypto.subtle`. */

const BLOCK = 64;
const INITIAL = Object.freeze(
	[0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19],
	true,
);
const ROUNDS = Object.freeze(
	[
		0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
		0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
		0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
		0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
		0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
		0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
		0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
		0xc67178f2,
	],
	true,
);

/** The SHA-256 of what arrives in pieces. */
export class SHA256 {
	readonly #state = Int32Array.from(INITIAL);
	readonly #schedule = new Int32Array(BLOCK);
	/** The block under way. */
	readonly #block = new Uint8Array(BLOCK);
	readonly #view = new DataView(this.#block.buffer);
	/** Bytes so far. */
	#length = 0;

	update(bytes: Uint8Array): this {
		const { byteLength } = bytes;
		const used = this.#length % BLOCK;
		let at = Math.min((BLOCK - used) % BLOCK, byteLength);
		if (at > 0) this.#block.set(bytes.subarray(0, at), used);
		this.#length += byteLength;
		if (used + at === BLOCK) this.#add(this.#view, 0);
		if (at === byteLength) return this;
		const view = new DataView(bytes.buffer, bytes.byteOffset, byteLength);
		for (; at + BLOCK <= byteLength; at += BLOCK) this.#add(view, at);
		this.#block.set(bytes.subarray(at));
		return this;
	}

	/** Adds the block of `view` that begins at `from`. */
	#add(view: DataView, from: number): void {
		for (let word = 0; word < 16; word++) this.#schedule[word] = view.getInt32(from + 4 * word);
		compress(this.#state, this.#schedule);
	}

	/** To be called once, at the end. @returns 32 bytes. */
	digest(): Uint8Array {
		const length = this.#length;
		const padding = new Uint8Array(BLOCK - ((length + 8) % BLOCK) + 8);
		const view = new DataView(padding.buffer);
		padding[0] = 0x80;
		view.setUint32(padding.byteLength - 8, Math.floor(length / 2 ** 29));
		view.setUint32(padding.byteLength - 4, length << 3);
		this.update(padding);
		for (let word = 0; word < 8; word++) this.#view.setInt32(4 * word, this.#state[word]!);
		return this.#block.slice(0, 32);
	}
}

/** Of what is at hand: with less memory than in pieces. @returns 32 bytes. */
export function sha256(message: Uint8Array): Uint8Array {
	const { byteLength } = message;
	const padded = new Uint8Array(Math.ceil((byteLength + 9) / BLOCK) * BLOCK);
	padded.set(message);
	padded[byteLength] = 0x80;
	const view = new DataView(padded.buffer);
	view.setUint32(padded.byteLength - 8, Math.floor(byteLength / 2 ** 29));
	view.setUint32(padded.byteLength - 4, byteLength << 3);
	const state = Int32Array.from(INITIAL);
	const schedule = new Int32Array(BLOCK);
	for (let at = 0; at < padded.byteLength; at += BLOCK) {
		for (let word = 0; word < 16; word++) schedule[word] = view.getInt32(at + 4 * word);
		compress(state, schedule);
	}
	for (let word = 0; word < 8; word++) view.setInt32(4 * word, state[word]!);
	return padded.slice(0, 32);
}

/** Rotations are written out: a call of a function costs as much as the round around it. @param schedule Its first 16 items are the block. */
function compress(state: Int32Array, schedule: Int32Array): void {
	for (let at = 16; at < BLOCK; at++) {
		const x = schedule[at - 15]!;
		const y = schedule[at - 2]!;
		const small = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
		const great = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
		schedule[at] = schedule[at - 16]! + schedule[at - 7]! + small + great;
	}
	let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
	for (let at = 0; at < BLOCK; at++) {
		const great = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
		const small = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
		const first = h + great + ((e & f) ^ (~e & g)) + ROUNDS[at]! + schedule[at]!;
		const second = small + ((a & b) ^ (a & c) ^ (b & c));
		h = g;
		g = f;
		f = e;
		e = (d + first) | 0;
		d = c;
		c = b;
		b = a;
		a = (first + second) | 0;
	}
	[a, b, c, d, e, f, g, h].forEach((word, index) => {
		state[index] = state[index]! + word;
	});
}

/** @param key Any length. @returns 32 bytes. */
export function hmac(key: Uint8Array, message: Uint8Array): Uint8Array {
	const block = new Uint8Array(BLOCK);
	block.set(key.byteLength > BLOCK ? sha256(key) : key);
	return sha256(
		joined(
			block.map(byte => byte ^ 0x5c),
			sha256(
				joined(
					block.map(byte => byte ^ 0x36),
					message,
				),
			),
		),
	);
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
	const all = new Uint8Array(first.byteLength + second.byteLength);
	all.set(first);
	all.set(second, first.byteLength);
	return all;
}

/** @returns Two lower-case digits a byte. */
export function hex(bytes: Uint8Array): string {
	let digits = "";
	for (const byte of bytes) digits += (byte < 16 ? "0" : "") + byte.toString(16);
	return digits;
}
