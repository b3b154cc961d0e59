import { doesNotThrow, throws } from "node:assert/strict";
import { test } from "node:test";
import { checkCredentials } from "../../modules/network/provisioning.js";

for (const [what, ssid] of [
	["is empty", ""],
	["has 33 bytes", "é".repeat(16).concat("a")],
	["has a zero, where a C string ends", "Home\0"],
	["has half of a surrogate pair", "Home\ud83d"],
] as const)
	test(`an SSID that ${what} is refused`, () => {
		throws(() => checkCredentials({ ssid, password: undefined }), /ssid: 1 to 32 bytes are allowed/);
	});

test("an SSID of 32 bytes is taken, open or with a password of 8 letters", () => {
	doesNotThrow(() => checkCredentials({ ssid: "é".repeat(16), password: undefined }));
	doesNotThrow(() => checkCredentials({ ssid: "Home", password: "12345678" }));
});
