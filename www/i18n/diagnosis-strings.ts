import type { FaultKind } from "../../modules/dht/fault.js";
import { diagnosisStrings, rules } from "./english.js";
import type { Language } from "./languages.js";

export type DiagnosisStringKey = keyof typeof diagnosisStrings;

/** @returns The string of the card "Diagnosis" in `language`, with `value` for its `{}`. */
export function diagnosisString(key: DiagnosisStringKey, { tables }: Language, value = ""): string {
	return (tables.diagnosis?.[key] ?? diagnosisStrings[key]).replace("{}", () => value);
}

/** @returns Which rule a pulse train breaks. */
export function ruleString(kind: FaultKind, { tables }: Language): string {
	return tables.rules?.[kind] ?? rules[kind];
}
