import assert from "node:assert/strict";
import { test } from "node:test";
import { settingRows } from "../../../modules/config/setting-rows.js";
import { FormStrings } from "../../../www/i18n/form-strings.js";
import type { Row } from "../../../www/i18n/languages.js";
import { faultSentence, localize } from "../../../www/i18n/strings.js";
import { loaded } from "./languages.js";

// @ts-expect-error: a row that lacks a language does not compile.
void ({ en: "Name" } satisfies Row);

test("a string is in the language asked for, with its value", () => {
	assert.equal(localize("temperature", loaded.en), "Temperature");
	assert.equal(localize("temperature", loaded.pt), "Temperatura");
	assert.equal(localize("humidity", loaded.pt), "Umidade");
	assert.equal(localize("lost", loaded.pt, "14:03"), "Fora de alcance desde 14:03, tentando de novo…");
});

test("a fault's sentence is the device's in English, the page's in Portuguese, the device's again for a new kind", () => {
	const noAnswer = { error: "no-answer", message: "no answer: check pin 4" };
	assert.equal(faultSentence(noAnswer, loaded.en), "no answer: check pin 4");
	assert.match(faultSentence(noAnswer, loaded.pt), /^O sensor não responde/);
	assert.equal(faultSentence({ error: "new-kind", message: "something new" }, loaded.pt), "something new");
});

test("a rejected setting is the device's sentence in English, and what is allowed in Portuguese", () => {
	const message = "sensors[0].pin: 49 is not allowed; a whole number from 0 to 48 is";
	assert.equal(new FormStrings(loaded.en).rejection("sensors[0].pin", message), message);
	assert.match(
		new FormStrings(loaded.pt).rejection("sensors[0].pin", message),
		/^sensors\[0\]\.pin: valor não permitido; um pino que o chip tem/,
	);
	assert.match(
		new FormStrings(loaded.pt).rejection("newKey", message),
		/newKey: valor não permitido; sensors\[0\]\.pin: 49/,
	);
});

test("what is allowed has the setting's own limits", () => {
	const strings = new FormStrings(loaded.pt);
	const { min, max } = settingRows.intervalMs;
	assert.equal(
		strings.rejection("intervalMs", ""),
		`intervalMs: valor não permitido; um número inteiro de ${min} a ${max}`,
	);
	for (const key of Object.keys(settingRows)) assert.doesNotMatch(strings.rejection(key, ""), /[{}]|undefined/, key);
});

test("a reason that the page lacks is left out", () => {
	assert.equal(new FormStrings(loaded.en).reason("not-found"), "the network is not in reach");
	assert.equal(new FormStrings(loaded.pt).reason("new-reason"), "");
});
