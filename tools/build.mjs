// `npm run build`: builds the page into build/www, as identity and gzip files for the desktop host and the manifest's "data",
// and the configuration of ESP-IDF into build/sdkconfig. Prints the page's sizes, and fails over budget.

import { createHash } from "node:crypto";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { root, writeIfChanged } from "./compile.mjs";
import { writeConfiguration } from "./sdkconfig.mjs";

/** Bytes, gzipped: page and feed, and both with the chart. */
export const budget = { gauges: 10_240, all: 40_960 };

/** Of the firmware: package.json alone has it. */
const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));

const folder = join(root, "build/www");
const gzip = (/** @type {string} */ content) => gzipSync(content, { level: 9 });
const sha256 = (/** @type {string} */ content) => createHash("sha256").update(content);

/** Bundles and minifies one entry of www/. */
async function bundle(/** @type {string} */ entry, /** @type {Record<string, string>} */ addresses = {}) {
	const { outputFiles } = await esbuild.build({
		absWorkingDir: root,
		entryPoints: [join("www", entry)],
		bundle: true,
		minify: true,
		format: "esm",
		target: "es2022",
		charset: "utf8",
		legalComments: "none",
		external: ["/feed-*", "/chart-*"],
		define: Object.fromEntries(Object.entries(addresses).map(([name, value]) => [name, JSON.stringify(value)])),
		write: false,
	});
	return /** @type {esbuild.OutputFile} */ (outputFiles[0]).text.trim();
}

/** @returns A name of the script's content, under which it may be cached forever. */
const hashed = (/** @type {string} */ name, /** @type {string} */ script) =>
	`${name}-${sha256(script).digest("hex").slice(0, 8)}.js`;

/** @returns The Content-Security-Policy of a page, which allows its inline scripts and style by their hashes. */
function policy(/** @type {string} */ html) {
	const hashes = (/** @type {RegExp} */ tag) =>
		[...html.matchAll(tag)].map(([, content = ""]) => ` 'sha256-${sha256(content).digest("base64")}'`).join("");
	return [
		"default-src 'none'",
		`script-src 'self'${hashes(/<script>([\s\S]*?)<\/script>/g)}`,
		`style-src${hashes(/<style>([\s\S]*?)<\/style>/g)}`,
		"img-src data:",
		"connect-src 'self'",
		"worker-src 'self'",
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors 'none'",
	].join("; ");
}

/**
 * A page in one file, with its style and scripts in it, and its policy.
 * @param scripts Modules without imports and exports, in the template's order.
 */
function assemble(/** @type {string} */ template, /** @type {string} */ style, /** @type {string[]} */ ...scripts) {
	const codes = scripts.map(code => `(()=>{"use strict";${code.replaceAll("</script", "<\\/script")}})()`);
	const html = template
		.replace(/>\n\s*</g, "><")
		.replace("/*style*/", () => style)
		.replaceAll("/*script*/", () => codes.shift() ?? "");
	return { html, csp: policy(html) };
}

/** @returns The settings page and the set-up page, by name. */
function forms() {
	return Promise.all(
		["settings", "setup"].map(async name => {
			const template = await readFile(join(root, `www/forms/${name}.html`), "utf8");
			return { name, ...assemble(template, await bundle("style/form.css"), await bundle(`forms/${name}.ts`)) };
		}),
	);
}

/** @returns The built files by name, and their gzipped sizes against the budget. */
export async function buildPage() {
	const [template, style, first, feed, chart, others] = await Promise.all([
		readFile(join(root, "www/index.html"), "utf8"),
		bundle("style/style.css"),
		bundle("gauges/first.ts"),
		bundle("stream/worker.ts"),
		bundle("history/chart.ts"),
		forms(),
	]);
	const names = { feed: hashed("feed", feed), chart: hashed("chart", chart) };
	const main = await bundle("main.ts", { FEED_URL: `/${names.feed}`, CHART_URL: `/${names.chart}` });
	const page = { name: "index", ...assemble(template, style, first, main) };

	/** @type {Map<string, Buffer>} */
	const files = new Map();
	for (const [name, content] of [
		...[page, ...others].map(({ name, html }) => [`${name}.html`, html]),
		[names.feed, feed],
		[names.chart, chart],
	]) {
		files.set(/** @type {string} */ (name), Buffer.from(/** @type {string} */ (content)));
		files.set(`${name}.gz`, gzip(/** @type {string} */ (content)));
	}
	for (const { name, csp } of [page, ...others]) files.set(`${name}.csp`, Buffer.from(csp));
	files.set("version", Buffer.from(version));

	for (const [name, bytes] of files) await writeIfChanged(join(folder, name), bytes);
	for (const name of await readdir(folder)) if (!files.has(name)) await rm(join(folder, name));

	const size = (/** @type {string} */ name) => files.get(`${name}.gz`)?.byteLength ?? 0;
	const gauges = size("index.html") + size(names.feed);
	return { files, sizes: { gauges, all: gauges + size(names.chart) } };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
	const [{ files, sizes }] = await Promise.all([buildPage(), writeConfiguration()]);
	const row = (/** @type {(string | number)[]} */ ...[name, plain, packed]) =>
		console.log(`${String(name).padEnd(28)}${String(plain).padStart(10)}${String(packed).padStart(10)}`);
	row("file", "bytes", "gzipped");
	for (const [name, bytes] of files)
		if (files.has(`${name}.gz`)) row(name, bytes.byteLength, files.get(`${name}.gz`)?.byteLength ?? "");
	row("gauges (page and feed)", `≤ ${budget.gauges}`, sizes.gauges);
	row("all, with the chart", `≤ ${budget.all}`, sizes.all);
	if (sizes.gauges > budget.gauges || sizes.all > budget.all) {
		console.error("The page is over its budget.");
		process.exit(1);
	}
}
