// `npm run esp32:check` with an SDK that is a few lines of shell: how far it says it got, and with what status.

import { deepEqual, equal, match } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { pathToFileURL } from "node:url";

const { installed, line, total } = await import(pathToFileURL(join("tools/esp32/firmware.mjs")).href);

const options = { skip: installed("make") ? false : "make is not installed" };

/** Writes a makefile whose rules make what the SDK's do, or builds a firmware where that is asked for. */
const mcconfig = (rule: string) => `#!/bin/sh
[ "$1" = -m ] && { [ -n "$FIRMWARE" ] && touch "$MODDABLE/xs_esp32.bin"; echo "idf.py has spoken"; exit 0; }
folder="$MODDABLE/build/tmp/$2/release/dht-gauges"
mkdir -p "$folder"
cat > "$folder/makefile" <<END
CC = test-elf-gcc
ESP_ARCH = xtensa
BIN_DIR = $MODDABLE
ifeq (\\$(IDF_PATH),)
\\$(error no IDF_PATH)
endif
$folder/mc.xs.c $folder/mc.resources.c: \\$(SDKCONFIG_H)
	${rule}
END
`;

/** Runs the check beside an SDK of these programs. */
function check(t: TestContext, programs: Record<string, string>, env: NodeJS.ProcessEnv, ...words: string[]) {
	const folder = mkdtempSync(join(tmpdir(), "dht-gauges-sdk-"));
	t.after(() => rmSync(folder, { recursive: true }));
	const bin = join(folder, "bin");
	mkdirSync(bin);
	for (const [name, text] of Object.entries(programs)) writeFileSync(join(bin, name), text, { mode: 0o755 });
	const { status, stdout, stderr } = spawnSync(process.execPath, ["tools/esp32-check.mjs", ...words], {
		encoding: "utf8",
		env: { ...process.env, IDF_PATH: "", MODDABLE: folder, PATH: `${bin}:${process.env.PATH}`, ...env },
	});
	return { folder, status, stdout, stderr };
}

test("without the SDK: one line, status 2", () => {
	const { MODDABLE, ...env } = process.env;
	const { status, stdout, stderr } = spawnSync(process.execPath, ["tools/esp32-check.mjs"], { encoding: "utf8", env });
	deepEqual({ status, stdout }, { status: 2, stdout: "" });
	match(stderr, /^MODDABLE is not set: .*\n$/);
});

test("without the chip's own tools: as far as the SDK's go, for each chip", options, t => {
	const { folder, status, stdout, stderr } = check(t, { mcconfig: mcconfig("touch \\$@") }, {});
	const boards = ["esp32", "esp32/esp32s3", "esp32/esp32c3", "esp32/esp32c6", "esp32/lolin_s2mini"];
	const rest = "made: types, mc.xs.c, resources; not made: C, firmware (test-elf-gcc is not on the PATH)";
	deepEqual(
		{ status, stdout, stderr },
		{ status: 0, stdout: boards.map(board => `${board.padEnd(20)}${rest}\n`).join(""), stderr: "" },
	);
	for (const board of boards)
		for (const file of ["mc.xs.c", "mc.resources.c"])
			equal(existsSync(join(folder, "build/tmp", board, "release/dht-gauges", file)), true);
});

test("with them: the firmware", options, t => {
	const programs = { mcconfig: mcconfig("false"), "test-elf-gcc": "", "idf.py": "" };
	const { status, stdout } = check(t, programs, { FIRMWARE: "1" }, "esp32");
	deepEqual([status, stdout], [0, `${"esp32".padEnd(20)}made: types, mc.xs.c, resources, C, firmware\n`]);
});

test("a firmware that is not there when the SDK is through: told, with what it printed", options, t => {
	const programs = { mcconfig: mcconfig("false"), "test-elf-gcc": "", "idf.py": "" };
	const { status, stdout, stderr } = check(t, programs, { FIRMWARE: "" }, "esp32");
	equal(status, 1);
	equal(stdout, `${"esp32".padEnd(20)}not made: types, mc.xs.c, resources, C, firmware (the build failed)\n`);
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
	match(stdout, /^esp32\/esp32c6 +not made: types, .* \(the build failed\)\n$/);
	match(stderr, /app\.ts: type error/);
});

test("a word that names no board: one line, status 2", t => {
	const { status, stderr } = check(t, {}, {}, "esp8266");
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

test("a program is installed where a folder of the PATH has it", () => {
	equal(installed("sh", "/nowhere:/bin"), true);
	equal(installed("sh", "/nowhere"), false);
});
