import { equal, match } from "node:assert/strict";
import { test } from "node:test";
import type { ImageState } from "../../../modules/platform/firmware.js";
import { explainUpdate, localize, stateName } from "../../../www/i18n/firmware-strings.js";
import { loaded } from "./languages.js";

test("a string has its value, whatever that is made of", () => {
	equal(localize("running", loaded.en, "1.0.0 ($& {})"), "Running: 1.0.0 ($& {})");
	equal(localize("sent", loaded.pt, 43), "Enviado: 43 %");
});

test("what went wrong is the device's sentence with what to do, in Portuguese the page's with the device's", () => {
	const message = "The image is refused: it is no firmware image.";
	match(explainUpdate(422, message, loaded.en), /^The image is refused: it is no firmware image\. Take the file/);
	match(explainUpdate(422, message, loaded.pt), /^Não é um firmware deste aparelho.* \(The image is refused: .*\)$/);
	equal(explainUpdate(418, "new", loaded.en), "new");
	equal(explainUpdate(418, "new", loaded.pt), "new");
});

test("a state that the page lacks has the device's name", () => {
	equal(stateName("pending", loaded.pt), "em teste");
	equal(stateName("sleeping" as ImageState, loaded.pt), "sleeping");
});
