// The languages of the pages, made of the tables in www/i18n: English for the scripts, and a file for each other one.

import { join } from "node:path";
import * as esbuild from "esbuild";
import { root } from "./compile.mjs";

/** @returns The exports of a module of www/i18n. */
async function evaluate(/** @type {string} */ name) {
	const { outputFiles } = await esbuild.build({
		entryPoints: [join(root, "www/i18n", name)],
		bundle: true,
		format: "esm",
		write: false,
	});
	return import(`data:text/javascript,${encodeURIComponent(/** @type {esbuild.OutputFile} */ (outputFiles[0]).text)}`);
}

/** Puts the values of english.ts in place of that module. @type {esbuild.Plugin} */
export const inEnglish = {
	name: "in English",
	setup(build) {
		build.onLoad({ filter: /[\\/]i18n[\\/]english\.ts$/ }, async () => {
			const tables = Object.entries(await evaluate("english.ts"));
			return { contents: tables.map(([name, table]) => `export const ${name}=${JSON.stringify(table)};`).join("\n") };
		});
	},
};

/** Strings of the gauge page that the element for other pages does not show. */
const ofThePage = [
	"live",
	"stale",
	"fault",
	"settings",
	"received",
	"language",
	"unit",
	"theme",
	"auto",
	"light",
	"dark",
];

/** Puts English alone in place of all languages, with the strings of the element. @type {esbuild.Plugin} */
export const englishAlone = {
	name: "English alone",
	setup(build) {
		build.onLoad({ filter: /[\\/]i18n[\\/]english\.ts$/ }, async () => {
			const { gaugeStrings } = await evaluate("english.ts");
			const shown = Object.entries(gaugeStrings).filter(([key]) => !ofThePage.includes(key));
			return { contents: `export const gaugeStrings=${JSON.stringify(Object.fromEntries(shown))}` };
		});
		build.onLoad({ filter: /[\\/]i18n[\\/]languages\.ts$/ }, async () => {
			const { languages } = await evaluate("languages.ts");
			const contents = `export const english={tables:{}},languages={en:${JSON.stringify({ point: languages.en.point })}};
export const localeOf=(key,locales)=>locales.find(locale=>locale.startsWith(key))??key`;
			return { contents };
		});
	},
};

/**
 * @param hashOf Makes the hash in the names, one for all languages: a page then needs one name alone.
 * @returns By page: the name of its files, with `{}` for the language, and their contents by name.
 */
export async function languageFiles(/** @type {(content: string) => string} */ hashOf) {
	/** @type {typeof import("../www/i18n/tables.js")} */
	const { contentOf, translated } = await evaluate("tables.ts");
	const files = (/** @type {"gauges" | "forms"} */ page) => {
		const contents = translated.map(key => JSON.stringify(contentOf(page, key)));
		const pattern = `${page}-{}-${hashOf(contents.join(""))}.json`;
		const named = translated.map((key, index) => [pattern.replace("{}", key), contents[index] ?? ""]);
		return { pattern, contents: new Map(/** @type {[string, string][]} */ (named)) };
	};
	return { gauges: files("gauges"), forms: files("forms") };
}
