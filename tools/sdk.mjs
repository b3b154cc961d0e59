// What every use of the Moddable SDK starts with: it is there, the page is built, and the configuration is right.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { buildPage } from "./build.mjs";
import { compile, root } from "./compile.mjs";
import { refuse } from "./words.mjs";

/** @returns The SDK's folder. */
export function sdk() {
	return (
		process.env.MODDABLE ??
		refuse(
			"MODDABLE is not set: install the Moddable SDK with `npx xs-dev@0.30.3 setup` (for a chip also `npx xs-dev@0.30.3 setup --device esp32`), open a new shell, and try again",
		)
	);
}

/**
 * Builds the page, and checks the configuration with the device's own code.
 * @param words What was typed after the command: `key=value` is configuration, values as strings.
 * @returns What moddable.local.json adds to it, as such words.
 */
export async function prepare(/** @type {string[]} */ words) {
	await Promise.all([compile("modules"), buildPage()]);
	const built = "../build/node/modules";
	const { readSettings } = await import(`${built}/settings.js`);
	const { readConfig, readConfigFile } = await import(`${built}/platform/node/config.js`);
	const { limits } = await import(`${built}/platform/node/host.js`);

	const assigned = words
		.filter(word => /^[^-][^=]*=/.test(word))
		.map(word => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)]);
	const typed = Object.fromEntries(assigned);
	const local = join(root, "moddable.local.json");
	try {
		const secrets = existsSync(local) ? readConfigFile(local) : {};
		for (const [key, value] of Object.entries(secrets))
			if (typeof value === "object") throw new Error(`moddable.local.json: ${key} must be a text or a number here`);
		readSettings({ ...readConfig(join(root, "moddable.config.json"), local), ...typed }, limits);
		return Object.entries(secrets)
			.filter(([key]) => !(key in typed))
			.map(([key, value]) => `${key}=${value}`);
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
	if (error) refuse(`mcconfig cannot be run (${error.message}): is $MODDABLE/build/bin on the PATH?`);
	return { status: status ?? 1, output: `${stdout ?? ""}${stderr ?? ""}` };
}
