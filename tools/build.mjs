// `npm run build`: builds the page into build/www, gzipped, for the desktop host and the manifest's "data",
// and the configuration of ESP-IDF into build/sdkconfig. Prints the page's sizes, and fails over budget.

import { createHash } from "node:crypto";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { root, writeIfChanged } from "./compile.mjs";
import { englishAlone, inEnglish, languageFiles } from "./languages.mjs";
import { writeConfiguration } from "./sdkconfig.mjs";

/** Bytes, gzipped: page and feed, both with the chart, what a language other than English adds to them, and the element for other pages. */
export const budget = { gauges: 10_240, all: 40_960, language: 1500, element: 6144 };

/** Of the firmware: package.json alone has it. */
const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));

const folder = join(root, "build/www");
const gzip = (/** @type {string} */ content) => gzipSync(content, { level: 9 });
const sha256 = (/** @type {string} */ content) => createHash("sha256").update(content);

/** Bundles and minifies one entry of www/. */
async function bundle(
	/** @type {string} */ entry,
	/** @type {Record<string, string>} */ addresses = {},
	/** @type {import("esbuild").BuildOptions} */ options = {},
) {
	const { outputFiles = [], mangleCache = {} } = await esbuild.build({
		absWorkingDir: root,
		entryPoints: [join("www", entry)],
		bundle: true,
		minify: true,
		format: "esm",
		target: "es2022",
		charset: "utf8",
		legalComments: "none",
		external: ["/feed-*", "/chart-*", "/home-*", "/others-*"],
		plugins: [inEnglish],
		define: Object.fromEntries(Object.entries(addresses).map(([name, value]) => [name, JSON.stringify(value)])),
		write: false,
		...options,
	});
	Object.assign(options.mangleCache ?? {}, mangleCache);
	return /** @type {esbuild.OutputFile} */ (outputFiles[0]).text.trim();
}

const hashOf = (/** @type {string} */ content) => sha256(content).digest("hex").slice(0, 8);

/** @returns A name of the script's content, under which it may be cached forever. */
const hashed = (/** @type {string} */ name, /** @type {string} */ script) => `${name}-${hashOf(script)}.js`;

/** @returns The Content-Security-Policy of a page, which allows its inline scripts and style by their hashes, and what it `connects` to. */
function policy(/** @type {string} */ html, /** @type {string} */ connects) {
	const hashes = (/** @type {RegExp} */ tag) =>
		[...html.matchAll(tag)].map(([, content = ""]) => ` 'sha256-${sha256(content).digest("base64")}'`).join("");
	return [
		"default-src 'none'",
		`script-src 'self'${hashes(/<script>([\s\S]*?)<\/script>/g)}`,
		`style-src${hashes(/<style>([\s\S]*?)<\/style>/g)}`,
		"img-src 'self' data:",
		"manifest-src 'self'",
		`connect-src ${connects}`,
		"worker-src 'self'",
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors 'none'",
	].join("; ");
}

/**
 * A page in one file, with its style and scripts in it, and its policy.
 * @param scripts Modules without imports and exports, in the template's order.
 * @param start Of the function that each script becomes: `async()=>` where it waits for something.
 * @param connects To whom its scripts may connect.
 */
function assemble(
	/** @type {string} */ template,
	/** @type {string} */ style,
	/** @type {string[]} */ scripts,
	start = "()=>",
	connects = "'self'",
) {
	const codes = scripts.map(code => `(${start}{"use strict";${code.replaceAll("</script", "<\\/script")}})()`);
	const html = template
		.replace(/>\n\s*</g, "><")
		.replace("/*style*/", () => style)
		.replaceAll("/*script*/", () => codes.shift() ?? "");
	return { html, csp: policy(html, connects) };
}

/** @returns The settings page and the set-up page, by name. */
function forms(/** @type {Record<string, string>} */ addresses) {
	return Promise.all(
		["settings", "setup"].map(async name => {
			const template = await readFile(join(root, `www/forms/${name}.html`), "utf8");
			const script = await bundle(`forms/${name}.ts`, addresses);
			return { name, ...assemble(template, await bundle("style/form.css"), [script], "async()=>") };
		}),
	);
}

/** Properties of the page's own objects that are no keys of the wire, of strings or of the DOM: in its scripts their names are short. */
export const internal = [
	...[
		"about",
		"age",
		"arrow",
		"choice",
		"degrees",
		"element",
		"extra",
		"hear",
		"heardAt",
		"labelled",
		"leave",
		"limits",
	],
	...["locale", "notes", "onReading", "point", "preferences", "reset", "settle", "show", "silentMs", "spoken"],
	...["step", "suggest", "surroundings", "tables", "trend", "wake"],
];
/** Likewise in the element's script. */
const internalInElement = [
	...[
		"about",
		"age",
		"anchor",
		"arrow",
		"degrees",
		"fail",
		"greet",
		"hear",
		"heardAt",
		"kind",
		"labelled",
		"leave",
		"limits",
	],
	...[
		"measure",
		"notes",
		"notice",
		"onReading",
		"read",
		"received",
		"reset",
		"seen",
		"sensors",
		"settle",
		"show",
		"silentMs",
	],
	...["spoken", "step", "surroundings", "trend"],
];

/** For esbuild: it gives short names to these properties, the same to those in `mangleCache`. */
const shorten = (/** @type {string[]} */ names, /** @type {Record<string, string | false>} */ mangleCache = {}) => ({
	mangleProps: new RegExp(`^(${names.join("|")})$`),
	mangleCache,
});

/** @returns The script of the element for other pages, with its style and the page's markup of a card. Its strings are in English alone. */
async function element(/** @type {string} */ template) {
	const [, card = ""] = /<template id="card">([\s\S]*?)<\/template>/.exec(template) ?? [];
	const defined = {
		STYLE: await bundle("style/element.css"),
		// The role of trends, which it has not, is left out.
		CARD: card.replace(/>\s+</g, "><").replaceAll(' role="img"', "").trim(),
	};
	return bundle("home/gauge-element.ts", defined, { plugins: [englishAlone], ...shorten(internalInElement) });
}

/** Whether a file goes into flash: of those that are gzipped only the gauges' page, for who asks by hand, goes there plain, too. */
const isWritten = (/** @type {string} */ name, /** @type {Map<string, Buffer>} */ files) =>
	name === "index.html" || !files.has(`${name}.gz`);

/** @returns The gauges' markup without what is written into a card when it is drawn. */
const undrawn = (/** @type {string} */ template) =>
	template.replace(/ role="img" aria-label="\w+"/g, "").replace(/(<h3 [^>]*>)\w+/g, "$1");

/** @returns The built files by name, and their gzipped sizes against the budget. */
export async function buildPage() {
	const languages = await languageFiles(hashOf);
	const [template, style, others] = await Promise.all([
		readFile(join(root, "www/index.html"), "utf8").then(undrawn),
		bundle("style/style.css"),
		forms({ LANGUAGE_URL: `/${languages.forms.pattern}` }),
	]);
	// Each script names the one that it loads, and calls its objects' properties what that one calls them.
	const short = shorten(internal);
	const hubs = await bundle("home/others.ts", {}, short);
	const home = await bundle("home/home.ts", { OTHERS_URL: `/${hashed("others", hubs)}` }, short);
	const chart = await bundle("history/chart.ts", { HOME_URL: `/${hashed("home", home)}` }, short);
	const feed = await bundle("live.ts", { CHART_URL: `/${hashed("chart", chart)}` }, short);
	const names = {
		...{ feed: hashed("feed", feed), chart: hashed("chart", chart) },
		...{ home: hashed("home", home), others: hashed("others", hubs) },
	};
	const urls = { LANGUAGE_URL: `/${languages.gauges.pattern}`, FEED_URL: `/${names.feed}` };
	const first = await bundle("main.ts", urls, short);
	const gauge = await element(template);
	const page = { name: "index", ...assemble(template, style, [first], "()=>", "'self' http:") };

	/** @type {Map<string, Buffer>} */
	const files = new Map();
	for (const [name, content] of [
		...[page, ...others].map(({ name, html }) => [`${name}.html`, html]),
		[names.feed, feed],
		[names.chart, chart],
		[names.home, home],
		[names.others, hubs],
		["gauge.js", gauge],
		...languages.gauges.contents,
		...languages.forms.contents,
	]) {
		files.set(/** @type {string} */ (name), Buffer.from(/** @type {string} */ (content)));
		files.set(`${name}.gz`, gzip(/** @type {string} */ (content)));
	}
	for (const name of ["manifest.webmanifest", "icon.svg", "icon.png"]) {
		const content = await readFile(join(root, "www/home", name));
		files.set(name, content);
		files.set(`${name}.gz`, gzipSync(content, { level: 9 }));
	}
	for (const { name, csp } of [page, ...others]) files.set(`${name}.csp`, Buffer.from(csp));
	files.set("version", Buffer.from(version));

	const written = new Map([...files].filter(([name]) => isWritten(name, files)));
	for (const [name, bytes] of written) await writeIfChanged(join(folder, name), bytes);
	for (const name of await readdir(folder)) if (!written.has(name)) await rm(join(folder, name));

	const size = (/** @type {string} */ name) => files.get(`${name}.gz`)?.byteLength ?? 0;
	const gauges = size("index.html") + size(names.feed);
	const language = Math.max(...[...languages.gauges.contents.keys()].map(size));
	return { files, sizes: { gauges, all: gauges + size(names.chart), language, element: size("gauge.js") } };
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
	row("another language", `≤ ${budget.language}`, sizes.language);
	row("the element (gauge.js)", `≤ ${budget.element}`, sizes.element);
	const digest = createHash("sha384")
		.update(files.get("gauge.js") ?? "")
		.digest("base64");
	console.log(`integrity of gauge.js: sha384-${digest}`);
	const names = /** @type {(keyof typeof budget)[]} */ (Object.keys(budget));
	if (names.some(name => sizes[name] > budget[name])) {
		console.error("The page is over its budget.");
		process.exit(1);
	}
}
