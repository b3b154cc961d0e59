// Which folder of www/ may import which: docs/page.md has the table.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { test } from "node:test";

interface Import {
	readonly from: string;
	/** The file, or the package where the specifier is not relative. */
	readonly to: string;
	readonly typeOnly: boolean;
}

/** Packages that the page contains. */
const packages = ["uplot"];
/** Folders of modules/ whose code the page runs, too. Types may come from any. */
const shared = ["auth", "climate", "config", "dht", "update"];

/** What each folder may import, by the table of docs/page.md. */
const allowed = new Map(
	readFileSync("docs/page.md", "utf8")
		.split("\n")
		.filter(row => /^\| `\w+\/` /.test(row))
		.map(row => row.split("|").map(cell => [...cell.matchAll(/`(\w+)\/`/g)].map(([, name]) => name!)))
		.map(([, folder, , imports]) => [folder![0]!, imports!] as const),
);

const files = readdirSync("www", { recursive: true, withFileTypes: true })
	.filter(entry => entry.isFile())
	.map(entry => `${entry.parentPath ?? entry.path}/${entry.name}`.replaceAll("\\", "/"))
	.sort();

/** The imports of a source: values, types and style sheets. */
function importsOf(from: string, source: string): Import[] {
	const pattern =
		/^(?:import|export)\s(type\s)?(?:[^;"']*?\bfrom\s)?\s*["']([^"']+)["']|\b(typeof\s)?import\("([^"]+)"\)|^@import\s"([^"]+)"/gm;
	return [...source.matchAll(pattern)].map(([, type, named, typeOf, dynamic, sheet]) => {
		const specifier = (named ?? dynamic ?? sheet)!;
		const path = posix.join(posix.dirname(from), specifier).replace(/\.js$/, ".ts");
		return { from, to: specifier.startsWith(".") ? path : specifier, typeOnly: (type ?? typeOf) !== undefined };
	});
}

const imports = files
	.filter(path => /\.(ts|css)$/.test(path))
	.flatMap(path => importsOf(path, readFileSync(path, "utf8")));

/** The folder of www/ that `path` is in; `undefined` for the files beside the folders. */
const folderOf = (path: string) => /^www\/([^/]+)\//.exec(path)?.[1];

function mayImport({ from, to, typeOnly }: Import): boolean {
	const own = folderOf(from);
	const [top, folder] = to.split("/");
	if (top === "modules") return typeOnly || shared.includes(folder!);
	if (top !== "www") return packages.includes(to);
	if (own === undefined) return true;
	const other = folderOf(to);
	return other !== undefined && (other === own || allowed.get(own)!.includes(other));
}

/** The first cycle of the graph that is found, such as `a → b → a`. */
function cycleOf(graph: ReadonlyMap<string, readonly string[]>): string | undefined {
	const done = new Set<string>();
	const visit = (node: string, path: readonly string[]): string | undefined => {
		const index = path.indexOf(node);
		if (index >= 0) return [...path.slice(index), node].join(" → ");
		if (done.has(node)) return undefined;
		for (const next of graph.get(node) ?? []) {
			const found = visit(next, [...path, node]);
			if (found) return found;
		}
		done.add(node);
		return undefined;
	};
	for (const node of graph.keys()) {
		const found = visit(node, []);
		if (found) return found;
	}
	return undefined;
}

test("every folder of www/ is in the table, and only index.html, main.ts and live.ts lie beside them", () => {
	assert.deepEqual(new Set(files.map(folderOf).filter(name => name !== undefined)), new Set(allowed.keys()));
	assert.deepEqual(
		files.filter(path => folderOf(path) === undefined),
		["www/index.html", "www/live.ts", "www/main.ts"],
	);
});

test("a folder imports those that the table names, types included", () => {
	assert.ok(imports.length > 50);
	assert.deepEqual(
		imports.filter(found => !mayImport(found)).map(({ from, to }) => `${from} imports ${to}`),
		[],
	);
});

test("every import is there", () => {
	const missing = imports.filter(({ to }) => to.includes("/") && !existsSync(to));
	assert.deepEqual(
		missing.map(({ from, to }) => `${from} imports ${to}`),
		[],
	);
});

test("no folder and no file imports in a cycle, types included", () => {
	const graph = new Map(files.map(path => [path, imports.filter(({ from }) => from === path).map(({ to }) => to)]));
	assert.equal(cycleOf(graph), undefined);
	assert.equal(cycleOf(allowed), undefined);
	assert.equal(cycleOf(new Map(Object.entries({ a: ["b"], b: ["c"], c: ["a"] }))), "a → b → c → a");
});

test("an import is found however it is written, and one against the table is noticed", () => {
	const source = `import type {\n\tA,\n} from "../gauges/a.js";\nimport { b } from "./b.js";\nconst c: typeof import("./c.js") = d;\n@import "./e.css";`;
	assert.deepEqual(
		importsOf("www/i18n/x.ts", source).map(found => [found.to, found.typeOnly, mayImport(found)]),
		[
			["www/gauges/a.ts", true, false],
			["www/i18n/b.ts", false, true],
			["www/i18n/c.ts", true, true],
			["www/i18n/e.css", false, true],
		],
	);
	const value = { from: "www/forms/x.ts", typeOnly: false };
	assert.ok(mayImport({ ...value, to: "modules/auth/sha256.ts" }));
	assert.ok(!mayImport({ ...value, to: "modules/app/app.ts" }));
	assert.ok(!mayImport({ ...value, to: "left-pad" }));
});

test("no file of www/ has more than 300 lines", () => {
	const long = files.filter(path => readFileSync(path, "utf8").split("\n").length - 1 > 300);
	assert.deepEqual(long, []);
});
