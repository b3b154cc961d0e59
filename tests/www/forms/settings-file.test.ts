import { deepEqual, throws } from "node:assert/strict";
import { test } from "node:test";
import { differences, readSettingsFile } from "../../../www/forms/settings-file.js";

test("what a file would change is told by key, and what is not known", () => {
	const settings = { format: 1, name: "dht", units: "C", hosts: ["a.lan"] };
	const content = { format: 1, name: "dht", units: "F", hosts: [], password: "secret", port: 80, moisture: { pin: 9 } };
	deepEqual(differences(settings, content), {
		changes: ['units: "C" → "F"', 'hosts: ["a.lan"] → []', "password: ***"],
		unknown: ["port", "moisture"],
		content: { format: 1, units: "F", hosts: [], password: "secret", port: 80, moisture: { pin: 9 } },
	});
});

test("a long value is cut, and a key that the device lacks has no value before", () => {
	const { changes } = differences({}, { timeServer: "t".repeat(100) });
	deepEqual(changes, [`timeServer: – → "${"t".repeat(59)}…`]);
});

test("what is no object in JSON is none of settings", () => {
	for (const text of ["", "{", "[]", "null", '"text"', '{"name":"dht"'])
		throws(() => readSettingsFile(text), Error, text);
	deepEqual(readSettingsFile('{"name":"dht"}'), { name: "dht" });
});
