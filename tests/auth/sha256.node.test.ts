// Against Node's own, at every length around the blocks' ends.

import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { test } from "node:test";
import { hex, hmac, sha256 } from "../../modules/auth/sha256.js";

const message = (length: number) => Uint8Array.from({ length }, (_, at) => (at * 167 + length) & 0xff);

test("every length from 0 to 300 bytes, as message and as key", () => {
	for (let length = 0; length <= 300; length++) {
		const bytes = message(length);
		assert.equal(hex(sha256(bytes)), createHash("sha256").update(bytes).digest("hex"));
		assert.equal(hex(hmac(bytes, message(70))), createHmac("sha256", bytes).update(message(70)).digest("hex"));
	}
});

test("a million times the letter a", () => {
	assert.equal(
		hex(sha256(new Uint8Array(1_000_000).fill(0x61))),
		"cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
	);
});
