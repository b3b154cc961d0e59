// Common to the settings page and the set-up page: language, theme, and how a failure is explained.

import { type FormStringKey, FormStrings } from "../i18n/form-strings.js";
import { type LanguageKey, languageKeys, languages } from "../i18n/languages.js";
import { LoadedLanguages } from "../i18n/loaded-languages.js";
import { Preferences } from "../i18n/preferences.js";
import { browserStorage } from "../i18n/storage.js";
import type { Failure } from "./client.js";

/** The URL of a language's file, set by the build; `{}` stands for the language. */
declare const LANGUAGE_URL: string;

/** @returns The element below `root` that `selector` finds; it must be there. */
export function find<Found extends HTMLElement = HTMLElement>(selector: string, root: ParentNode = document): Found {
	return root.querySelector<Found>(selector)!;
}

/**
 * Translates the page into the reader's language and sets its theme, which shows the page. It is in English where the language's file
 * does not come. @param select Is given the languages.
 */
export async function translatePage(select: HTMLSelectElement): Promise<FormStrings> {
	const preferences = new Preferences(browserStorage(), navigator.languages);
	const { language, theme } = preferences.choice;
	const loaded = new LoadedLanguages(LANGUAGE_URL);
	await loaded.load(language);
	const strings = new FormStrings(loaded.get(language));
	for (const key of languageKeys) select.add(new Option(languages[key].name, key, false, key === language));
	select.ariaLabel = strings.get("language");
	select.onchange = () => {
		preferences.set("language", select.value as LanguageKey);
		location.reload();
	};
	strings.fill(document);
	const dark = matchMedia("(prefers-color-scheme: dark)").matches;
	document.documentElement.lang = languages[strings.language.key].locale;
	document.documentElement.dataset.theme = theme === "auto" ? (dark ? "dark" : "light") : theme;
	return strings;
}

const explanations: Readonly<Record<number, FormStringKey>> = { 401: "wrongPassword", 429: "tooMany" };

/** @returns A sentence for the reader about `failure`. */
export function explain(strings: FormStrings, { status, error }: Failure): string {
	const key = explanations[status];
	if (key) return strings.get(key);
	return typeof error === "string" ? error : strings.rejection(error.key, error.message);
}

/** Runs `task` with the form's buttons disabled. @param onError Called when the task throws. */
export async function whileDisabled(
	form: HTMLFormElement,
	task: () => Promise<void>,
	onError: () => void,
): Promise<void> {
	const buttons = [...form.querySelectorAll("button")].filter(({ disabled }) => !disabled);
	for (const button of buttons) button.disabled = true;
	try {
		await task();
	} catch {
		onError();
	} finally {
		for (const button of buttons) button.disabled = false;
	}
}
