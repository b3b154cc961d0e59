import type { SensorFault } from "../../modules/api/schema.js";
import { gaugeStrings } from "./english.js";
import type { Language } from "./languages.js";

export type StringKey = keyof typeof gaugeStrings;

/** @returns The string of the gauges in `language`, with `value` for its `{}`. */
export function localize(key: StringKey, { tables }: Language, value = ""): string {
	return (tables.gauges?.[key] ?? gaugeStrings[key]).replace("{}", value);
}

/** @returns What a fault means and what helps; the device's own sentence in English, or of a kind that the page lacks. */
export function faultSentence({ error, message }: Pick<SensorFault, "error" | "message">, language: Language): string {
	return language.tables.faults?.[error] ?? message;
}
