// The licences of the packages that are in the installer's bundle.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../compile.mjs";

/** @returns The package's name, version and licence, with the licence's text. */
async function licence(/** @type {string} */ name) {
	const folder = join(root, "node_modules", name);
	const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
	const file = (await readdir(folder)).find(entry => /^licen[cs]e/i.test(entry));
	const text = file === undefined ? "" : `\n${(await readFile(join(folder, file), "utf8")).trim()}\n`;
	return `${name} ${version} (${license})\n${text}`;
}

/** @returns The package and all that it depends on. */
async function closure(/** @type {string} */ name, /** @type {Set<string>} */ found = new Set()) {
	if (found.has(name)) return found;
	found.add(name);
	const { dependencies = {} } = JSON.parse(await readFile(join(root, "node_modules", name, "package.json"), "utf8"));
	for (const dependency of Object.keys(dependencies)) await closure(dependency, found);
	return found;
}

/** @returns The licences of esp-web-tools, whose bundle has all that it depends on. */
export async function licences() {
	const names = [...(await closure("esp-web-tools"))].sort();
	return (await Promise.all(names.map(licence))).join(`\n${"-".repeat(72)}\n\n`);
}
