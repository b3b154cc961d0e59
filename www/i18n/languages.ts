import type { Readings } from "../../modules/api/schema.js";

export type LanguageKey = Exclude<Readings["language"], "auto">;

/** A string of a page, a column a language: one that lacks a language does not compile. */
export type Row = Readonly<Record<LanguageKey, string>>;

/** A string that the device sends in English: the page has the other languages. */
export type Translations = Omit<Row, "en">;

/** One language of a table of rows: a string a key. */
export type Strings = Readonly<Record<string, string>>;

/** A language with the strings of its file, by table. English has no file: its strings are in the scripts. */
export interface Language {
	readonly key: LanguageKey;
	readonly tables: Readonly<Record<string, Strings | undefined>>;
}

export const english: Language = { key: "en", tables: {} };

/** A language's own name, its usual locale, and that locale's decimal point. */
interface LanguageTraits {
	name: string;
	locale: string;
	point: string;
}

export const languages: Readonly<Record<LanguageKey, LanguageTraits>> = {
	en: { name: "English", locale: "en", point: "." },
	pt: { name: "Português", locale: "pt-BR", point: "," },
	es: { name: "Español", locale: "es", point: "," },
	de: { name: "Deutsch", locale: "de", point: "," },
};

export const languageKeys = Object.keys(languages) as LanguageKey[];

/** @returns The language of the first of the reader's `locales`, such as `pt-PT`, that the pages have; English without one. */
export function languageOf(locales: readonly string[]): LanguageKey {
	const found = locales.map(locale => languageKeys.find(language => locale.startsWith(language)));
	return found.find(language => language) ?? "en";
}

/** @returns The first of the reader's locales in `language`, or that language's usual one. */
export function localeOf(language: LanguageKey, locales: readonly string[]): string {
	return locales.find(locale => locale.startsWith(language)) ?? languages[language].locale;
}
