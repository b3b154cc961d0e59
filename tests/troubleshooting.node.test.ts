// docs/troubleshooting.md has a row for each thing of a closed set that one may meet.

import { deepEqual, ok } from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { faultKinds } from "../modules/dht/fault.js";

const page = readFileSync("docs/troubleshooting.md", "utf8");
const sources = readdirSync("modules", { recursive: true, withFileTypes: true })
	.filter(entry => entry.isFile() && entry.name.endsWith(".ts"))
	.map(entry => readFileSync(`${entry.parentPath ?? entry.path}/${entry.name}`, "utf8"))
	.join("\n");

/** The first cells of the table below `heading`, each with all that is listed in it. */
function rows(heading: string): string[] {
	const section = page.split(`\n## ${heading}\n`)[1]!.split("\n## ")[0]!;
	return [...section.matchAll(/^\| ([^|]+) \|/gm)].slice(2).flatMap(([, cell]) => cell!.split(", "));
}

/** What the sources hold, each once. */
const all = (pattern: RegExp) => [...new Set([...sources.matchAll(pattern)].map(([, found]) => found!))].sort();

test("every kind of fault", () => {
	deepEqual(rows("A sensor fault").sort(), faultKinds.map(kind => `\`${kind}\``).sort());
});

test("every status of an error", () => {
	const statuses = all(/new HTTPError\((\d{3}),/g);
	ok(statuses.length > 12);
	const told = rows("HTTP statuses");
	deepEqual(
		statuses.filter(status => !told.includes(status)),
		[],
	);
});

test("every reason for which Wi-Fi is not joined", () => {
	const explained = /explanations: Record<\w+, string> = (?:Object\.freeze\(\s*)?\{([^}]*)\}/.exec(sources)![1]!;
	const reasons = [...explained.matchAll(/^\t+"?([a-z-]+)"?:/gm)].map(([, reason]) => `\`${reason}\``);
	ok(reasons.length >= 5);
	deepEqual(rows("Wi-Fi").sort(), reasons.sort());
});
