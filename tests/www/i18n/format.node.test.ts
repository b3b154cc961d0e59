// Needs Intl, which the chip's engine lacks: this module runs in browsers only.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Format } from "../../../www/i18n/format.js";
import { type LanguageKey, languageOf, localeOf } from "../../../www/i18n/languages.js";

const pt = new Format("pt", ["pt-BR"], "F");
const en = new Format("en", ["en-GB"], "C");

test("numbers have the locale's point, one decimal and no trace of binary fractions", () => {
	assert.equal(en.degrees(24.400000000000002), "24.4 °C");
	assert.equal(pt.degrees(24.4), "75,9 °F");
	assert.equal(en.degrees(-40), "-40.0 °C");
	assert.equal(en.number(-0.04), "0.0");
	assert.equal(pt.number(-0.04), "0,0");
	assert.equal(pt.measure(46.4, "%"), "46,4 %");
});

test("a value that is not there is a dash, never 0", () => {
	assert.equal(en.degrees(null), "–");
	assert.equal(en.degrees(undefined), "–");
	assert.equal(en.measure(null, "%"), "–");
});

test("ages are phrases of the locale", () => {
	assert.equal(en.age(12_400), "12 seconds ago");
	assert.equal(en.age(-300), "0 seconds ago");
	assert.equal(pt.age(59_400), "há 59 segundos");
	assert.equal(pt.age(60_000), "há 1 minuto");
	assert.equal(en.age(3_600_000), "1 hour ago");
	assert.equal(en.age(172_800_000), "48 hours ago");
});

test("the locale is the reader's own in the page's language, else the usual one", () => {
	assert.equal(localeOf("en", ["pt-BR", "en-GB", "en-US"]), "en-GB");
	assert.equal(localeOf("pt", ["en-US"]), "pt-BR");
	assert.equal(localeOf("en", []), "en");
});

test("numbers have the point of every language, and of the reader's own locale", () => {
	const shown = (language: LanguageKey, locale: string) => {
		const format = new Format(language, [locale], "C");
		const first = format.degrees(24.4);
		format.settle();
		return [first, format.degrees(24.4)];
	};
	assert.deepEqual(shown("en", "en"), ["24.4 °C", "24.4 °C"]);
	assert.deepEqual(shown("pt", "pt-PT"), ["24,4 °C", "24,4 °C"]);
	assert.deepEqual(shown("es", "es"), ["24,4 °C", "24,4 °C"]);
	assert.deepEqual(shown("es", "es-MX")[1], "24.4 °C");
	assert.deepEqual(shown("de", "de-CH")[1], "24.4 °C");
	assert.equal(new Format("de", [], "C").age(12_000), "vor 12 Sekunden");
	assert.equal(new Format("es", [], "C").age(12_000), "hace 12 segundos");
});

test("the language is that of the first locale that the page has, English without one", () => {
	assert.equal(languageOf(["pt-PT"]), "pt");
	assert.equal(languageOf(["fr", "de-AT", "es"]), "de");
	assert.equal(languageOf(["fr"]), "en");
	assert.equal(languageOf([]), "en");
});
