import { type Language, type LanguageKey, languages } from "../i18n/languages.js";
import { type Choice, choices, type Preferences } from "../i18n/preferences.js";
import { localize, type StringKey } from "../i18n/strings.js";

const units: Readonly<Record<string, string>> = { C: "°C", F: "°F" };

/** @returns The name of a choice in `language`; languages and units have one name everywhere. */
function nameOf(choice: string, language: Language): string {
	return languages[choice as LanguageKey]?.name ?? units[choice] ?? localize(choice as StringKey, language);
}

/** The selects of the reader's choices: language, unit and theme. */
export class Controls {
	#preferences: Preferences;
	#selects: HTMLSelectElement[];

	/** Appends the selects to `parent`. @param onChange Called after a choice. */
	constructor(parent: Element, preferences: Preferences, onChange: () => void) {
		this.#preferences = preferences;
		this.#selects = (Object.keys(choices) as (keyof Choice)[]).map(name => {
			const select = document.createElement("select");
			select.name = name;
			for (const value of choices[name]) select.add(new Option("", value));
			select.onchange = () => {
				preferences.set(name, select.value as never);
				onChange();
			};
			parent.append(select);
			return select;
		});
	}

	/** Shows the current choices in `language`. */
	show(language: Language): void {
		const { choice } = this.#preferences;
		for (const select of this.#selects) {
			select.value = choice[select.name as keyof Choice];
			select.ariaLabel = localize(select.name as StringKey, language);
			for (const option of select.options) option.textContent = nameOf(option.value, language);
		}
	}
}
