// Strips the types off the project's TypeScript into build/node, one file for one file, so that Node runs what the chip runs.

import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

/** The project's folder. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** Writes `bytes` to `path` unless it holds them already; another process never sees half a file. @returns Whether it wrote. */
export async function writeIfChanged(/** @type {string} */ path, /** @type {Uint8Array} */ bytes) {
	const old = await readFile(path).catch(() => undefined);
	if (old && Buffer.compare(old, bytes) === 0) return false;
	await mkdir(dirname(path), { recursive: true });
	const fresh = `${path}.${process.pid}`;
	await writeFile(fresh, bytes);
	await rename(fresh, path);
	return true;
}

/** The `.ts` files below the project's folder `folder`, as paths from the project's folder. */
export async function sources(/** @type {string} */ folder) {
	const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
	return entries
		.filter(entry => entry.isFile() && entry.name.endsWith(".ts") && !entry.name.endsWith(".d.ts"))
		.map(entry => relative(root, join(entry.parentPath ?? entry.path, entry.name)))
		.sort();
}

/** Compiles the sources below `folders` into build/node; throws esbuild's errors. */
export async function compile(/** @type {string[]} */ ...folders) {
	const entryPoints = (await Promise.all(folders.map(sources))).flat();
	const { outputFiles } = await esbuild.build({
		absWorkingDir: root,
		entryPoints,
		outbase: ".",
		outdir: "build/node",
		format: "esm",
		target: "es2022",
		// Beside the code, for a process keeps the text of its modules.
		sourcemap: "linked",
		write: false,
	});
	await Promise.all(outputFiles.map(file => writeIfChanged(file.path, file.contents)));
}
