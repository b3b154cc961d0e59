// Which folder may import which, and how large a file may be: docs/architecture.md has the table that this holds.

import { deepEqual, ok } from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { test } from "node:test";
import { functions } from "./source.js";

const page = "docs/architecture.md";

/** What each folder of `modules/` may import. */
const allowed = new Map(
	readFileSync(page, "utf8")
		.split("\n## Folders")[1]!
		.split("\n## ")[0]!
		.split("\n")
		.filter(row => row.startsWith("| `"))
		.map(row => {
			const [, folder = "", , imports = ""] = row.split("|").map(cell => cell.trim());
			return [folder.slice(1, -2), [...imports.matchAll(/`([^`]+)\/`/g)].map(([, name]) => name!)] as const;
		}),
);

interface Import {
	readonly from: string;
	readonly line: number;
	readonly specifier: string;
	/** The file, where it is one of the project. */
	readonly to: string | undefined;
}

const files = readdirSync("modules", { recursive: true, withFileTypes: true })
	.filter(entry => entry.isFile())
	.map(entry => `${entry.parentPath ?? entry.path}/${entry.name}`.replaceAll("\\", "/"))
	.sort();
const sources = files.filter(path => path.endsWith(".ts") && !path.endsWith(".d.ts"));

/** The file that `specifier` of `from` names. A device's host module names files by their full specifiers. */
function resolve(from: string, specifier: string): string | undefined {
	if (specifier.startsWith(".")) return posix.join(posix.dirname(from), specifier).replace(/\.js$/, ".ts");
	return specifier.startsWith("modules/") ? `${specifier}.ts` : undefined;
}

/** The imports of a source, types included. */
function imports(from: string, source: string): Import[] {
	const all = /^(?:import|export)\b(?:[^;"']*?\bfrom\s)?\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/gm;
	return [...source.matchAll(all)].map(found => {
		const specifier = (found[1] ?? found[2])!;
		const line = source.slice(0, found.index).split("\n").length;
		return { from, line, specifier, to: resolve(from, specifier) };
	});
}

/** The row of the table that a file is under: the longest that fits. */
function folderOf(path: string): string | undefined {
	const parts = path.split("/").slice(1, -1);
	for (let length = parts.length; length > 0; length--) {
		const folder = parts.slice(0, length).join("/");
		if (allowed.has(folder)) return folder;
	}
	return undefined;
}

const all = sources.flatMap(path => imports(path, readFileSync(path, "utf8")));
const show = ({ from, line, specifier }: Import) => `${from}:${line} imports ${specifier}`;
const isHost = (path: string) => /^modules\/platform\/(node|xs|sim|esp32|embedded)\//.test(path);

/** Whether the table lets `from` import `to`. */
function mayImport(from: string, to: string): boolean {
	const own = folderOf(from);
	const other = folderOf(to);
	if (own === undefined || other === undefined) return false;
	return own === other || other === "platform" || allowed.get(own)!.includes(other);
}

test("the table names folders that are there, and is free of circles", () => {
	ok(allowed.size >= 15);
	const unknown = [...allowed].flatMap(([folder, others]) =>
		[folder, ...others].filter(name => !existsSync(`modules/${name}`) || !allowed.has(name)),
	);
	deepEqual(unknown, []);
	deepEqual(circles(allowed), []);
});

test("every folder of modules/ is in the table, and no file lies loose", () => {
	deepEqual(
		files.filter(path => folderOf(path) === undefined),
		[],
	);
});

test("a folder imports what the table lets it, types included", () => {
	deepEqual(all.filter(({ from, to }) => to !== undefined && !mayImport(from, to)).map(show), []);
});

test("what the table does not name is found", () => {
	ok(mayImport("modules/sse/broadcaster.ts", "modules/http/handler.ts"));
	ok(mayImport("modules/history/ring.ts", "modules/platform/types.ts"));
	ok(!mayImport("modules/http/handler.ts", "modules/sse/broadcaster.ts"));
	ok(!mayImport("modules/history/ring.ts", "modules/platform/xs/clock.ts"));
	ok(!mayImport("modules/http/handler.ts", "modules/app.ts"));
	deepEqual(
		imports(
			"modules/x/y.ts",
			'import type {\n\tA,\n} from "../z/a.js";\nexport * from "./b.js";\nimport "c";\nimport("./d.js");',
		).map(({ line, specifier, to }) => [line, specifier, to]),
		[
			[1, "../z/a.js", "modules/z/a.ts"],
			[4, "./b.js", "modules/x/b.ts"],
			[5, "c", undefined],
			[6, "./d.js", "modules/x/d.ts"],
		],
	);
});

/** Ways that lead back to where they began, each once. */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[] {
	const found: string[] = [];
	const done = new Set<string>();
	const visit = (node: string, way: readonly string[]) => {
		const at = way.indexOf(node);
		if (at >= 0) found.push([...way.slice(at), node].join(" → "));
		if (at >= 0 || done.has(node)) return;
		for (const next of graph.get(node) ?? []) visit(next, [...way, node]);
		done.add(node);
	};
	for (const node of graph.keys()) visit(node, []);
	return found;
}

test("no file imports in a circle, types included", () => {
	const graph = new Map(
		sources.map(path => [path, all.filter(({ from, to }) => from === path && to !== undefined).map(({ to }) => to!)]),
	);
	deepEqual(circles(graph), []);
	deepEqual(circles(new Map(Object.entries({ a: ["b"], b: ["c", "d"], c: ["a"], d: [] }))), ["a → b → c → a"]);
});

test("portable modules import neither Node nor the SDK", () => {
	deepEqual(all.filter(({ from, to }) => to === undefined && !isHost(from)).map(show), []);
});

test("relative imports end in .js and keep the case of the path", () => {
	deepEqual(
		all
			.filter(({ specifier, to }) => specifier.startsWith(".") && (!/\.js$/.test(specifier) || !existsSync(to!)))
			.map(show),
		[],
	);
});

test("the server is the device's own: nothing imports node:http", () => {
	deepEqual(all.filter(({ specifier }) => /^(node:)?https?2?$/.test(specifier)).map(show), []);
});

/** What only this product knows: names of its events, resources, pages and settings. */
const product =
	/sensor-(data|fault)|\/api\/|["'`]\/(settings|setup|metrics)\b|["'`]dht["'`]|\bportal\b|moddable\.config|SensorData|SensorFault/i;
/** Besides: what a server of events has nothing to do with. */
const subject = /sensor|temperature|humidity|\bdht|\breadings?\b|gauge|wi-?fi|access point/i;

test("http/, sse/ and dht/ know no product, comments included", () => {
	const found = sources
		.filter(path => /^modules\/(http|sse|dht)\//.test(path))
		.flatMap(path =>
			readFileSync(path, "utf8")
				.split("\n")
				.map((text, at) => ({ path, at, text }))
				.filter(({ text }) => product.test(text) || (!path.startsWith("modules/dht/") && subject.test(text)))
				.map(({ at, text }) => `${path}:${at + 1}: ${text.trim()}`),
		);
	deepEqual(found, []);
	for (const text of ['"event: sensor-data"', 'name = "dht"', 'get("/api/readings")']) ok(product.test(text));
});

test("no file of modules/ has more than 300 lines", () => {
	const long = files
		.map(path => ({ path, lines: readFileSync(path, "utf8").split("\n").length - 1 }))
		.filter(({ lines }) => lines > 300);
	deepEqual(
		long.map(({ path, lines }) => `${path}: ${lines} lines`),
		[],
	);
});

test("no function of modules/ has more than 45 lines", () => {
	const long = files
		.filter(path => /\.(ts|js|c)$/.test(path))
		.flatMap(path => functions(readFileSync(path, "utf8")).map(found => ({ path, ...found })))
		.filter(({ lines }) => lines > 45);
	deepEqual(
		long.map(({ path, line, lines, head }) => `${path}:${line}: ${lines} lines: ${head}`),
		[],
	);
});

test("a function is found however it is written, and a block is none", () => {
	const body = "\n1;\n}";
	const written = [
		`function a() {${body}`,
		`const a = () => {${body}`,
		`class A { a(b: string): void {${body} }`,
		`class A { get a(): { b: number } {${body} }`,
		`const a = { async b(c = "{") {${body} }`,
		`static void a(int b)\n{${body}`,
	];
	for (const source of written) deepEqual([source, functions(source).map(({ lines }) => lines)], [source, [3]]);
	for (const source of ["if (a) {", "for (const a of b()) {", "class A {", "} catch (a) {", "const a: B = {"])
		deepEqual([source, functions(source + body)], [source, []]);
});
