// Needs Intl, which the chip's engine lacks: these modules run in browsers only.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Format, localeOf } from "../../../www/i18n/format.js";
import { Preferences } from "../../../www/i18n/preferences.js";
import { faultText, text } from "../../../www/i18n/texts.js";

const pt = new Format("pt-BR", "F");
const en = new Format("en-GB", "C");

test("numbers in the reader's locale, with one decimal and no trace of binary fractions", () => {
	assert.equal(en.degrees(24.400000000000002), "24.4 °C");
	assert.equal(pt.degrees(24.4), "75,9 °F");
	assert.equal(en.degrees(-40), "-40.0 °C");
	assert.equal(en.number(-0.04), "0.0");
	assert.equal(pt.number(-0.04), "0,0");
	assert.equal(pt.measure(46.4, "%"), "46,4 %");
});

test("what is not known is a dash, never 0", () => {
	assert.equal(en.degrees(null), "–");
	assert.equal(en.degrees(undefined), "–");
	assert.equal(en.measure(null, "%"), "–");
});

test("ages in words", () => {
	assert.equal(en.age(12_400), "12 seconds ago");
	assert.equal(en.age(-300), "0 seconds ago");
	assert.equal(pt.age(59_400), "há 59 segundos");
	assert.equal(pt.age(60_000), "há 1 minuto");
	assert.equal(en.age(3_600_000), "1 hour ago");
	assert.equal(en.age(172_800_000), "48 hours ago");
});

test("the reader's own locale of the page's language", () => {
	assert.equal(localeOf("en", ["pt-BR", "en-GB", "en-US"]), "en-GB");
	assert.equal(localeOf("pt", ["en-US"]), "pt-BR");
	assert.equal(localeOf("en", []), "en");
});

test("texts in both languages", () => {
	assert.equal(text("temperature", "en"), "Temperature");
	assert.equal(text("temperature", "pt"), "Temperatura");
	assert.equal(text("humidity", "pt"), "Umidade");
	assert.equal(text("lost", "pt", "14:03"), "Fora de alcance desde 14:03, tentando de novo…");
});

test("a fault's sentence: the device's own, in Portuguese the page's where it knows one", () => {
	const known = { error: "no-answer", message: "no answer: check pin 4" };
	assert.equal(faultText(known, "en"), "no answer: check pin 4");
	assert.match(faultText(known, "pt"), /^O sensor não responde/);
	assert.equal(faultText({ error: "new-kind", message: "something new" }, "pt"), "something new");
});

const store = (kept: Record<string, string>) => ({
	getItem: (name: string) => kept[name] ?? null,
	setItem: (name: string, value: string) => {
		kept[name] = value;
	},
});

test("the device's settings come before the browser's language, the reader's choice before both", () => {
	const fresh = () => new Preferences(store({}), ["en"]);
	const first = fresh();
	assert.equal(first.suggest({ language: "pt", units: "F" }), true);
	assert.deepEqual(first.choice, { language: "pt", unit: "F", theme: "auto" });
	assert.equal(first.suggest({ language: "pt", units: "F" }), false);
	assert.equal(fresh().suggest({ language: "auto", units: "C" }), false);
	const kept = new Preferences(store({ language: "en", unit: "C" }), ["en"]);
	assert.equal(kept.suggest({ language: "pt", units: "F" }), false);
	const forbidden = new Preferences(undefined, ["en"]);
	forbidden.set("unit", "C");
	forbidden.suggest({ language: "pt", units: "F" });
	assert.deepEqual(forbidden.choice, { language: "pt", unit: "C", theme: "auto" });
});

test("the browser's language first, then what was chosen", () => {
	assert.equal(new Preferences(undefined, ["pt-PT"]).choice.language, "pt");
	assert.equal(new Preferences(undefined, ["fr", "pt"]).choice.language, "en");
	const kept = {};
	const preferences = new Preferences(store(kept), ["en"]);
	assert.deepEqual(preferences.choice, { language: "en", unit: "C", theme: "auto" });
	preferences.set("language", "pt");
	preferences.set("unit", "F");
	preferences.set("theme", "dark");
	assert.deepEqual(new Preferences(store(kept), ["en"]).choice, { language: "pt", unit: "F", theme: "dark" });
});

test("a store with nonsense, or that refuses, does no harm", () => {
	assert.equal(new Preferences(store({ unit: "K", language: "" }), ["en"]).choice.unit, "C");
	const full = {
		getItem: () => null,
		setItem: () => {
			throw new Error("QuotaExceededError");
		},
	};
	const preferences = new Preferences(full, ["en"]);
	preferences.set("unit", "F");
	assert.equal(preferences.choice.unit, "F");
});
