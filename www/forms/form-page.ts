// What the settings and the set-up page share: their language, and how they tell what went wrong.

import { type Word, Words } from "../i18n/form-texts.js";
import { Preferences } from "../i18n/preferences.js";
import type { Reply } from "./client.js";

/** The element of the page that `selector` finds. */
export function part<Found extends HTMLElement = HTMLElement>(selector: string, root: ParentNode = document): Found {
	return root.querySelector<Found>(selector)!;
}

function store(): Storage | undefined {
	try {
		return localStorage;
	} catch {
		return undefined;
	}
}

/** @returns The texts in the reader's language; `button` changes it. */
export function words(button: HTMLElement): Words {
	const preferences = new Preferences(store(), navigator.languages);
	const { language } = preferences.choice;
	document.documentElement.lang = language === "pt" ? "pt-BR" : "en";
	document.documentElement.dataset.theme =
		preferences.choice.theme === "auto"
			? matchMedia("(prefers-color-scheme: dark)").matches
				? "dark"
				: "light"
			: preferences.choice.theme;
	button.textContent = language === "pt" ? "English" : "Português";
	button.onclick = () => {
		preferences.set("language", language === "pt" ? "en" : "pt");
		location.reload();
	};
	const found = new Words(language);
	found.fill(document);
	return found;
}

const explanations: Record<number, Word> = { 401: "wrongPassword", 429: "tooMany" };

/** @returns What a person is to know of a reply that is no success. */
export function explain(words: Words, { status, body }: Reply): string {
	const known = explanations[status];
	if (known) return words.get(known);
	return body?.message ? words.problem(body.key, body.message) : String(body);
}

/** Runs `task` with `form` locked. */
export async function busy(form: HTMLFormElement, task: () => Promise<void>, onError: () => void): Promise<void> {
	const button = part<HTMLButtonElement>("[type=submit]", form);
	button.disabled = true;
	try {
		await task();
	} catch {
		onError();
	} finally {
		button.disabled = false;
	}
}
