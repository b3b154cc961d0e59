// `npm run esp32:check` with an SDK that is a few lines of shell: how far it says it got, and with what status.

import { deepEqual, equal, match } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { pathToFileURL } from "node:url";
import { mcconfig, run } from "./sdk.js";

const { line, total } = await import(pathToFileURL(join("tools/esp32/firmware.mjs")).href);

const make = spawnSync("make", ["--version"]).status === 0;
const options = { skip: make ? false : "make is not installed" };

/** Runs the check beside an SDK of these programs. */
const check = (t: TestContext, programs: Record<string, string>, env: NodeJS.ProcessEnv, ...words: string[]) =>
	run(t, "esp32-check", words, { programs, env });

const named = ["esp32", "esp32/saola_wroom", "esp32/esp32s3", "esp32/esp32c3", "esp32/esp32c6"];
const asWanted = "configured as wanted (as merged, not evaluated); ";

test("without the SDK: one line, status 2", () => {
	const { MODDABLE, ...env } = process.env;
	const { status, stdout, stderr } = spawnSync(process.execPath, ["tools/esp32-check.mjs"], { encoding: "utf8", env });
	deepEqual({ status, stdout }, { status: 2, stdout: "" });
	match(stderr, /^MODDABLE is not set: .*\n$/);
});

test("without the chip's own tools: as far as the SDK's go, for each chip", options, t => {
	const { folder, status, stdout, stderr } = check(t, { mcconfig: mcconfig() }, {});
	const rest = `${asWanted}made: types, mc.xs.c, resources; not made: C, firmware (test-elf-gcc is not on the PATH)`;
	deepEqual(
		{ status, stdout, stderr },
		{ status: 0, stdout: named.map(board => `${board.padEnd(20)}${rest}\n`).join(""), stderr: "" },
	);
	for (const board of named)
		for (const file of ["mc.xs.c", "mc.resources.c"])
			equal(existsSync(join(folder, "build/tmp", board, "release/dht-gauges", file)), true);
});

test("with them: the firmware", options, t => {
	const programs = { mcconfig: mcconfig("false"), "test-elf-gcc": "", "idf.py": "" };
	const { status, stdout } = check(t, programs, { FIRMWARE: "1" }, "esp32");
	deepEqual([status, stdout], [0, `${"esp32".padEnd(20)}${asWanted}made: types, mc.xs.c, resources, C, firmware\n`]);
});

test("a firmware that is not there when the SDK is through: told, with what it printed", options, t => {
	const programs = { mcconfig: mcconfig("false"), "test-elf-gcc": "", "idf.py": "" };
	const { status, stdout, stderr } = check(t, programs, { FIRMWARE: "" }, "esp32");
	equal(status, 1);
	equal(
		stdout,
		`${"esp32".padEnd(20)}${asWanted}not made: types, mc.xs.c, resources, C, firmware (the build failed)\n`,
	);
	match(stderr, /idf\.py has spoken/);
});

test("what does not compile: told, with what was printed", options, t => {
	const { status, stdout, stderr } = check(
		t,
		{ mcconfig: mcconfig("@echo app.ts: type error; exit 1") },
		{},
		"esp32/esp32c6",
	);
	equal(status, 1);
	match(stdout, /^esp32\/esp32c6 +configured as wanted .*; not made: types, .* \(the build failed\)\n$/);
	match(stderr, /app\.ts: type error/);
});

test("a word that names no board: one line, status 2", t => {
	const { status, stderr } = check(t, { mcconfig: "" }, {}, "esp8266");
	deepEqual([status, stderr], [2, '"esp8266" is not allowed; boards like esp32/esp32c3 are, and key=value\n']);
});

test("a line tells the flash where it was measured", () => {
	const reached = { made: ["C"], missing: ["firmware"], reason: "no linker", flash: { modules: 100, page: 20 } };
	equal(
		line("esp32/esp32c3", reached),
		"esp32/esp32c3       made: C; not made: firmware (no linker); flash: 100 bytes of modules, 20 of pages",
	);
	equal(
		total("   text\t   data\t    bss\t    dec\t    hex\tfilename\n 347484\t     40\t      0\t 347524\t  54d84\tmc.o\n"),
		347524,
	);
});

test("a setting that does not reach a build is told, whichever build it is", options, t => {
	const { status, stdout, stderr } = check(t, { mcconfig: mcconfig() }, { LOST: "ESP_TASK_WDT_EN=" }, "esp32");
	deepEqual(
		[status, stderr],
		[1, ["debug", "release"].map(build => `  ${build}: CONFIG_ESP_TASK_WDT_EN is not set, y is wanted\n`).join("")],
	);
	match(stdout, /^esp32 +made: types/);
});

test("name and version of package.json are in the image's descriptor, in both builds", options, t => {
	const { name, version } = JSON.parse(readFileSync("package.json", "utf8"));
	const { stderr } = check(t, { mcconfig: mcconfig() }, { LOST: "APP_PROJECT_VER=" }, "esp32");
	const lines = ["debug", "release"].map(
		build => `  ${build}: CONFIG_APP_PROJECT_VER is not set, ${name} ${version} is wanted\n`,
	);
	equal(stderr, lines.join(""));
});

test("the console is a release build's alone", options, t => {
	const { status, stderr } = check(t, { mcconfig: mcconfig() }, { LOST: "CONSOLE_UART_DEFAULT" }, "esp32/esp32c3");
	deepEqual([status, stderr], [1, "  release: CONFIG_ESP_CONSOLE_UART_DEFAULT is not set, y is wanted\n"]);
});

test("a board with a configuration of its own: what that leaves out and a warning, and no failure", options, t => {
	const { status, stderr } = check(t, { mcconfig: mcconfig() }, {}, "esp32/lolin_s2mini");
	equal(status, 0);
	match(stderr, /debug: CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE is not set, y is wanted/);
	match(stderr, /warning: esp32\/lolin_s2mini brings an ESP-IDF configuration of its own/);
});

test("the configuration is told before what a failed build printed", options, t => {
	const { stdout } = check(t, { mcconfig: mcconfig("@exit 1") }, {}, "esp32");
	match(stdout, /configured as wanted .*; not made: types, .*the build failed/);
});
