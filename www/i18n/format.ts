import type { Readings } from "../../modules/api/schema.js";
import { type LanguageKey, languages, localeOf } from "./languages.js";

/** Formats numbers, ages and times in the reader's locale. */
export class Format {
	#point: string;
	// Made on first use: they are slow to make, and only failures need them.
	#age: Intl.RelativeTimeFormat | undefined;
	#time: Intl.DateTimeFormat | undefined;
	readonly locale: string;
	readonly unit: Readings["units"];

	/** @param locales The reader's locales, the preferred one first: the first in `language` is taken. */
	constructor(language: LanguageKey, locales: readonly string[], unit: Readings["units"]) {
		this.#point = languages[language].point;
		this.locale = localeOf(language, locales);
		this.unit = unit;
	}

	/**
	 * Takes the locale's decimal point in place of the language's usual one. To be called after the first drawing: a
	 * browser takes longer to load its number formats than to draw the page.
	 */
	settle(): void {
		this.#point = (0.1).toLocaleString(this.locale)[1]!;
	}

	/** @returns `celsius` in the reader's unit. */
	temperature(celsius: number): number {
		return this.unit === "F" ? celsius * 1.8 + 32 : celsius;
	}

	/** @returns One decimal; a dash for `null` and `undefined`. */
	number(value: number | null | undefined): string {
		return value == null ? "–" : value.toFixed(1).replace("-0.0", "0.0").replace(".", this.#point);
	}

	/** @returns The number with `unit`; a dash alone for `null` and `undefined`. */
	measure(value: number | null | undefined, unit: string): string {
		return this.number(value) + (value == null ? "" : ` ${unit}`);
	}

	/** @returns `celsius` as a number in the reader's unit, with that unit. */
	degrees(celsius: number | null | undefined): string {
		return this.measure(celsius == null ? celsius : this.temperature(celsius), `°${this.unit}`);
	}

	/** @returns `12 seconds ago`. */
	age(ms: number): string {
		this.#age ??= new Intl.RelativeTimeFormat(this.locale);
		const seconds = Math.max(Math.round(ms / 1000), 0);
		if (seconds < 60) return this.#age.format(-seconds, "second");
		if (seconds < 3600) return this.#age.format(-Math.floor(seconds / 60), "minute");
		return this.#age.format(-Math.floor(seconds / 3600), "hour");
	}

	/** @returns The wall time of `ageMs` ago. */
	time(ageMs: number): string {
		this.#time ??= new Intl.DateTimeFormat(this.locale, { timeStyle: "short" });
		return this.#time.format(Date.now() - ageMs);
	}
}
