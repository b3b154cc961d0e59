// What the pages name is there.

import { deepEqual, ok } from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { missingCommands, missingFiles, missingNames, pages } from "./docs.js";

/** @returns What is missing, `page: name`. */
const missing = (of: (page: string) => string[], from = pages) =>
	from.flatMap(path => of(readFileSync(path, "utf8")).map(name => `${path}: ${name}`));

test("every file that a page names is there", () => {
	ok(pages.length > 25);
	deepEqual(missing(missingFiles), []);
});

test("every file that a page links to is there", () => {
	const gone = pages.flatMap(path =>
		[...readFileSync(path, "utf8").matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)]
			.map(([, link]) => join(dirname(path), link!))
			.filter(link => !existsSync(link))
			.map(link => `${path}: ${link}`),
	);
	deepEqual(gone, []);
});

test("every command of npm that a page names is in package.json", () => {
	deepEqual(missing(missingCommands), []);
});

test("every name of code in the recipes is in a source", () => {
	const found = missing(missingNames, ["CONTRIBUTING.md", "docs/how-to.md"]);
	deepEqual(found, []);
});

test("files, commands and names that are not there are found", () => {
	const page =
		"`modules/none.ts`, `none.ts`, `tests/none/`, `npm run none`, `npm test -- none/at/all` `noSuchName()`\n";
	deepEqual(missingFiles(page), ["modules/none.ts", "none.ts", "tests/none/", "none/at/all"]);
	deepEqual(missingCommands(page), ["none"]);
	deepEqual(missingNames("`noSuchName.push`"), ["noSuchName"]);
	deepEqual(missingFiles('```ts\nimport "./modules/none.js";\nimport "./main.js";\n```\n'), ["./modules/none.js"]);
});

test("what is there is not found: examples, folders, parts of a path, modules without an ending", () => {
	const page =
		"`modules/api/NAME.ts` `modules/api/` `tests/layout…` `modules/api/csv` `npm test -- tests/page` `npm run types` `build/www/x`";
	deepEqual([...missingFiles(page), ...missingCommands(page), ...missingNames(page)], []);
});
