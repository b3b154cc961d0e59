// Reads a file of settings, and tells how it differs from what a device has.

import { type SettingRow, settingRows } from "../../modules/config/setting-rows.js";
import { changesOf } from "./input.js";

export type FileContent = Readonly<Record<string, unknown>>;

/** What a file would change. */
export interface Differences {
	/** A line a setting: `units: "C" → "F"`. */
	readonly changes: readonly string[];
	/** Keys that the device does not know. */
	readonly unknown: readonly string[];
	/** The settings of the file that differ. */
	readonly content: FileContent;
}

/** Characters of a value that are shown. */
const maxShown = 60;

function show(value: unknown): string {
	const json = JSON.stringify(value) ?? "–";
	return json.length > maxShown ? `${json.slice(0, maxShown)}…` : json;
}

/** @throws {Error} `json` is no JSON, or no object of settings. */
export function readSettingsFile(json: string): FileContent {
	const content: unknown = JSON.parse(json);
	if (typeof content !== "object" || content === null || Array.isArray(content)) throw new Error("{…} is missing");
	return content as FileContent;
}

/** @param settings As the device has them, secrets left out. */
export function differences(settings: object, content: FileContent): Differences {
	const rows: Readonly<Record<string, SettingRow | undefined>> = settingRows;
	const { format: _, ...values } = content;
	const changes: string[] = [];
	const unknown: string[] = [];
	const changed = changesOf(settings, values);
	for (const [key, value] of Object.entries(changed)) {
		const row = Object.hasOwn(rows, key) ? rows[key] : undefined;
		if (!row?.changeable) unknown.push(key);
		else if (row.secret) changes.push(`${key}: ***`);
		else changes.push(`${key}: ${show((settings as FileContent)[key])} → ${show(value)}`);
	}
	return { changes, unknown, content: { ...("format" in content && { format: content.format }), ...changed } };
}
