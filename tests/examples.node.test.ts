// The examples are Moddable projects that others start from: they compile, are short, and say where they serve.

import { deepEqual, equal, ok } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const folders = readdirSync("examples").map(name => `examples/${name}`);
const sourcesIn = (folder: string) =>
	readdirSync(folder)
		.filter(name => name.endsWith(".ts"))
		.map(name => `${folder}/${name}`);

const read = (path: string) => readFileSync(path, "utf8");
const manifestOf = (folder: string) =>
	JSON.parse(read(`${folder}/manifest.json`)) as {
		build: { NAME: string };
		include: string[];
		modules: Record<string, string>;
		preload?: string[];
	};

/** Lines that are neither blank nor a comment. */
const codeLines = (source: string) => source.split("\n").filter(line => !/^\s*($|\/\/|\/?\*)/.test(line)).length;

test("every source of the examples is type-checked, and has no error", () => {
	const { status, stdout } = spawnSync(
		process.execPath,
		["node_modules/typescript/bin/tsc", "-p", "tsconfig.examples.json", "--listFiles"],
		{ encoding: "utf8" },
	);
	equal(status, 0, stdout);
	const checked = stdout.replaceAll("\\", "/").split(/\r?\n/);
	deepEqual(
		folders.flatMap(sourcesIn).filter(path => !checked.some(file => file.endsWith(`/${path}`))),
		[],
	);
});

for (const folder of folders) {
	test(`${folder} has under 60 lines of code`, () => {
		const lines = ["manifest.json", ...readdirSync(folder).filter(name => name.endsWith(".ts"))].map(name =>
			codeLines(read(`${folder}/${name}`)),
		);
		const sum = lines.reduce((one, other) => one + other, 0);
		ok(sum < 60, `${sum} lines`);
	});

	test(`${folder} includes by relative path what is there, and is named as its folder`, () => {
		const { build, include, modules } = manifestOf(folder);
		equal(`examples/${build.NAME}`, folder);
		const relative = include.filter(path => path.startsWith("."));
		ok(relative.length > 0);
		for (const path of relative) ok(existsSync(join(folder, path)), path);
		for (const path of Object.values(modules).flat()) ok(existsSync(`${join(folder, path)}.ts`), path);
	});

	test(`${folder} says at its top where it serves, if it does`, () => {
		const source = read(`${folder}/main.ts`);
		const [, port] = source.match(/\bport: (\d+)/) ?? [];
		if (/\bnew Server\(/.test(source)) ok(port && source.split("\n")[0]!.includes(`http://ADDRESS:${port}/`));
	});
}

for (const part of ["dht", "http", "sse"])
	test(`modules/${part}/manifest.json preloads the folder's modules, each under the path it has here`, () => {
		const folder = `modules/${part}`;
		const { modules, preload = [] } = manifestOf(folder);
		equal(modules[`${folder}/*`], "./*");
		deepEqual(
			sourcesIn(folder)
				.map(path => path.slice(0, -3))
				.filter(module => !preload.includes(module)),
			[],
		);
		deepEqual(
			preload.filter(module => module.startsWith("modules/") && !existsSync(`${module}.ts`)),
			[],
		);
	});
