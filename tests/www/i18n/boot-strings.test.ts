import assert from "node:assert/strict";
import { test } from "node:test";
import { reasons } from "../../../modules/update/reasons.js";
import { noticeSentence } from "../../../www/i18n/boot-strings.js";
import { loaded } from "./languages.js";

test("firmware that was taken back is named with its reason, in the reader's language", () => {
	const notice = { kind: "rolledBack", reason: "1.1.0: it crashed" } as const;
	assert.equal(noticeSentence(notice, loaded.en), "Firmware 1.1.0 was taken back: it crashed.");
	assert.equal(noticeSentence(notice, loaded.pt), "O firmware 1.1.0 foi desfeito: falhou.");
});

test("every reason of the device has a translation", () => {
	for (const reason of Object.values(reasons)) {
		const sentence = noticeSentence({ kind: "safe", reason }, loaded.pt);
		assert.ok(sentence.startsWith("Modo seguro: ") && !sentence.includes(reason), sentence);
	}
});

test("a setting that is not allowed is the device's sentence, whatever is in it", () => {
	const reason = "sensors: an array is not allowed; pin 13: $& is in use";
	assert.ok(noticeSentence({ kind: "safe", reason }, loaded.en).endsWith(`The reason: ${reason}.`));
	assert.ok(noticeSentence({ kind: "rescue", reason }, loaded.pt).endsWith(`O motivo: ${reason}.`));
});
