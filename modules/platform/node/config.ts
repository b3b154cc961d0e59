import { existsSync } from "node:fs";
import { readJSON } from "./json.js";

/**
 * @returns The object under "config" in the manifest fragment `path`.
 * @throws {Error} One line that names the file and what is wrong with it.
 */
export function readConfigFile(path: string): object {
	const parsed = readJSON(path);
	const config = typeof parsed === "object" && parsed !== null ? (parsed as { config?: unknown }).config : undefined;
	if (typeof config !== "object" || config === null || Array.isArray(config))
		throw new Error(`${path}: must be an object like {"config": {…}}`);
	const strays = Object.keys(parsed as object).filter(key => key !== "config");
	if (strays.length > 0) throw new Error(`${path}: ${strays[0]} is not allowed; the only key is config`);
	return config;
}

/** The configuration of the file `path`, and over it what moddable.local.json beside the project keeps out of git. */
export function readConfig(path: string, localPath: string): object {
	return { ...readConfigFile(path), ...(existsSync(localPath) ? readConfigFile(localPath) : {}) };
}
