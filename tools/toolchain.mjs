// Finds the tools that the project is built and tested with, and checks their versions.
// Nothing here ends the program or imports from npm: `npm run doctor` must work before `npm ci`.

import { existsSync, readFileSync, realpathSync } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * A tool that was looked for: its folder or file, its version, and in a sentence why it cannot be used.
 * @typedef {{ path?: string, version?: string, problem?: string }} Found
 */

/** The oldest SDK that the project builds with. */
const oldest = [8, 2];

const guide = 'README, "On the chip, and in Moddable\'s simulator", says how to set it up';
const idfGuide = "https://github.com/Moddable-OpenSource/moddable/blob/public/documentation/devices/esp32.md";

const read = (/** @type {string} */ file) => (existsSync(file) ? readFileSync(file, "utf8") : "");

/** Whether `version` is below `min`. Only as many numbers count as `min` has. */
export function isOlder(/** @type {string} */ version, /** @type {readonly number[]} */ min) {
	const numbers = version.replace(/^v/, "").split(".").map(Number);
	const at = min.findIndex((number, index) => (numbers[index] ?? 0) !== number);
	return at >= 0 && (numbers[at] ?? 0) < (min[at] ?? 0);
}

/** @returns Where the PATH has `program`. */
export function whereIs(/** @type {string} */ program, path = process.env.PATH ?? "") {
	const suffixes = process.platform === "win32" ? [".exe", ".bat", ".cmd"] : [""];
	return path
		.split(delimiter)
		.flatMap(folder => suffixes.map(suffix => join(folder, program + suffix)))
		.find(file => existsSync(file));
}

/** @returns {Found} The Moddable SDK of `MODDABLE`, new enough. */
export function findSDK(env = process.env) {
	const path = env.MODDABLE;
	if (path === undefined || path === "") return { problem: `MODDABLE is not set: ${guide}` };
	const version = read(join(path, "tools/VERSION")).trim();
	if (version === "")
		return { path, problem: `MODDABLE is ${path}, where no Moddable SDK of 8.2 or later is: ${guide}` };
	if (!isOlder(version, oldest)) return { path, version };
	const problem = `the Moddable SDK in ${path} is ${version}, and ${oldest.join(".")} or later is needed: update it`;
	return { path, version, problem };
}

/** @returns {Found} The mcconfig on the PATH, which must be of the SDK in `sdk`. */
export function findMcconfig(/** @type {string} */ sdk, env = process.env) {
	const path = whereIs("mcconfig", env.PATH);
	const system = process.platform === "darwin" ? "mac" : process.platform === "win32" ? "win" : "lin";
	const bin = join(sdk, "build/bin", system, "release");
	if (path === undefined) return { problem: `mcconfig is not on the PATH: add ${bin}, where the SDK's build puts it` };
	if (realpathSync(path).startsWith(realpathSync(sdk))) return { path };
	return { path, problem: `the PATH's mcconfig is ${path}, which is not of the SDK in ${sdk}: put ${bin} before it` };
}

/** @returns {Found} The ESP-IDF of `IDF_PATH`, of the version that the SDK in `sdk` asks for, exported. */
export function findIDF(/** @type {string} */ sdk, env = process.env) {
	const manifest = read(join(sdk, "build/devices/esp32/manifest.json"));
	if (manifest === "") return { problem: `the SDK in ${sdk} does not say which ESP-IDF it needs: update it` };
	const wanted = JSON.parse(manifest).build.EXPECTED_ESP_IDF.replace("v", "");
	const path = env.IDF_PATH;
	if (path === undefined || path === "")
		return { problem: `IDF_PATH is not set: install ESP-IDF ${wanted} as ${idfGuide} says, and run its export.sh` };
	const text = read(join(path, "tools/cmake/version.cmake"));
	const numbers = ["MAJOR", "MINOR", "PATCH"].map(
		name => text.match(new RegExp(`IDF_VERSION_${name} (\\d+)`))?.[1] ?? "?",
	);
	const version = numbers.join(".");
	if (numbers.slice(0, 2).join(".") !== wanted)
		return {
			path,
			version,
			problem: `the ESP-IDF in ${path} is ${version}, and the SDK needs ${wanted}: install that as ${idfGuide} says`,
		};
	if (whereIs("idf.py", env.PATH)) return { path, version };
	return { path, version, problem: `idf.py is not on the PATH: run \`. ${join(path, "export.sh")}\` first` };
}

/** The usual places of a Chromium. */
const browsers = [
	"/usr/bin/chromium",
	"/usr/bin/chromium-browser",
	"/usr/bin/google-chrome",
	"/snap/bin/chromium",
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
	"/Applications/Chromium.app/Contents/MacOS/Chromium",
	"C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** @returns {Found} The Chromium that `CHROMIUM` names, or one in its usual place. */
export function findChromium(env = process.env) {
	const path = env.CHROMIUM ?? browsers.find(file => existsSync(file));
	if (path === undefined) return { problem: "install chromium (Debian) or Chrome, or name its program with CHROMIUM" };
	return existsSync(path) ? { path } : { path, problem: `CHROMIUM is ${path}, where nothing is: name its program` };
}
