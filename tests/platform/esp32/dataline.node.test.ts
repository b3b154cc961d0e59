// The ESP32's C, compiled for this machine and driven by drive.c beside this file, under the sanitizers.

import { match } from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";

const native = "modules/platform/esp32";
const compiler = spawnSync("cc", ["--version"]).status === 0 ? "cc" : undefined;

/** Compiles and runs the drive for a chip whose receivers have blocks of so many symbols. @returns What it printed. */
function drive(symbolsPerBlock: number): string {
	const folder = mkdtempSync(join(tmpdir(), "dataline-"));
	try {
		for (const [, header] of readFileSync(join(native, "dataline.c"), "utf8").matchAll(/^#include "(.+)"/gm)) {
			mkdirSync(join(folder, dirname(header!)), { recursive: true });
			writeFileSync(join(folder, header!), "");
		}
		const program = join(folder, "drive");
		execFileSync(compiler!, [
			..."-std=gnu17 -g -fsanitize=address,undefined".split(" "),
			`-DSOC_RMT_MEM_WORDS_PER_CHANNEL=${symbolsPerBlock}`,
			...["-iquote", folder, "-iquote", native, "-o", program, "tests/platform/esp32/drive.c"],
		]);
		return execFileSync(program, { encoding: "utf8" });
	} finally {
		rmSync(folder, { recursive: true });
	}
}

for (const [chips, symbols] of [
	["ESP32 and S2", 64],
	["S3, C3 and C6", 48],
] as const)
	test(`the native line of the ${chips} gives everything back, whatever fails`, {
		skip: compiler ? false : "no C compiler",
	}, () => {
		match(drive(symbols), /^(1[0-9]|2[0-9]) failing calls\n$/);
	});
