import { english, type Language, type LanguageKey } from "./languages.js";

/** The languages whose files have come. */
export class LoadedLanguages {
	readonly #url: string;
	readonly #found = new Map<LanguageKey, Language>([["en", english]]);

	/** @param url Of the files; `{}` stands for the language. */
	constructor(url: string) {
		this.#url = url;
	}

	/** @returns English as long as the file of `key` has not come. */
	get(key: LanguageKey): Language {
		return this.#found.get(key) ?? english;
	}

	/** Settles once the file has come, or failed: the next call then fetches it again. A device without a response fails after 5 s. */
	async load(key: LanguageKey): Promise<void> {
		if (this.#found.has(key)) return;
		try {
			const response = await fetch(this.#url.replace("{}", key), { signal: AbortSignal.timeout(5000) });
			this.#found.set(key, { key, tables: await response.json() });
		} catch {
			// The page stays as it is.
		}
	}
}
