// What every use of the Moddable SDK starts with: the tools are there, the page is built, and the configuration is right.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { delimiter, join } from "node:path";
import { buildPage } from "./build.mjs";
import { compile, root } from "./compile.mjs";
import { refuse } from "./words.mjs";

/** The oldest SDK that the project builds with. */
const oldest = [8, 2];

const guide = 'README, "On the chip, and in Moddable\'s simulator", says how to set it up';

/** @returns Where the PATH has `program`. */
export function whereIs(/** @type {string} */ program, path = process.env.PATH ?? "") {
	const suffixes = process.platform === "win32" ? [".exe", ".bat", ".cmd"] : [""];
	return path
		.split(delimiter)
		.flatMap(folder => suffixes.map(suffix => join(folder, program + suffix)))
		.find(file => existsSync(file));
}

const read = (/** @type {string} */ file) => (existsSync(file) ? readFileSync(file, "utf8") : "");

/** @returns The folder of the SDK, which is there, new enough and on the PATH; ends with one line where it is not. */
export function sdk() {
	const folder = process.env.MODDABLE;
	if (folder === undefined || folder === "") return refuse(`MODDABLE is not set: ${guide}`);
	const version = read(join(folder, "tools/VERSION")).trim();
	if (version === "") return refuse(`MODDABLE is ${folder}, where no Moddable SDK of 8.2 or later is: ${guide}`);
	const [major = 0, minor = 0] = version.split(".").map(Number);
	const [oldMajor = 0, oldMinor = 0] = oldest;
	if (major < oldMajor || (major === oldMajor && minor < oldMinor))
		return refuse(`the Moddable SDK in ${folder} is ${version}, and ${oldest.join(".")} or later is needed: update it`);
	const found = whereIs("mcconfig");
	const system = process.platform === "darwin" ? "mac" : process.platform === "win32" ? "win" : "lin";
	const bin = join(folder, "build/bin", system, "release");
	if (!found) return refuse(`mcconfig is not on the PATH: add ${bin}, where the SDK's build puts it`);
	if (!realpathSync(found).startsWith(realpathSync(folder)))
		return refuse(`the PATH's mcconfig is ${found}, which is not of the SDK in ${folder}: put ${bin} before it`);
	return folder;
}

/** Ends with one line unless the ESP-IDF that this SDK asks for is there. */
export function idf(/** @type {string} */ sdkFolder) {
	const page = "https://github.com/Moddable-OpenSource/moddable/blob/public/documentation/devices/esp32.md";
	const { EXPECTED_ESP_IDF } = JSON.parse(read(join(sdkFolder, "build/devices/esp32/manifest.json"))).build;
	const wanted = EXPECTED_ESP_IDF.replace("v", "");
	const folder = process.env.IDF_PATH;
	if (folder === undefined || folder === "")
		return refuse(`IDF_PATH is not set: install ESP-IDF ${wanted} as ${page} says, and run its export.sh`);
	const text = read(join(folder, "tools/cmake/version.cmake"));
	const found = ["MAJOR", "MINOR", "PATCH"].map(
		part => text.match(new RegExp(`IDF_VERSION_${part} (\\d+)`))?.[1] ?? "?",
	);
	if (found.slice(0, 2).join(".") !== wanted)
		return refuse(
			`the ESP-IDF in ${folder} is ${found.join(".")}, and the SDK needs ${wanted}: install that as ${page} says`,
		);
	if (!whereIs("idf.py")) return refuse(`idf.py is not on the PATH: run \`. ${join(folder, "export.sh")}\` first`);
}

/**
 * Builds the page, and checks the configuration with the device's own code.
 * @param words What was typed after the command: `key=value` is configuration, values as strings.
 * @returns The settings, and as such words what moddable.local.json adds to what was typed.
 */
export async function prepare(/** @type {string[]} */ words) {
	await Promise.all([compile("modules"), buildPage()]);
	const built = "../build/node/modules";
	const { readSettings } = await import(`${built}/settings.js`);
	const { readConfig, readConfigFile } = await import(`${built}/platform/node/config.js`);
	const { limits } = await import(`${built}/platform/node/host.js`);
	const { checkCredentials } = await import(`${built}/network/setup.js`);

	const assigned = words
		.filter(word => /^[^-][^=]*=/.test(word))
		.map(word => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)]);
	const typed = Object.fromEntries(assigned);
	const local = join(root, "moddable.local.json");
	try {
		const secrets = existsSync(local) ? readConfigFile(local) : {};
		for (const [key, value] of Object.entries(secrets))
			if (typeof value === "object") throw new Error(`moddable.local.json: ${key} must be a text or a number here`);
		const settings = readSettings({ ...readConfig(join(root, "moddable.config.json"), local), ...typed }, limits);
		const { ssid, password } = settings;
		if (ssid !== undefined) checkCredentials({ ssid, password: password || undefined });
		const added = Object.entries(secrets)
			.filter(([key]) => !(key in typed))
			.map(([key, value]) => `${key}=${value}`);
		return { settings, added };
	} catch (error) {
		return refuse(/** @type {Error} */ (error).message);
	}
}

/** Runs the SDK's mcconfig on the project. @returns {{ status: number, output: string }} `output` is empty where it was shown. */
export function mcconfig(/** @type {string[]} */ args, /** @type {"show" | "keep"} */ output = "show") {
	const { error, status, stdout, stderr } = spawnSync("mcconfig", args, {
		cwd: root,
		encoding: "utf8",
		stdio: output === "show" ? "inherit" : "pipe",
	});
	if (error) refuse(`mcconfig cannot be run: ${error.message}`);
	return { status: status ?? 1, output: `${stdout ?? ""}${stderr ?? ""}` };
}
