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
	assert.deepEqual(tool.budget, { gauges: 10_240, all: 40_960 });
});

test("the policy allows these scripts and this style, and no other inline content", () => {
	const inline = [...page.matchAll(/<(script|style)>([\s\S]*?)<\/\1>/g)].map(
		([, kind, content]) => [kind, content!] as const,
	);
	assert.deepEqual(
		inline.map(([kind]) => kind),
		["script", "style", "script", "script"],
	);
	for (const [kind, content] of inline) {
		const hash = createHash("sha256").update(content).digest("base64");
		assert.match(policy, new RegExp(`${kind}-src [^;]*'sha256-${hash.replaceAll(/[+/]/g, "\\$&")}'`));
	}
	assert.match(policy, /^default-src 'none'; /);
	assert.doesNotMatch(policy, /unsafe|\*|https?:|\n/);
	assert.doesNotMatch(page, /\son\w+=|\sstyle="/);
});

test("nothing points to another host", () => {
	for (const [name, bytes] of files)
		if (!name.endsWith(".gz"))
			assert.doesNotMatch(bytes.toString().replaceAll("http://www.w3.org/2000/svg", ""), /https?:\/\//, name);
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
		assert.match(name, /^((index|settings|setup)\.(html|csp)|(feed|chart)-[0-9a-f]{8}\.js)(\.gz)?$/);
	for (const name of names.filter(name => name.endsWith(".js")))
		assert.ok(name.includes(createHash("sha256").update(files.get(name)!).digest("hex").slice(0, 8)));
});
