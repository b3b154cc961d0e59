// Languages as a page has them once their files have come.

import { english, type Language, type LanguageKey } from "../../../www/i18n/languages.js";
import { contentOf, translated } from "../../../www/i18n/tables.js";

/** Every language, by key. */
export const loaded = Object.fromEntries([
	["en", english],
	...translated.map(key => [key, { key, tables: { ...contentOf("gauges", key), ...contentOf("forms", key) } }]),
]) as Readonly<Record<LanguageKey, Language>>;
