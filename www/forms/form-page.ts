// Common to the settings page and the set-up page: language, theme, and how a failure is explained.

import { type FormStringKey, FormStrings } from "../i18n/form-strings.js";
import { languageKeys, languages } from "../i18n/languages.js";
import { Preferences } from "../i18n/preferences.js";
import type { Failure } from "./client.js";

/** @returns The element below `root` that `selector` finds; it must be there. */
export function find<Found extends HTMLElement = HTMLElement>(selector: string, root: ParentNode = document): Found {
	return root.querySelector<Found>(selector)!;
}

function store(): Storage | undefined {
	try {
		return localStorage;
	} catch {
		return undefined;
	}
}

/** Translates the page into the reader's language and sets its theme. @param button Changes to the next language. */
export function translatePage(button: HTMLElement): FormStrings {
	const preferences = new Preferences(store(), navigator.languages);
	const { language, theme } = preferences.choice;
	const dark = matchMedia("(prefers-color-scheme: dark)").matches;
	document.documentElement.lang = languages[language].locale;
	document.documentElement.dataset.theme = theme === "auto" ? (dark ? "dark" : "light") : theme;
	const next = languageKeys[(languageKeys.indexOf(language) + 1) % languageKeys.length]!;
	button.textContent = languages[next].name;
	button.onclick = () => {
		preferences.set("language", next);
		location.reload();
	};
	const strings = new FormStrings(language);
	strings.fill(document);
	return strings;
}

const explanations: Readonly<Record<number, FormStringKey>> = { 401: "wrongPassword", 429: "tooMany" };

/** @returns A sentence for the reader about `failure`. */
export function explain(strings: FormStrings, { status, error }: Failure): string {
	const key = explanations[status];
	if (key) return strings.get(key);
	return typeof error === "string" ? error : strings.rejection(error.key, error.message);
}

/** Runs `task` with the form's submit button disabled. @param onError Called when the task throws. */
export async function whileDisabled(
	form: HTMLFormElement,
	task: () => Promise<void>,
	onError: () => void,
): Promise<void> {
	const button = find<HTMLButtonElement>("[type=submit]", form);
	button.disabled = true;
	try {
		await task();
	} catch {
		onError();
	} finally {
		button.disabled = false;
	}
}
