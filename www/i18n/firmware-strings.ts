import type { ImageState } from "../../modules/platform/firmware.js";
import { firmwareStrings, imageStates } from "./english.js";
import type { Language } from "./languages.js";

export type FirmwareStringKey = keyof typeof firmwareStrings;

/** @returns The string in `language`, with `value` for its `{}`. */
export function localize(key: FirmwareStringKey, { tables }: Language, value: string | number = ""): string {
	return (tables.firmware?.[key] ?? firmwareStrings[key]).replace("{}", () => String(value));
}

/** @returns What a state means; the device's own name for one that the page lacks. */
export function stateName(state: ImageState, { tables }: Language): string {
	return tables.imageStates?.[state] ?? imageStates[state] ?? state;
}

/** What to do by the status of the response; in other languages also what is wrong, since the device says that in English. */
const advice: Readonly<Record<number, FirmwareStringKey>> = {
	409: "busy",
	413: "tooLarge",
	422: "wrongImage",
	507: "flash",
};

/** @param message The device's own sentence, in English. @returns What went wrong and what to do. */
export function explainUpdate(status: number, message: string, language: Language): string {
	const key = advice[status];
	if (!key) return message;
	return language.key === "en" ? `${message} ${localize(key, language)}` : `${localize(key, language)} (${message})`;
}
