import { type Choice, choices, type Preferences } from "../i18n/preferences.js";
import { type Text, text } from "../i18n/texts.js";

const names: Record<string, string> = { en: "English", pt: "Português", C: "°C", F: "°F" };

/** The reader's switches. */
export class Controls {
	#preferences: Preferences;
	#selects: HTMLSelectElement[];

	/** Puts them into `place`; `onChange` is called after a choice. */
	constructor(place: Element, preferences: Preferences, onChange: () => void) {
		this.#preferences = preferences;
		this.#selects = (Object.keys(choices) as (keyof Choice)[]).map(name => {
			const select = document.createElement("select");
			select.name = name;
			for (const value of choices[name]) select.add(new Option("", value));
			select.onchange = () => {
				preferences.set(name, select.value as never);
				onChange();
			};
			place.append(select);
			return select;
		});
	}

	/** Shows the choices as they are, in the language that is chosen. */
	show(): void {
		const { choice } = this.#preferences;
		const { language } = choice;
		for (const select of this.#selects) {
			select.value = choice[select.name as keyof Choice];
			select.ariaLabel = text(select.name as Text, language);
			for (const option of select.options) option.text = names[option.value] ?? text(option.value as Text, language);
		}
	}
}
