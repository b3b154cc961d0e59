// The built page: its budget, its policy, its files.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";

const tool: typeof import("../../tools/build.mjs") = await import(`${"../../../../tools/build.mjs"}`);
const { files, sizes } = await tool.buildPage();
const page = files.get("index.html")!.toString();
const policy = files.get("index.csp")!.toString();

test("the page keeps to its budget", () => {
	assert.ok(sizes.gauges <= tool.budget.gauges, `gauges: ${sizes.gauges}`);
	assert.ok(sizes.all <= tool.budget.all, `all: ${sizes.all}`);
	assert.ok(sizes.language <= tool.budget.language, `a language: ${sizes.language}`);
	assert.ok(sizes.element <= tool.budget.element, `the element: ${sizes.element}`);
	assert.deepEqual(tool.budget, { gauges: 10_240, all: 40_960, language: 1500, element: 6144 });
});

test("the policy allows these scripts and this style, and no other inline content", () => {
	const inline = [...page.matchAll(/<(script|style)>([\s\S]*?)<\/\1>/g)].map(
		([, kind, content]) => [kind, content!] as const,
	);
	assert.deepEqual(
		inline.map(([kind]) => kind),
		["script", "style", "script"],
	);
	for (const [kind, content] of inline) {
		const hash = createHash("sha256").update(content).digest("base64");
		assert.match(policy, new RegExp(`${kind}-src [^;]*'sha256-${hash.replaceAll(/[+/]/g, "\\$&")}'`));
	}
	assert.match(policy, /^default-src 'none'; /);
	assert.match(policy, /; connect-src 'self' http:; /);
	assert.doesNotMatch(policy.replace(" http:", ""), /unsafe|\*|https?:|\n/);
	assert.doesNotMatch(page, /\son\w+=|\sstyle="/);
});

test("a property whose name is shortened is no key of the wire or of strings", () => {
	const wire = ["api/schema", "alerts/alert", "config/sensor-settings", "network/neighbours", "sampling/reading"].map(
		path => readFileSync(`modules/${path}.ts`, "utf8"),
	);
	const strings = [...files].filter(([name]) => name.endsWith(".json")).map(([, bytes]) => bytes.toString());
	for (const name of tool.internal) {
		assert.doesNotMatch(wire.join("\n"), new RegExp(`^\\s*(readonly )?${name}\\??:`, "m"), name);
		assert.doesNotMatch(strings.join("\n"), new RegExp(`"${name}":`), name);
	}
});

test("nothing points to another host", () => {
	for (const [name, bytes] of files)
		if (!name.endsWith(".gz"))
			assert.doesNotMatch(
				bytes.toString().replaceAll(/http:\/\/(www\.w3\.org\/2000\/svg|\$\{)/g, ""),
				/https?:\/\//,
				name,
			);
});

test("the version is package.json's", () => {
	const { version } = JSON.parse(readFileSync("package.json", "utf8"));
	assert.equal(files.get("version")?.toString(), version);
});

test("every file has its gzipped twin, under a short flat name of its content", () => {
	const names = [...files.keys()].filter(name => name !== "version");
	for (const name of names.filter(name => !name.endsWith(".gz") && !name.endsWith(".csp")))
		assert.deepEqual(gunzipSync(files.get(`${name}.gz`)!), files.get(name));
	for (const name of names)
		assert.match(
			name,
			/^((index|settings|setup)\.(html|csp)|(feed|chart|home|others)-[0-9a-f]{8}\.js|gauge\.js|manifest\.webmanifest|icon\.(svg|png)|(gauges|forms)-(pt|es|de)-[0-9a-f]{8}\.json)(\.gz)?$/,
		);
	for (const name of names.filter(name => name.endsWith(".js") && name !== "gauge.js"))
		assert.ok(name.includes(createHash("sha256").update(files.get(name)!).digest("hex").slice(0, 8)));
});

test("a script carries English alone, and names its page's files of the others", () => {
	for (const [name, bytes] of files)
		if (/\.(html|js)$/.test(name))
			assert.doesNotMatch(bytes.toString(), /Umidade|Humedad|Luftfeuchte|Salvo\.|Guardado\./, name);
	const nameOf = (page: string) =>
		[...files.keys()].find(name => name.startsWith(`${page}-de-`))!.replace("-de-", "-{}-");
	assert.ok(page.includes(`/${nameOf("gauges")}`));
	for (const name of ["settings.html", "setup.html"])
		assert.ok(
			files
				.get(name)!
				.toString()
				.includes(`/${nameOf("forms")}`),
			name,
		);
});

test("a language's file has a name that changes with any of its texts, and every language of a page the same hash", () => {
	for (const page of ["gauges", "forms"]) {
		const names = [...files.keys()].filter(name => name.startsWith(`${page}-`) && name.endsWith(".json"));
		const contents = names.map(name => files.get(name)!.toString());
		const hash = createHash("sha256").update(contents.join("")).digest("hex").slice(0, 8);
		assert.deepEqual(
			names,
			["pt", "es", "de"].map(language => `${page}-${language}-${hash}.json`),
		);
	}
});
