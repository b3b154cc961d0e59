import { chartStrings } from "./english.js";
import type { Language } from "./languages.js";

/** @returns The string of the chart in `language`, with `value`, if there is one, for its `{}`. */
export function localize(key: keyof typeof chartStrings, { tables }: Language, value = "{}"): string {
	return (tables.chart?.[key] ?? chartStrings[key]).replace("{}", value);
}
