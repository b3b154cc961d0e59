// The ESP32's C, compiled for this machine and driven by a program beside this file, under the sanitizers.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Where `source` and `program` lie: under `modules/` and `tests/`. */
type Folder = "platform/esp32" | "dht/esp32";

/** For the tests' `skip`. */
export const skip = spawnSync("cc", ["--version"]).status === 0 ? false : "no C compiler";

/**
 * Compiles and runs `program`, which includes `source` and has in itself what that takes from the SDK's headers: empty files
 * stand in for them. @returns What it printed. @throws {Error} It failed.
 */
export function drive(path: Folder, source: string, program: string, ...flags: string[]): string {
	const native = `modules/${path}`;
	const folder = mkdtempSync(join(tmpdir(), "native-"));
	try {
		for (const [, header] of readFileSync(join(native, source), "utf8").matchAll(/^#include "(.+)"/gm)) {
			mkdirSync(join(folder, dirname(header!)), { recursive: true });
			writeFileSync(join(folder, header!), "");
		}
		const built = join(folder, "drive");
		execFileSync("cc", [
			..."-std=gnu17 -g -fsanitize=address,undefined".split(" "),
			...flags,
			...["-iquote", folder, "-iquote", native, "-o", built, `tests/${path}/${program}`],
		]);
		return execFileSync(built, { encoding: "utf8" });
	} finally {
		rmSync(folder, { recursive: true });
	}
}
