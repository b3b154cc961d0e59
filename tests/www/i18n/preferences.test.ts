import assert from "node:assert/strict";
import { test } from "node:test";
import { Preferences } from "../../../www/i18n/preferences.js";

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
	assert.equal(new Preferences(undefined, ["fr", "pt"]).choice.language, "pt");
	assert.equal(new Preferences(undefined, ["fr"]).choice.language, "en");
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
