import { backupStrings } from "./english.js";
import type { Language } from "./languages.js";

export type BackupStringKey = keyof typeof backupStrings;

/** @returns The string in `language`, with `value` for its `{}`. */
export function localizeBackup(key: BackupStringKey, { tables }: Language, value: string | number = ""): string {
	return (tables.backup?.[key] ?? backupStrings[key]).replace("{}", () => String(value));
}
