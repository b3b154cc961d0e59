import type { Language } from "./texts.js";

/** What the reader may choose; the first of each is the default, but for the language, which is the browser's. */
export const choices = { language: ["en", "pt"], unit: ["C", "F"], theme: ["auto", "light", "dark"] } as const;

export interface Choice {
	language: Language;
	unit: "C" | "F";
	theme: "auto" | "light" | "dark";
}

/** The reader's choices, kept by the browser where it keeps anything. */
export class Preferences {
	readonly #store: Pick<Storage, "getItem" | "setItem"> | undefined;
	readonly choice: Choice;

	constructor(store: Pick<Storage, "getItem" | "setItem"> | undefined, locales: readonly string[]) {
		this.#store = store;
		const kept = (name: keyof Choice) => store?.getItem(name);
		const pick = <Value extends string>(values: readonly Value[], value: string | null | undefined, usual: Value) =>
			values.find(known => known === value) ?? usual;
		this.choice = {
			language: pick(choices.language, kept("language"), locales[0]?.startsWith("pt") ? "pt" : "en"),
			unit: pick(choices.unit, kept("unit"), "C"),
			theme: pick(choices.theme, kept("theme"), "auto"),
		};
	}

	set<Name extends keyof Choice>(name: Name, value: Choice[Name]): void {
		this.choice[name] = value;
		try {
			this.#store?.setItem(name, value);
		} catch {
			// A full or forbidden store: the choice holds until the page is left.
		}
	}
}
