import type { Language } from "./texts.js";

/** Numbers, ages and times as the reader writes them. */
export class Format {
	readonly #number: Intl.NumberFormat;
	readonly #age: Intl.RelativeTimeFormat;
	readonly #time: Intl.DateTimeFormat;
	readonly locale: string;
	readonly unit: "C" | "F";

	/** @param locale The reader's own locale of the page's language, as `en-GB`. */
	constructor(locale: string, unit: "C" | "F") {
		this.#number = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
		this.#age = new Intl.RelativeTimeFormat(locale);
		this.#time = new Intl.DateTimeFormat(locale, { timeStyle: "short" });
		this.locale = locale;
		this.unit = unit;
	}

	/** @returns `celsius` in the reader's unit. */
	temperature(celsius: number): number {
		return this.unit === "F" ? celsius * 1.8 + 32 : celsius;
	}

	/** @returns One decimal; a dash for `null` and `undefined`, which stand for what is not known. */
	number(value: number | null | undefined): string {
		return value == null ? "–" : this.#number.format(value).replace(/^-(0[.,]0)$/, "$1");
	}

	/** @returns The number with `unit`; a dash alone for what is not known. */
	measure(value: number | null | undefined, unit: string): string {
		return this.number(value) + (value == null ? "" : ` ${unit}`);
	}

	/** @returns `celsius` in the reader's unit, with it. */
	degrees(celsius: number | null | undefined): string {
		return this.measure(celsius == null ? celsius : this.temperature(celsius), `°${this.unit}`);
	}

	/** @returns `12 seconds ago`. */
	age(ms: number): string {
		const seconds = Math.max(Math.round(ms / 1000), 0);
		if (seconds < 60) return this.#age.format(-seconds, "second");
		if (seconds < 3600) return this.#age.format(-Math.floor(seconds / 60), "minute");
		return this.#age.format(-Math.floor(seconds / 3600), "hour");
	}

	/** @returns The wall time that was `ageMs` ago. */
	time(ageMs: number): string {
		return this.#time.format(Date.now() - ageMs);
	}
}

/** @returns The first of the reader's locales in `language`, or that language's usual one. */
export function localeOf(language: Language, locales: readonly string[]): string {
	return locales.find(locale => locale.startsWith(language)) ?? (language === "pt" ? "pt-BR" : "en");
}
