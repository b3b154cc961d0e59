// The driver's manifest, which other Moddable projects include: mcconfig passes over what it does not name.

import { deepEqual, ok } from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

interface Section {
	modules: Record<string, string>;
	preload: string[];
}

const folder = "modules/dht";
const manifest: Section & { platforms: { esp32: Section } } = JSON.parse(
	readFileSync(join(folder, "manifest.json"), "utf8"),
);
const sections = [manifest, manifest.platforms.esp32];
const modulesIn = (path: string) =>
	readdirSync(path)
		.filter(name => name.endsWith(".ts") && !name.endsWith(".d.ts"))
		.map(name => `${path}/${name.slice(0, -3)}`);

test("every module of the driver is in the manifest", () => {
	const named = sections
		.flatMap(({ modules }) => Object.values(modules))
		.flatMap(path => (path === "./*" ? modulesIn(folder) : join(folder, path)));
	const all = [folder, `${folder}/esp32`, `${folder}/embedded`].flatMap(modulesIn);
	deepEqual(
		all.filter(path => !named.includes(path)),
		[],
	);
});

test("every module of the driver is preloaded", () => {
	const specifiers = sections.flatMap(({ modules }) => Object.keys(modules)).filter(name => !name.includes("*"));
	const preloaded = sections.flatMap(({ preload }) => preload);
	deepEqual(
		[...modulesIn(folder), ...specifiers].filter(name => !preloaded.includes(name)),
		[],
	);
});

test("every file that the manifest names is there", () => {
	for (const path of sections.flatMap(({ modules }) => Object.values(modules)))
		if (path.startsWith("./") && !path.includes("*"))
			ok(
				[".ts", ".js"].some(ending => existsSync(join(folder, path + ending))),
				path,
			);
});
