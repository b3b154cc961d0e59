import type { Notice } from "../../modules/api/schema.js";
import { type Reason, reasons } from "../../modules/update/reasons.js";
import type { Language, Row } from "./languages.js";

/** What is said of the device's start; `{}` stands for a reason, `{v}` for a version. */
const strings = {
	safe: {
		en: "Safe mode: changed settings are kept, but not in force. The reason: {}.",
		pt: "Modo seguro: as configurações alteradas estão guardadas, mas não valem. O motivo: {}.",
	},
	rescue: {
		en: "Rescue mode: the sensors are not read. The reason: {}.",
		pt: "Modo de resgate: os sensores não são lidos. O motivo: {}.",
	},
	rolledBack: {
		en: "Firmware {v} was taken back: {}.",
		pt: "O firmware {v} foi desfeito: {}.",
	},
	leftOut: { en: "Kept, not in force", pt: "Guardado, não vale" },
	mend: {
		en: "The form shows what is kept. What you correct is in force at once, the rest after a restart.",
		pt: "O formulário mostra o que está guardado. O que você corrigir vale na hora, o resto depois de reiniciar.",
	},
	settings: { en: "Settings", pt: "Configurações" },
	dismiss: { en: "Do not show again", pt: "Não mostrar de novo" },
} satisfies Record<string, Row>;

/** What the device says in English. */
const translations: Readonly<Record<Reason, string>> = {
	crash: "falhou",
	hang: "travou",
	restart: "reiniciou antes de ser confirmado",
	cut: "faltou energia antes de ser confirmado",
	reading: "não leu nenhum sensor",
	reachable: "não entrou em nenhuma rede",
	listening: "não atende pedidos",
	crashes: "o firmware falhou repetidas vezes no primeiro minuto",
};

/** @returns The string in `language`, with `value` for its `{}`. */
export function bootString(key: keyof typeof strings, language: Language, value = ""): string {
	return strings[key][language].replace("{}", () => value);
}

/** @returns The notice as a sentence; a reason that the page does not know stays in English. */
export function noticeSentence({ kind, reason }: Notice, language: Language): string {
	const colon = kind === "rolledBack" ? reason.indexOf(": ") : -2;
	const sentence = reason.slice(colon + 2);
	const found = (Object.keys(reasons) as Reason[]).find(key => reasons[key] === sentence);
	const translated = found && language === "pt" ? translations[found] : sentence;
	const key = kind === "normal" ? "rolledBack" : kind;
	return bootString(key, language, translated.replace(/\.$/, "")).replace("{v}", () => reason.slice(0, colon));
}
