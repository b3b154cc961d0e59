import { readFileSync } from "node:fs";

/**
 * @returns The value in the file `path`.
 * @throws {Error} One line that names the file and what is wrong with it.
 */
export function readJSON(path: string): unknown {
	let text: string;
	try {
		text = readFileSync(path, "utf8");
	} catch (error) {
		throw new Error(`${path}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
	}
	try {
		return JSON.parse(text);
	} catch (error) {
		throw new Error(`${path}: not JSON (${(error as Error).message.replaceAll(/\s+/g, " ")})`);
	}
}
