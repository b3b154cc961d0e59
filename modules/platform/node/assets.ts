import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Assets } from "../storage.js";

/** The files of `folder`, read once. @throws {Error} The folder cannot be read. */
export function readAssets(folder: string): Assets {
	const files = new Map(readdirSync(folder).map(name => [name, new Uint8Array(readFileSync(join(folder, name)))]));
	return { get: name => files.get(name) };
}
