import { equal } from "node:assert/strict";
import { test } from "node:test";
import { mqttSentence } from "../../../www/i18n/mqtt-strings.js";
import { loaded } from "./languages.js";

const connected = { state: "connected", failure: null, failures: 0, sinceSentMs: 3400 } as const;

test("without a broker that is said", () => {
	equal(mqttSentence(null, loaded.en), "No broker is set.");
});

test("a connection has the time since the last message, in a fitting unit", () => {
	equal(mqttSentence({ ...connected, sinceSentMs: null }, loaded.en), "Connected, nothing sent yet.");
	equal(mqttSentence(connected, loaded.en), "Connected, last sent 3 s ago.");
	equal(mqttSentence({ ...connected, sinceSentMs: 600_000 }, loaded.en), "Connected, last sent 10 min ago.");
	equal(mqttSentence({ ...connected, sinceSentMs: 36_000_000 }, loaded.pt), "Conectado, último envio há 10 h.");
});

test("a failure has its reason, also while the next attempt is under way", () => {
	const failed = { ...connected, state: "waiting", failure: "no-such-host" } as const;
	equal(mqttSentence(failed, loaded.en), "Not connected: no such host.");
	equal(mqttSentence({ ...failed, state: "connecting" }, loaded.pt), "Não conectado: o nome não existe.");
	equal(mqttSentence({ ...failed, state: "connecting", failure: null }, loaded.en), "Connecting…");
});
