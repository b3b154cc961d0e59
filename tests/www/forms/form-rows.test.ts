import assert from "node:assert/strict";
import { test } from "node:test";
import { settingRows } from "../../../modules/config/setting-rows.js";
import { changeable } from "../../../modules/config/settings.js";
import { formRows } from "../../../www/forms/form-rows.js";
import { languageKeys } from "../../../www/i18n/languages.js";

test("each changeable setting has an input, a sensor's form, or the set-up page", () => {
	const elsewhere = ["sensors", "webhooks", "networks", "ssid", "password"];
	assert.deepEqual(
		formRows.map(({ key }) => key),
		changeable.filter(key => !elsewhere.includes(key)),
	);
});

test("the page has the languages of the settings", () => {
	assert.deepEqual(settingRows.language.values, ["auto", ...languageKeys]);
});
