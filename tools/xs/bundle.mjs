// The project's modules as scripts for the engine, which has no loader of its own for files.

import { relative } from "node:path";
import * as esbuild from "esbuild";
import { root } from "../compile.mjs";

/**
 * Bundles each of `entries`, paths from the project's folder, with all that it imports.
 * @returns One script an entry, in order, and the files they are made of. @throws esbuild's errors.
 */
export async function bundle(/** @type {string[]} */ entries) {
	const { outputFiles, metafile } = await esbuild.build({
		absWorkingDir: root,
		entryPoints: entries,
		outbase: ".",
		outdir: "build/xs",
		bundle: true,
		format: "iife",
		target: "es2022",
		alias: { "node:test": "./tools/xs/shims/test.js", "node:assert/strict": "./tools/xs/shims/assert.js" },
		metafile: true,
		write: false,
	});
	return {
		scripts: outputFiles.map(file => file.text),
		files: Object.keys(metafile.inputs).map(path => relative("", path)),
	};
}
