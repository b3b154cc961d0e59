import type { Readings } from "../../modules/api/schema.js";
import { type Language, languageKeys, languageOf } from "./languages.js";

/** What the reader may choose. */
export const choices = { language: languageKeys, unit: ["C", "F"], theme: ["auto", "light", "dark"] } as const;

export interface Choice {
	language: Language;
	unit: Readings["units"];
	theme: "auto" | "light" | "dark";
}

/** The reader's choices, kept by the browser where it keeps anything; then the device's settings; then the browser's language. */
export class Preferences {
	readonly #store: Pick<Storage, "getItem" | "setItem"> | undefined;
	/** What the reader has chosen himself. */
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
		this.choice = { language: languageOf(locales[0]), unit: "C", theme: "auto", ...this.#chosen };
	}

	/** Takes up the device's settings where the reader has chosen nothing. @returns Whether that changes anything. */
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
			// A full or forbidden store: the choice holds until the page is left.
		}
	}
}
