// `npm run build`: the page, into build/www as identity and gzip files, which the desktop host and the manifest's "data" take.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { root, writeIfChanged } from "./compile.mjs";

/** Bundles and minifies one entry of www/. */
async function bundle(/** @type {string} */ entry) {
	const { outputFiles } = await esbuild.build({
		absWorkingDir: root,
		entryPoints: [join("www", entry)],
		bundle: true,
		minify: true,
		format: "iife",
		target: "es2022",
		charset: "utf8",
		legalComments: "none",
		write: false,
	});
	return /** @type {import("esbuild").OutputFile} */ (outputFiles[0]).text.trim();
}

/** @returns The built files by name, identity and gzip. */
export async function buildPage() {
	const [template, script, style] = await Promise.all([
		readFile(join(root, "www/index.html"), "utf8"),
		bundle("main.ts"),
		bundle("style.css"),
	]);
	const html = template
		.replace("/*style*/", () => style)
		.replace("/*script*/", () => script.replaceAll("</script", "<\\/script"))
		.replace(/\n\s*/g, "\n");
	const page = Buffer.from(html);
	const files = new Map([
		["index.html", page],
		["index.html.gz", gzipSync(page, { level: 9 })],
	]);
	for (const [name, bytes] of files) await writeIfChanged(join(root, "build/www", name), bytes);
	return files;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
	const files = await buildPage();
	for (const [name, bytes] of files) console.log(`${String(bytes.byteLength).padStart(8)}  build/www/${name}`);
}
