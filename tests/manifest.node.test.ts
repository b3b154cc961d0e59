// The Moddable build takes what the manifest names, and passes over the rest without a word.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

interface Section {
	modules: Record<string, string | string[]>;
	preload: string[];
}

/** The heap of the chip's machine: chunks in bytes, heap and stack in slots. */
interface Creation {
	chunk: { initial: number };
	heap: { initial: number };
	stack: number;
}

const manifest = JSON.parse(readFileSync("manifest.json", "utf8")) as Section & {
	platforms: { esp32: Section & { creation: Creation }; "...": Section };
};

/** The modules of a folder, as paths without an ending. */
const modulesIn = (folder: string) =>
	readdirSync(folder)
		.filter(name => name.endsWith(".ts") && !name.endsWith(".d.ts"))
		.map(name => `${folder}/${name.slice(0, -3)}`);

const folders = readdirSync("modules", { withFileTypes: true, recursive: true })
	.filter(entry => entry.isDirectory())
	.map(entry => `${entry.parentPath ?? entry.path}/${entry.name}`);

/** The files that a section names, stars resolved. */
const files = ({ modules }: Section) =>
	Object.values(modules)
		.flat()
		.filter(path => path.startsWith("./modules/"))
		.flatMap(path => (path.endsWith("/*") ? modulesIn(path.slice(2, -2)) : [path.slice(2)]));

const { esp32, "...": simulator } = manifest.platforms;
const portable = [
	"modules",
	...folders.filter(folder => !folder.startsWith("modules/platform") && folder !== "modules/dht/esp32"),
].flatMap(modulesIn);

test("every portable module is in the build", () => {
	assert.ok(portable.length > 20);
	assert.deepEqual(
		portable.filter(path => !files(manifest).includes(path)),
		[],
	);
});

test("every module of a host is in that host's build", () => {
	const missing = (section: Section, paths: string[]) => {
		const named = [...files(manifest), ...files(section)];
		return paths.flatMap(path => modulesIn(`modules/${path}`)).filter(path => !named.includes(path));
	};
	assert.deepEqual(missing(esp32, ["platform/xs", "platform/esp32", "dht/esp32"]), []);
	assert.deepEqual(missing(simulator, ["platform/xs", "platform/sim", "platform/simulated"]), []);
});

test("every portable module is preloaded, so that it costs flash and not heap", () => {
	assert.deepEqual(
		portable.filter(path => !manifest.preload.includes(path)),
		[],
	);
});

test("what is preloaded is in the build", () => {
	const own = (section: Section) => section.preload.filter(path => path.startsWith("modules/"));
	assert.deepEqual(
		own(manifest).filter(path => !files(manifest).includes(path)),
		[],
	);
	for (const section of [esp32, simulator])
		assert.deepEqual(
			own(section).filter(path => !files(section).includes(path)),
			[],
		);
});

test("a specifier mirrors its file's path, so that relative imports resolve", () => {
	const strays = [manifest, esp32, simulator].flatMap(({ modules }) =>
		Object.entries(modules).filter(
			([specifier, paths]) => specifier.startsWith("modules/") && ![paths].flat().includes(`./${specifier}`),
		),
	);
	assert.deepEqual(strays, []);
});

test("the chip's heap is what eight sensors and eight streams keep at rest, of 110 KB at most with its stack", () => {
	const slot = 16;
	const budgets = JSON.parse(readFileSync("tests/xs/budgets.json", "utf8")) as Record<string, { bytes: number }>;
	const kept = (part = "") => budgets[`the app at rest, 8 sensors and 8 streams${part}`]!.bytes;
	const { chunk, heap, stack } = esp32.creation;
	const inSlots = kept(", in slots");
	assert.ok(heap.initial * slot >= inSlots, `${heap.initial} slots`);
	assert.ok(chunk.initial >= kept() - inSlots, `${chunk.initial} bytes of chunks`);
	assert.ok(chunk.initial + (heap.initial + stack) * slot <= 110 * 1024);
});
