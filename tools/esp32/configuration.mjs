// Compares the configuration of ESP-IDF and the SDK in a build with the one that the firmware needs.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../compile.mjs";

/** @typedef {Record<string, string>} Values By name without `CONFIG_`, strings without their quotes; `n` for what is off. */

/** @returns {Values} The assignments of a file like sdkconfig.defaults; later ones win. */
export function parse(/** @type {string} */ text) {
	/** @type {Values} */
	const values = {};
	for (const line of text.split(/\r?\n/)) {
		const [, unset] = line.match(/^# CONFIG_(\w+) is not set$/) ?? [];
		const [, name, value = ""] = line.match(/^CONFIG_(\w+)=(.*)$/) ?? [];
		if (unset !== undefined) values[unset] = "n";
		else if (name !== undefined) values[name] = value.replace(/^"(.*)"$/, "$1") || "n";
	}
	return values;
}

/** @returns {Values} The settings of build/sdkconfig for a debug or a release build. */
export function wanted(/** @type {"debug" | "release"} */ build) {
	const read = (/** @type {string} */ name) => readFileSync(join(root, "build/sdkconfig", name), "utf8");
	return parse(read("sdkconfig.defaults") + (build === "release" ? read("sdkconfig.defaults.release") : ""));
}

/** Settings of the SDK's own that must stay: ESP-IDF prints nothing of its own. @type {Values} */
const kept = { BOOTLOADER_LOG_LEVEL_NONE: "y", LOG_DEFAULT_LEVEL_NONE: "y" };

/** @returns {Values | undefined} The values of `file` by ESP-IDF's Kconfig; `undefined` where it cannot be evaluated. */
function evaluate(/** @type {string} */ file, /** @type {string} */ chip, /** @type {string[]} */ names) {
	const idf = process.env.IDF_PATH ?? "";
	if (!existsSync(join(idf, "Kconfig"))) return;
	for (const python of ["python3", "/usr/bin/python3"]) {
		const { status, stdout } = spawnSync(python, [join(root, "tools/esp32/kconfig.py"), idf, chip, file, ...names], {
			encoding: "utf8",
		});
		if (status === 0) return JSON.parse(stdout);
	}
}

/**
 * Compares the generated settings with the wanted ones.
 * @param folder mcconfig's build of one board.
 * @returns {{ wrong: string[], by: string }} The settings that differ, and the source of the generated ones.
 */
export function compare(
	/** @type {string} */ folder,
	/** @type {string} */ chip,
	/** @type {"debug" | "release"} */ build,
) {
	const asked = { ...wanted(build), ...kept };
	const project = join(folder, `xsProj-${chip}`);
	// Made by idf.py itself, where that is installed.
	const made = join(project, "sdkconfig");
	const merged = join(project, "sdkconfig.mc");
	const evaluated = existsSync(made) ? undefined : evaluate(merged, chip, Object.keys(asked));
	const found = evaluated ?? parse(readFileSync(existsSync(made) ? made : merged, "utf8"));
	const wrong = Object.entries(asked)
		.filter(([name, value]) => (found[name] ?? "n") !== value)
		.map(([name, value]) => `CONFIG_${name} is ${found[name] ?? "not set"}, ${value} is wanted`);
	const by = evaluated ? "by ESP-IDF's Kconfig" : existsSync(made) ? "by idf.py" : "as merged, not evaluated";
	return { wrong: [...wrong, ...compareDefines(folder)], by };
}

/** Compares the defines for the SDK's code and modules. @returns {string[]} Those that are not as in manifest.json. */
function compareDefines(/** @type {string} */ folder) {
	const { esp32 } = JSON.parse(readFileSync(join(root, "manifest.json"), "utf8")).platforms;
	const length = `MODDEF_TASK_QUEUELENGTH (${esp32.defines.task.queueLength})`;
	const defines = readFileSync(join(folder, "mc.defines.h"), "utf8");
	const config = readFileSync(join(folder, "mc.config.js"), "utf8");
	return [
		...(defines.includes(`#define ${length}\n`) ? [] : [`${length} is not in mc.defines.h`]),
		...(/"?rainbow"?: ?false/.test(config) ? [] : ["led.rainbow is not false in mc/config"]),
	];
}
