import { equal } from "node:assert/strict";
import { test } from "node:test";
import { drive, skip } from "./native.js";

for (const [build, ...flags] of [
	["release build with UART and USB", "-DCONFIG_ESP_CONSOLE_UART=1", "-DSOC_USB_SERIAL_JTAG_SUPPORTED=1"],
	["release build with UART alone", "-DCONFIG_ESP_CONSOLE_UART=1"],
	["release build with USB alone", "-DSOC_USB_SERIAL_JTAG_SUPPORTED=1"],
	["debug build", "-DmxDebug=1", "-DSOC_USB_SERIAL_JTAG_SUPPORTED=1"],
] as const)
	test(`${build}: lines are printed and the newest outlast a reset`, { skip }, () => {
		equal(drive("platform/esp32", "serial.c", "driveserial.c", ...flags), "passed\n");
	});

for (const [build, ...flags] of [
	["release build with UART and USB", "-DCONFIG_ESP_CONSOLE_UART=1", "-DSOC_USB_SERIAL_JTAG_SUPPORTED=1"],
	["release build with UART alone", "-DCONFIG_ESP_CONSOLE_UART=1"],
	["release build with USB alone", "-DSOC_USB_SERIAL_JTAG_SUPPORTED=1"],
	["debug build", "-DmxDebug=1", "-DCONFIG_ESP_CONSOLE_UART=1", "-DSOC_USB_SERIAL_JTAG_SUPPORTED=1"],
] as const)
	test(`${build}: what arrives is delivered in order, what finds no memory is counted`, { skip }, () => {
		equal(drive("platform/esp32", "serialreceived.c", "driveserialreceived.c", ...flags), "passed\n");
	});
