import type { Notice } from "../../modules/api/schema.js";
import { type Reason, reasons } from "../../modules/update/reasons.js";
import { noticeStrings } from "./english.js";
import type { Language } from "./languages.js";

/** @returns The string in `language`, with `value` for its `{}`. */
export function bootString(key: keyof typeof noticeStrings, { tables }: Language, value = ""): string {
	return (tables.notices?.[key] ?? noticeStrings[key]).replace("{}", () => value);
}

/** @returns The notice as a sentence; a reason that the page does not know stays in English. */
export function noticeSentence({ kind, reason }: Notice, language: Language): string {
	const colon = kind === "rolledBack" ? reason.indexOf(": ") : -2;
	const sentence = reason.slice(colon + 2);
	const found = (Object.keys(reasons) as Reason[]).find(key => reasons[key] === sentence);
	const translated = (found && language.tables.reasons?.[found]) ?? sentence;
	const key = kind === "normal" ? "rolledBack" : kind;
	return bootString(key, language, translated.replace(/\.$/, "")).replace("{v}", () => reason.slice(0, colon));
}
