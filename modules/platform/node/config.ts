import { existsSync, readFileSync } from "node:fs";

/**
 * @returns The object under "config" in the manifest fragment `path`.
 * @throws {Error} One line that names the file and what is wrong with it.
 */
export function readConfigFile(path: string): object {
	let text: string;
	try {
		text = readFileSync(path, "utf8");
	} catch (error) {
		throw new Error(`${path}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
	}
	let parsed: unknown;
	try {
		parsed = JSON.parse(text);
	} catch (error) {
		throw new Error(`${path}: not JSON (${(error as Error).message.replaceAll(/\s+/g, " ")})`);
	}
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
