// What the builds check before they start: the tools, the configuration, the pins of the chip.

import { equal, match } from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { mcconfig, run } from "./sdk.js";

const { chipPins, findBoard, takenPin } = await import(pathToFileURL(join("tools/esp32/board.mjs")).href);

const programs = { mcconfig: mcconfig() };
const idf = (version: string) => ({
	"idf/tools/cmake/version.cmake": version
		.split(".")
		.map((part, at) => `set(IDF_VERSION_${["MAJOR", "MINOR", "PATCH"][at]} ${part})\n`)
		.join(""),
});

for (const [what, options, line] of [
	["no SDK", { programs, env: { MODDABLE: "" } }, /^MODDABLE is not set: .*\n$/],
	["a folder without one", { programs, env: { MODDABLE: "/tmp" } }, /^MODDABLE is \/tmp, where no Moddable SDK .*\n$/],
	[
		"an old SDK",
		{ programs, files: { "tools/VERSION": "8.1.9\n" } },
		/^the Moddable SDK in .* is 8\.1\.9, and 8\.2 .*\n$/,
	],
	["an older one", { programs, files: { "tools/VERSION": "7.11\n" } }, /is 7\.11, and 8\.2 or later is needed/],
	["a mcconfig that is not on the PATH", { env: { PATH: "/bin" } }, /^mcconfig is not on the PATH: add .*release.*\n$/],
] as const)
	test(`${what}: one line, status 2`, t => {
		const { status, stderr, stdout } = run(t, "mcconfig", ["sim:build"], options);
		equal(stdout, "");
		equal(status, 2);
		match(stderr, line);
	});

test("the mcconfig of another SDK is told", t => {
	const other = run(t, "mcconfig", ["sim:build"], { programs }).folder;
	const { status, stderr } = run(t, "mcconfig", ["sim:build"], { env: { PATH: `${other}/bin:/bin` } });
	equal(status, 2);
	match(stderr, /^the PATH's mcconfig is .*, which is not of the SDK in .*: put .* before it\n$/);
});

for (const [what, files, env, line] of [
	["no ESP-IDF", {}, {}, /^IDF_PATH is not set: install ESP-IDF 6\.0 as https:.*\n$/],
	["the ESP-IDF of an old xs-dev", idf("5.1.2"), "idf", /^the ESP-IDF in .* is 5\.1\.2, and the SDK needs 6\.0: .*\n$/],
	["an ESP-IDF that is not exported", idf("6.0.1"), "idf", /^idf\.py is not on the PATH: run .*export\.sh/],
] as const)
	test(`${what}: one line, status 2`, t => {
		const folder = run(t, "mcconfig", [], { programs, files }).folder;
		const IDF_PATH = env === "idf" ? join(folder, "idf") : "";
		const { status, stderr } = run(t, "mcconfig", ["esp32"], { programs, files, env: { IDF_PATH } });
		equal(status, 2);
		match(stderr, line);
	});

const tools = { programs: { ...programs, "idf.py": "" }, files: idf("6.0.0") };

/** Builds for `platform` with `words`. */
function build(t: Parameters<typeof run>[0], platform: string, ...words: string[]) {
	const { folder } = run(t, "mcconfig", [], tools);
	return run(t, "mcconfig", ["esp32:release", "-p", platform, ...words], {
		...tools,
		env: { IDF_PATH: join(folder, "idf") },
	});
}

test("a Wi-Fi password that WPA does not allow stops the build", t => {
	const { status, stderr, stdout } = build(t, "esp32", "ssid=Home", "password=1234567");
	equal(stdout, "");
	equal(status, 2);
	match(stderr, /^password: 8 to 63 .*\n$/);
	equal(build(t, "esp32", "ssid=Home", "password=12345678").status, 0);
	equal(build(t, "esp32", "ssid=Home").status, 0);
});

test("a board that brings a configuration of its own: a warning", t => {
	const { status, stderr, stdout } = build(t, "esp32/lolin_s2mini");
	equal(status, 0);
	match(stdout, /idf\.py has spoken: -m -p esp32\/lolin_s2mini/);
	match(stderr, /^warning: esp32\/lolin_s2mini brings an ESP-IDF configuration of its own.*no watchdog.*\n$/);
	equal(build(t, "esp32/saola_wroom").stderr, "");
});

test("the simulator's address is printed", t => {
	const simulator = { programs: { mcconfig: "#!/bin/sh\n" } };
	equal(run(t, "mcconfig", ["sim"], simulator).stdout, "the simulator serves http://127.0.0.1:8081/\n");
	equal(run(t, "mcconfig", ["sim", "port=9000"], simulator).stdout, "the simulator serves http://127.0.0.1:9000/\n");
	equal(run(t, "mcconfig", ["sim"], { programs: { mcconfig: "#!/bin/sh\nexit 3\n" } }).stdout, "");
});

for (const [platform, pin, what] of [
	["esp32", 4, undefined],
	["esp32", 6, "the flash"],
	["esp32", 16, undefined],
	["esp32", 1, "the serial console"],
	["esp32/saola_wroom", 26, undefined],
	["esp32/saola_wroom", 19, undefined],
	["esp32/saola_wroom", 43, "the serial console"],
	["esp32/lolin_s2mini", 20, "USB"],
	["esp32/lolin_s2mini", 43, undefined],
	["esp32/esp32s3", 27, "the flash"],
	["esp32/esp32s3", 33, undefined],
	["esp32/psram", 33, "the PSRAM"],
	["esp32/psram", 26, "the PSRAM"],
	["esp32/esp32c3", 11, undefined],
	["esp32/esp32c3", 12, "the flash"],
	["esp32/esp32c3", 18, "USB"],
	["esp32/esp32c3", 21, "the serial console"],
	["esp32/esp32c6", 13, "USB"],
	["esp32/esp32c6", 30, "the flash"],
] as const)
	test(`${platform}: pin ${pin} is ${what ? `refused: ${what}` : "free"}`, t => {
		const { folder } = run(t, "mcconfig", [], tools);
		const board = findBoard(platform, folder);
		const said = what && `sensors[0].pin is ${pin}: ${what} of the ${board.chip} is there (${platform})`;
		equal(takenPin([{ pin }], platform, board), said);
		equal(takenPin([{ pin: 4, powerPin: pin }], platform, board), said?.replace(".pin", ".powerPin"));
	});

const headers = process.env.IDF_PATH ?? "";
const skip = existsSync(join(headers, "components")) ? false : "no ESP-IDF";

test("the pins are those of ESP-IDF's headers", { skip }, () => {
	const read = (path: string) => readFileSync(join(headers, "components", path), "utf8");
	for (const [chip, { flash, psram, usb, console }] of Object.entries<(typeof chipPins)["esp32"]>(chipPins)) {
		const text = `${read(`esp_hal_gpspi/${chip}/include/soc/spi_pins.h`)}
${read(`soc/${chip}/include/soc/uart_pins.h`)}
${read(`soc/${chip}/register/soc/io_mux_reg.h`)}
${chip === "esp32s2" ? read("soc/esp32s2/include/soc/usb_pins.h") : ""}`;
		const numbers = (name: RegExp) =>
			[...text.matchAll(/^#define\s+(\w+)\s+\(?(\d+)\)?\s*$/gm)]
				.filter(([, found]) => name.test(found!))
				.map(([, , number]) => Number(number))
				.sort((one, other) => one - other);
		const sorted = (pins: number[]) => [...pins].sort((one, other) => one - other).join();
		equal(numbers(/^MSPI_IOMUX_PIN_NUM_(CS0|CLK|MISO|MOSI|HD|WP)$/).join(), sorted(flash), chip);
		equal(numbers(/^U0[RT]XD_GPIO_NUM$/).join(), sorted(console), chip);
		equal(numbers(/^USB(_INT_PHY0|PHY)_D[MP]/).join(), sorted(usb), chip);
		if (chip !== "esp32") equal(numbers(/^MSPI_IOMUX_PIN_NUM_CS1$/).join(), sorted(psram), chip);
	}
});
