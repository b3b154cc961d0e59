// The table has rows for all that there is: whoever adds a field, a resource, a key or a record adds rows.

import { deepEqual, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { requestOptions } from "../../modules/app/http-service.js";
import { changeKeys } from "../../modules/config/settings.js";
import { Type } from "../../modules/network/dns-message.js";
import { rows } from "./table.js";

/** What rows of a kind are of, in order. */
const covered = (kind: string) =>
	[...new Set(rows.filter(({ of }) => of.startsWith(`${kind} `)).map(({ of }) => of.slice(kind.length + 1)))].sort();

/** The paths that a module's text names as its own. */
const pathsOf = (module: string) =>
	[...readFileSync(module, "utf8").matchAll(/(?:\[\s*|\.set\()"(\/[a-z/.-]*)",/g)].map(([, path = ""]) => path);

test("there are at least 200 rows, each of its own name, and a bound of 40 KB for all", () => {
	ok(rows.length >= 200, `${rows.length}`);
	deepEqual(new Set(rows.map(({ name }) => name)).size, rows.length);
	ok(rows.every(({ most }) => most <= 40));
});

test("each header field that is used has rows", () => {
	const read = requestOptions.fields.rules.flatMap(rule => (rule ? [rule.name] : []));
	deepEqual(covered("field"), [...read, "cookie"].sort());
});

test("each path that is served has rows", () => {
	deepEqual(covered("path"), pathsOf("modules/app/routes.ts").sort());
});

test("each key of a change has rows", () => {
	deepEqual(covered("key"), [...new Set(changeKeys)].sort());
});

test("each kind of record has rows", () => {
	deepEqual(covered("record"), Object.keys(Type).sort());
});
