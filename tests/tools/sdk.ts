// A Moddable SDK of a few files: its version, its boards, and a mcconfig that writes what the real one generates.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";

const boards: Record<string, object> = {
	esp32s3: { ESP32_SUBCLASS: "esp32s3" },
	esp32c3: { ESP32_SUBCLASS: "esp32c3" },
	esp32c6: { ESP32_SUBCLASS: "esp32c6" },
	saola_wroom: { ESP32_SUBCLASS: "esp32s2" },
	lolin_s2mini: { ESP32_SUBCLASS: "esp32s2", SDKCONFIGPATH: "./sdkconfig", USE_USB: "1" },
	psram: { ESP32_SUBCLASS: "esp32s3", SDKCONFIGPATH: "./sdkconfig" },
};

/**
 * Generates as the SDK does, or builds a firmware where `-m` asks for that: an empty one, or what the folder `IMAGES` has for the
 * board. The configuration of the project reaches boards that bring none, less the lines that `LOST` matches.
 */
export const mcconfig = (rule = "touch \\$@") => `#!/bin/sh
build=release; [ "$1" = -d ] && { build=debug; shift; }
[ "$1" = -m ] && { [ -n "$FIRMWARE" ] && touch "$MODDABLE/xs_esp32.bin"
	[ -n "$IMAGES" ] && cp "$IMAGES/$3/"*.bin "$MODDABLE"; echo "idf.py has spoken: $*"; exit 0; }
case $2 in *s3|*psram) chip=esp32s3;; *c3) chip=esp32c3;; *c6) chip=esp32c6;; *s2mini|*wroom) chip=esp32s2;; *) chip=esp32;; esac
folder="$MODDABLE/build/tmp/$2/$build/dht-gauges"
mkdir -p "$folder/xsProj-$chip"
{
	echo CONFIG_LOG_DEFAULT_LEVEL_NONE=y; echo CONFIG_BOOTLOADER_LOG_LEVEL_NONE=y
	case $2 in */lolin_s2mini) ;; *)
		cat build/sdkconfig/sdkconfig.defaults; [ $build = release ] && cat build/sdkconfig/sdkconfig.defaults.release
	esac
} | grep -v "^#" | grep -v "\${LOST:-nothing}" > "$folder/xsProj-$chip/sdkconfig.mc"
echo "#define MODDEF_TASK_QUEUELENGTH (64)" > "$folder/mc.defines.h"
echo '"rainbow": false,'"$CONFIG" > "$folder/mc.config.js"
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

export interface Ran {
	/** Of the SDK, and the `MODDABLE` of what was run. */
	folder: string;
	status: number | null;
	stdout: string;
	stderr: string;
}

/** Runs the tool `tool` beside an SDK of these programs and files, whose paths are in its folder. */
export function run(
	t: TestContext,
	tool: string,
	words: string[],
	{
		programs = {},
		files = {},
		env = {},
		cwd = ".",
	}: { programs?: object; files?: object; env?: NodeJS.ProcessEnv; cwd?: string },
): Ran {
	const folder = mkdtempSync(join(tmpdir(), "dht-gauges-sdk-"));
	t.after(() => rmSync(folder, { recursive: true }));
	const write = (path: string, text: string, mode = 0o644) => {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), text, { mode });
	};
	write("tools/VERSION", "8.2.3\n");
	write("build/devices/esp32/manifest.json", '{"build": {"EXPECTED_ESP_IDF": "v6.0"}}');
	write(
		"build/devices/esp32/targets/psram/sdkconfig/sdkconfig.defaults",
		"CONFIG_SPIRAM=y\nCONFIG_SPIRAM_MODE_OCT=y\n",
	);
	for (const [name, build] of Object.entries(boards))
		write(`build/devices/esp32/targets/${name}/manifest.json`, JSON.stringify({ build }));
	for (const [path, text] of Object.entries(files)) write(path, text);
	for (const [name, text] of Object.entries(programs)) write(`bin/${name}`, text, 0o755);
	const { status, stdout, stderr } = spawnSync(process.execPath, [`tools/${tool}.mjs`, ...words], {
		cwd,
		encoding: "utf8",
		env: { ...process.env, IDF_PATH: "", MODDABLE: folder, PATH: `${folder}/bin:${process.env.PATH}`, ...env },
	});
	return { folder, status, stdout, stderr };
}
