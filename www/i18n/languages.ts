import type { Readings } from "../../modules/api/schema.js";

export type Language = Exclude<Readings["language"], "auto">;

/** A string of the page, a column a language: one that lacks a language does not compile. */
export type Row = Readonly<Record<Language, string>>;

/** A string that the device sends in English: the page has the other languages. */
export type Translations = Omit<Row, "en">;

/** A language's own name, its usual locale, and that locale's decimal point. */
interface LanguageTraits {
	name: string;
	locale: string;
	point: string;
}

export const languages: Readonly<Record<Language, LanguageTraits>> = {
	en: { name: "English", locale: "en", point: "." },
	pt: { name: "Português", locale: "pt-BR", point: "," },
};

export const languageKeys = Object.keys(languages) as Language[];

/** @returns The language of `locale`, such as `pt-PT`; English where the page does not have it. */
export function languageOf(locale = ""): Language {
	return languageKeys.find(language => locale.startsWith(language)) ?? "en";
}

/** @returns The first of the reader's locales in `language`, or that language's usual one. */
export function localeOf(language: Language, locales: readonly string[]): string {
	return locales.find(locale => locale.startsWith(language)) ?? languages[language].locale;
}
