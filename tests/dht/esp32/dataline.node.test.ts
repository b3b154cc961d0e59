import { match } from "node:assert/strict";
import { test } from "node:test";
import { drive, skip } from "../../platform/esp32/native.js";

for (const [chips, symbols] of [
	["ESP32 and S2", 64],
	["S3, C3 and C6", 48],
] as const)
	test(`the native data line of the ${chips} gives everything back, whatever fails`, { skip }, () => {
		const printed = drive("dht/esp32", "dataline.c", "drive.c", `-DSOC_RMT_MEM_WORDS_PER_CHANNEL=${symbols}`);
		match(printed, /^(1[0-9]|2[0-9]) failing calls\n$/);
	});
