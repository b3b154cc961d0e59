// `npm run site`: builds the install page into build/site, for any HTTPS host, with the release that is in dist/.

import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { compile, root } from "./compile.mjs";
import { boards } from "./site/boards.mjs";
import { fillIn } from "./site/html.mjs";
import { licences } from "./site/licences.mjs";

const pictures = ["phone-light.png", "phone-dark.png"];

/**
 * Builds the page.
 * @param release The folder with manifest.json and the images; without a manifest the page says that there is no firmware.
 * @returns Whether there is firmware.
 */
export async function buildSite(folder = join(root, "build/site"), release = join(root, "dist")) {
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	const offered = boards();
	const common = /** @type {const} */ ({
		absWorkingDir: root,
		bundle: true,
		minify: true,
		format: "esm",
		target: "es2022",
		charset: "utf8",
	});
	await Promise.all([
		esbuild.build({
			...common,
			entryPoints: ["site/main.ts", "site/site.css"],
			outdir: folder,
			define: { BOARDS: JSON.stringify(offered) },
		}),
		// Its own bundle, with what it loads on demand: the main entry of the package does not bundle.
		esbuild.build({
			...common,
			entryPoints: ["node_modules/esp-web-tools/dist/web/install-button.js"],
			splitting: true,
			legalComments: "none",
			outdir: join(folder, "install"),
		}),
		compile("site", "www"),
	]);
	const load = (/** @type {string} */ name) => import(pathToFileURL(join(root, "build/node/site", name)).href);
	const [{ strings }, { sensors }] = await Promise.all([load("strings.js"), load("wiring.js")]);
	const template = await readFile(join(root, "site/index.html"), "utf8");
	const html = fillIn(template, strings, { boards: offered, sensors });
	await writeFile(join(folder, "index.html"), html);
	await writeFile(join(folder, "licences.txt"), await licences());
	await copyFile(join(root, "site/icon.svg"), join(folder, "icon.svg"));
	for (const name of pictures) await copyFile(join(root, "docs", name), join(folder, name));
	const hasFirmware = existsSync(join(release, "manifest.json"));
	if (hasFirmware)
		for (const name of await readdir(release))
			if (/\.bin$|^manifest\.json$|^SHA256SUMS$/.test(name)) await copyFile(join(release, name), join(folder, name));
	return hasFirmware;
}

/** @returns The files by path, with their sizes in bytes. */
export async function sizes(/** @type {string} */ folder) {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const paths = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath ?? entry.path, entry.name));
	return Promise.all(
		paths.sort().map(async path => ({
			path: relative(folder, path),
			bytes: (await stat(path)).size,
			gzipped: gzipSync(await readFile(path), { level: 9 }).length,
		})),
	);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
	const hasFirmware = await buildSite();
	const all = await sizes(join(root, "build/site"));
	const shown = (/** @type {RegExp} */ which) => {
		const chosen = all.filter(({ path }) => which.test(path));
		const sum = (/** @type {"bytes" | "gzipped"} */ key) => chosen.reduce((total, file) => total + file[key], 0);
		return `${String(sum("bytes")).padStart(9)} bytes, ${String(sum("gzipped")).padStart(7)} gzipped`;
	};
	console.log(`page             ${shown(/^(index\.html|main\.js|site\.css|icon\.svg)$/)}`);
	console.log(`picture          ${shown(/^phone-light\.png$/)}`);
	console.log(`install button   ${shown(/^install\/install-button\.js$/)}`);
	console.log(`installer        ${shown(/^install\/(?!install-button)/)}, when it is opened`);
	if (!hasFirmware) console.log("dist/ has no manifest.json: the page is without firmware (npm run release makes it)");
}
