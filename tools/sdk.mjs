// What every use of the Moddable SDK starts with: the tools are there, the page is built, and the configuration is right.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { buildPage } from "./build.mjs";
import { compile, root } from "./compile.mjs";
import { writeConfiguration } from "./sdkconfig.mjs";
import { findIDF, findMcconfig, findSDK } from "./toolchain.mjs";
import { refuse } from "./words.mjs";

/** @returns The folder of the SDK, which is there, new enough and on the PATH; ends with one line where it is not. */
export function sdk() {
	const { path = "", problem } = findSDK();
	if (problem !== undefined) return refuse(problem);
	const mcconfig = findMcconfig(path);
	return mcconfig.problem === undefined ? path : refuse(mcconfig.problem);
}

/** Ends with one line unless the ESP-IDF that this SDK asks for is there. */
export function idf(/** @type {string} */ sdkFolder) {
	const { problem } = findIDF(sdkFolder);
	if (problem !== undefined) refuse(problem);
}

/**
 * Builds the page and the configuration of ESP-IDF, and checks the configuration with the device's own code.
 * @param words What was typed after the command: `key=value` is configuration, values as strings.
 * @returns The settings, and as such words what moddable.local.json adds to what was typed.
 */
export async function prepare(/** @type {string[]} */ words) {
	await Promise.all([compile("modules"), buildPage(), writeConfiguration()]);
	const built = "../build/node/modules";
	const { readSettings } = await import(`${built}/config/settings.js`);
	const { readConfig, readConfigFile } = await import(`${built}/platform/node/config.js`);
	const { limits } = await import(`${built}/platform/node/host.js`);
	const { checkCredentials } = await import(`${built}/network/provisioning.js`);

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
		for (const { ssid, password } of settings.networks) checkCredentials({ ssid, password: password || undefined });
		const added = Object.entries(secrets)
			.filter(([key]) => !(key in typed))
			.map(([key, value]) => `${key}=${value}`);
		return { settings, added };
	} catch (error) {
		return refuse(/** @type {Error} */ (error).message);
	}
}

/** Runs the SDK's mcconfig on the project in `folder`. @returns {{ status: number, output: string }} `output` is empty where it was shown. */
export function mcconfig(/** @type {string[]} */ args, /** @type {"show" | "keep"} */ output = "show", folder = root) {
	const { error, status, stdout, stderr } = spawnSync("mcconfig", args, {
		cwd: folder,
		encoding: "utf8",
		stdio: output === "show" ? "inherit" : "pipe",
	});
	if (error) refuse(`mcconfig cannot be run: ${error.message}`);
	return { status: status ?? 1, output: `${stdout ?? ""}${stderr ?? ""}` };
}
