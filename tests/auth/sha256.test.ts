import assert from "node:assert/strict";
import { test } from "node:test";
import { hex, hmac, SHA256, sha256 } from "../../modules/auth/sha256.js";
import { fromHex } from "../../modules/auth/signature.js";
import { latin1 } from "../fakes/text.js";

const bytes = (digits: string) => fromHex(digits)!;

// FIPS 180-4 by NIST's examples and its SHA256ShortMsg and LongMsg vectors.
for (const [message, digest] of [
	[latin1(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
	[latin1("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
	[
		latin1("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
		"248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
	],
	[
		latin1(
			"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
		),
		"cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1",
	],
	[bytes("d3"), "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1"],
	[bytes("5738c929c4f4ccb6"), "963bb88f27f512777aab6c8b1a02c70ec0ad651d428f870036e1917120fb48bf"],
] as const)
	test(`SHA-256 of ${message.byteLength} bytes`, () => {
		assert.equal(hex(sha256(message)), digest);
	});

// RFC 4231, 4.2 to 4.4, 4.7 and 4.8.
for (const [key, message, code] of [
	["0b".repeat(20), latin1("Hi There"), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"],
	[
		hex(latin1("Jefe")),
		latin1("what do ya want for nothing?"),
		"5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
	],
	["aa".repeat(20), bytes("dd".repeat(50)), "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"],
	[
		"aa".repeat(131),
		latin1("Test Using Larger Than Block-Size Key - Hash Key First"),
		"60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
	],
	[
		"aa".repeat(131),
		latin1(
			"This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.",
		),
		"9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
	],
] as const)
	test(`HMAC-SHA-256 with a key of ${key.length / 2} bytes, of ${message.byteLength} bytes`, () => {
		assert.equal(hex(hmac(bytes(key), message)), code);
	});

test("SHA-256 in pieces is that of the whole, wherever it is cut", () => {
	const message = Uint8Array.from({ length: 200 }, (_, at) => at);
	const whole = hex(sha256(message));
	for (let first = 0; first <= 200; first += 7)
		for (let next = first; next <= 200; next += 13) {
			const pieces = new SHA256().update(message.subarray(0, first)).update(message.subarray(first, next));
			assert.equal(hex(pieces.update(message.subarray(next)).digest()), whole, `${first}, ${next}`);
		}
});
