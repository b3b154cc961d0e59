import { equal } from "node:assert/strict";
import { test } from "node:test";
import { drive, skip } from "./native.js";

test("the access point opens whichever comes first, its interface or the radio's start, and tells what fails", {
	skip,
}, () => {
	equal(drive("platform/esp32", "wlan.c", "drivewlan.c"), "passed\n");
});
