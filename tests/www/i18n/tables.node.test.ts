// Every text in every language: placeholders, what is of one language alone, and the files that the build makes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { languageKeys, type Strings } from "../../../www/i18n/languages.js";
import { contentOf, tables, translated } from "../../../www/i18n/tables.js";

const rows = Object.values(tables).flatMap(page =>
	Object.entries(page).flatMap(([table, rows]) =>
		Object.entries(rows as Record<string, Strings>).map(([key, row]) => ({ name: `${table}.${key}`, row })),
	),
);

test("no text is empty, and all languages of a row have the same placeholders", () => {
	assert.ok(rows.length > 200);
	for (const { name, row } of rows) {
		const placeholders = Object.values(row).map(text => (text.match(/\{\w*\}/g) ?? []).sort().join());
		assert.ok(Object.values(row).every(Boolean), name);
		assert.deepEqual(new Set(placeholders).size, 1, name);
	}
});

test("a text begins and ends alike in all languages: with a space, a full stop, an ellipsis or a colon", () => {
	const edges = (text: string) => /^\s*/.exec(text)![0] + /[\s.…:]*$/.exec(text)![0];
	for (const { name, row } of rows) assert.equal(new Set(Object.values(row).map(edges)).size, 1, name);
});

test("a language's file has its column of every table of the page", () => {
	assert.deepEqual(["en", ...translated], languageKeys);
	for (const language of translated) {
		const { gauges, faults } = contentOf("gauges", language) as Record<string, Strings>;
		assert.deepEqual(Object.keys(gauges!), Object.keys(tables.gauges.gauges));
		assert.equal(gauges!.temperature, tables.gauges.gauges.temperature[language]);
		assert.equal(faults!.checksum, tables.gauges.faults.checksum[language]);
	}
});

test("Spanish and German address their readers as the install page does: tú, and nobody", () => {
	for (const { name, row } of rows) {
		assert.doesNotMatch(row.es!, /\busted\b|\b(elija|pulse|escriba|revise|compruebe)\b/i, name);
		assert.doesNotMatch(row.de!, /\b(du|dein\w*|dich|dir|Sie müssen|Ihr\w*)\b/, name);
	}
});
