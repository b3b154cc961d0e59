import type { Language, Row } from "./languages.js";

/** Every string of the chart. */
const strings = {
	title: { en: "History", pt: "Histórico" },
	sensor: { en: "Sensor", pt: "Sensor" },
	min: { en: "min", pt: "mín" },
	max: { en: "max", pt: "máx" },
	falling: { en: "falling", pt: "descendo" },
	steady: { en: "steady", pt: "estável" },
	rising: { en: "rising", pt: "subindo" },
	empty: { en: "no reading", pt: "sem leitura" },
} satisfies Record<string, Row>;

/** @returns The string in `language`. */
export function localize(key: keyof typeof strings, language: Language): string {
	return strings[key][language];
}
