import type { Readings } from "../../modules/api/schema.js";
import { type LanguageKey, languageKeys, languageOf } from "./languages.js";

/** The values of the reader's choices. */
export const choices = { language: languageKeys, unit: ["C", "F"], theme: ["auto", "light", "dark"] } as const;

export interface Choice {
	language: LanguageKey;
	unit: Readings["units"];
	theme: "auto" | "light" | "dark";
}

/** The reader's choices, kept in the browser's storage; without them the device's settings, then the browser's language. */
export class Preferences {
	readonly #store: Pick<Storage, "getItem" | "setItem"> | undefined;
	/** The choices that the reader has made. */
	readonly #chosen: Partial<Choice>;
	readonly choice: Choice;

	constructor(store: Pick<Storage, "getItem" | "setItem"> | undefined, locales: readonly string[]) {
		this.#store = store;
		this.#chosen = Object.fromEntries(
			Object.entries(choices).flatMap(([name, values]) => {
				const kept = store?.getItem(name);
				return values.filter(value => value === kept).map(value => [name, value]);
			}),
		);
		this.choice = { language: languageOf(locales), unit: "C", theme: "auto", ...this.#chosen };
	}

	/** Applies the device's settings where the reader has made no choice. @returns Whether that changes anything. */
	suggest({ language, units }: Pick<Readings, "language" | "units">): boolean {
		const before = { ...this.choice };
		if (language !== "auto") this.choice.language = language;
		this.choice.unit = units;
		Object.assign(this.choice, this.#chosen);
		return this.choice.language !== before.language || this.choice.unit !== before.unit;
	}

	set<Name extends keyof Choice>(name: Name, value: Choice[Name]): void {
		this.#chosen[name] = this.choice[name] = value;
		try {
			this.#store?.setItem(name, value);
		} catch {
			// The storage is full or forbidden: the choice lasts until the page is left.
		}
	}
}
