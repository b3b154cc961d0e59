import type { Readings } from "../../modules/api/schema.js";
import { type Language, languages, localeOf } from "./languages.js";

/** Numbers, ages and times as the reader writes them. */
export class Format {
	#point: string;
	// Slow to make, and not needed while all is well.
	#age: Intl.RelativeTimeFormat | undefined;
	#time: Intl.DateTimeFormat | undefined;
	readonly locale: string;
	readonly unit: Readings["units"];

	/** @param locales The reader's locales, the preferred one first: the first in `language` is taken. */
	constructor(language: Language, locales: readonly string[], unit: Readings["units"]) {
		this.#point = languages[language].point;
		this.locale = localeOf(language, locales);
		this.unit = unit;
	}

	/**
	 * Asks the browser for the locale's decimal point, in place of the language's usual one. Not done before the first
	 * drawing: a browser takes longer to wake its number formats than to draw the page.
	 */
	settle(): void {
		this.#point = (0.1).toLocaleString(this.locale)[1]!;
	}

	/** @returns `celsius` in the reader's unit. */
	temperature(celsius: number): number {
		return this.unit === "F" ? celsius * 1.8 + 32 : celsius;
	}

	/** @returns One decimal; a dash for `null` and `undefined`, which stand for what is not known. */
	number(value: number | null | undefined): string {
		return value == null ? "–" : value.toFixed(1).replace("-0.0", "0.0").replace(".", this.#point);
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
		this.#age ??= new Intl.RelativeTimeFormat(this.locale);
		const seconds = Math.max(Math.round(ms / 1000), 0);
		if (seconds < 60) return this.#age.format(-seconds, "second");
		if (seconds < 3600) return this.#age.format(-Math.floor(seconds / 60), "minute");
		return this.#age.format(-Math.floor(seconds / 3600), "hour");
	}

	/** @returns The wall time that was `ageMs` ago. */
	time(ageMs: number): string {
		this.#time ??= new Intl.DateTimeFormat(this.locale, { timeStyle: "short" });
		return this.#time.format(Date.now() - ageMs);
	}
}
