// What the reader has chosen, kept in the browser.

import { type LanguageKey, languageKeys } from "../www/i18n/languages.js";
import { type SensorForm, sensors } from "./wiring.js";

export const themes = ["auto", "light", "dark"] as const;

export interface Choices {
	/** `undefined` where the browser's languages decide. */
	language: LanguageKey | undefined;
	theme: (typeof themes)[number];
	/** A board's name. */
	board: string;
	sensor: SensorForm;
	/** The GPIO of the data line. */
	pin: number;
}

/** The pin that the firmware reads without a setting. */
export const usualPin = 4;

const KEY = "install";

/** @returns What the browser kept, as far as it is allowed; the rest as it is usual. */
export function loadChoices(store: Pick<Storage, "getItem"> | undefined): Choices {
	let kept: Partial<Choices> = {};
	try {
		kept = JSON.parse(store?.getItem(KEY) ?? "{}") ?? {};
	} catch {
		// Somebody else's, or broken.
	}
	const board = BOARDS.find(({ name }) => name === kept.board);
	return {
		language: languageKeys.find(language => language === kept.language),
		theme: themes.find(theme => theme === kept.theme) ?? "auto",
		board: board?.name ?? "esp32",
		sensor: sensors.find(sensor => sensor === kept.sensor) ?? "bare",
		pin: board?.pins.find(pin => pin === kept.pin) ?? usualPin,
	};
}

export function keepChoices(store: Pick<Storage, "setItem"> | undefined, choices: Choices): void {
	try {
		store?.setItem(KEY, JSON.stringify(choices));
	} catch {
		// The storage is full or forbidden: the choices last until the page is left.
	}
}
