// The README's table of settings says what their rows say. A failure prints the table as it should be.

import { equal } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { formats } from "../../modules/config/formats.js";
import { defaultSensor, type SettingRow, settingRows } from "../../modules/config/setting-rows.js";
import type { Rule } from "../../modules/config/validate.js";

const code = (value: unknown) => `\`${value}\``;

function allowed(rule: Rule): string {
	switch (rule.type) {
		case "integer":
		case "decimal":
			return `${rule.min} to ${rule.max}`;
		case "string":
			return rule.format
				? formats[rule.format].allowed.replace(/,? (is|are)$/, "")
				: `${rule.min ?? 0} to ${rule.max} characters`;
		case "boolean":
			return `${code(true)}, ${code(false)}`;
		case "oneOf":
			return rule.values.map(code).join(", ");
		case "list":
			return `up to ${rule.max}, each ${allowed(rule.item)}`;
		case "sensors":
			return `1 to ${rule.max}`;
		case "webhooks":
		case "networks":
			return `up to ${rule.max}`;
		default:
			throw new Error(`a setting is ${rule.type}`);
	}
}

function standard(rule: Rule): string {
	if (rule.type === "sensors") return `one ${defaultSensor.model} on pin ${defaultSensor.pin}`;
	return rule.default === undefined || rule.default === "" ? "none" : code(rule.default);
}

function changes({ changeable, restarts, form }: SettingRow): string {
	if (!changeable) return "at build time";
	const page = code(form === "setup" ? "/setup" : "/settings");
	return restarts ? `at ${page}, from the next boot on` : `at ${page}`;
}

test("the README's table has each setting with its limits, its default and where it changes", () => {
	const [, section = ""] = readFileSync("README.md", "utf8").split("\n## Configuration\n");
	const [table = ""] = /^\| key .*\n(\|.*\n)+/m.exec(section) ?? [];
	const meanings = new Map(
		table.split("\n").map(line => {
			const [, key = "", meaning = ""] = line.split("|").map(cell => cell.trim());
			return [key, meaning];
		}),
	);
	const rows = Object.entries<SettingRow>(settingRows).map(([key, row]) =>
		[code(key), meanings.get(code(key)) ?? "", allowed(row), standard(row), changes(row)].join(" | "),
	);
	const head = ["key | meaning | allowed | default | changes", "--- | --- | --- | --- | ---"];
	const wanted = [...head, ...rows].map(row => `| ${row} |\n`).join("");
	equal(table, wanted, `the table should be\n\n${wanted}`);
});
