import type { ImageState } from "../../modules/platform/firmware.js";
import type { Language, Row } from "./languages.js";

/** Every string of the card "Firmware"; `{}` stands for a value. */
const strings = {
	firmware: { en: "Firmware", pt: "Firmware" },
	running: { en: "Running: {}", pt: "Em uso: {}" },
	other: { en: "In the other slot: {}", pt: "No outro slot: {}" },
	none: { en: "nothing that starts", pt: "nada que inicie" },
	isNext: { en: "It starts with the next restart.", pt: "Ele inicia no próximo reinício." },
	file: { en: "File of the new version (.bin)", pt: "Arquivo da nova versão (.bin)" },
	install: { en: "Install", pt: "Instalar" },
	back: { en: "Back to the other version", pt: "Voltar à outra versão" },
	restart: { en: "Restart", pt: "Reiniciar" },
	needsPassword: {
		en: "Updates need a password: choose one above.",
		pt: "Atualizações exigem uma senha: escolha uma acima.",
	},
	needsFile: { en: "Choose a file.", pt: "Escolha um arquivo." },
	sent: { en: "Sent: {} %", pt: "Enviado: {} %" },
	sending: {
		en: "The file is being sent. Leave this page open; the device goes on with its readings.",
		pt: "O arquivo está sendo enviado. Deixe esta página aberta; o aparelho continua lendo.",
	},
	restarting: { en: "The device restarts…", pt: "O aparelho reinicia…" },
	probation: {
		en: "Version {} has started, and is on probation until the device has shown that it works…",
		pt: "A versão {} iniciou e está em teste até o aparelho mostrar que funciona…",
	},
	confirmed: {
		en: "Version {} runs and is confirmed. Reload this page to see its settings.",
		pt: "A versão {} está em uso e confirmada. Recarregue esta página para ver as configurações dela.",
	},
	restarted: { en: "The device has restarted with version {}.", pt: "O aparelho reiniciou com a versão {}." },
	unconfirmed: {
		en: "Version {} runs, but is not confirmed yet.",
		pt: "A versão {} está em uso, mas sem confirmação.",
	},
	tookBack: {
		en: "The new version was taken back, and the one before runs: {}. Ask for a corrected file.",
		pt: "A nova versão foi desfeita e a anterior está em uso: {}. Peça um arquivo corrigido.",
	},
	absent: {
		en: "The device has not come back in three minutes. Switch it off and on: a version that does not start is taken back by that.",
		pt: "O aparelho não voltou em três minutos. Desligue e ligue: uma versão que não inicia é desfeita com isso.",
	},
	interrupted: {
		en: "The connection broke after {} %. What runs has not changed: try again, nearer to the Wi-Fi if it breaks again.",
		pt: "A conexão caiu em {} %. Nada mudou no que está em uso: tente de novo, mais perto do Wi-Fi se cair outra vez.",
	},
	tooLarge: {
		en: "Take the file that was built for this device, without a debugger.",
		pt: "Não cabe no slot. Use o arquivo feito para este aparelho, sem depurador.",
	},
	wrongImage: {
		en: "Take the file that was built for this device, and fetch it again if it is damaged.",
		pt: "Não é um firmware deste aparelho, ou está danificado. Use o arquivo feito para ele, ou baixe-o de novo.",
	},
	busy: { en: "Try again in a few minutes.", pt: "Outra atualização não terminou. Tente de novo em alguns minutos." },
	flash: {
		en: "What runs has not changed. Try again; if it stays, the flash is worn out.",
		pt: "A memória flash não aceitou. O que está em uso não mudou. Tente de novo; se persistir, a flash está gasta.",
	},
} satisfies Record<string, Row>;

export type FirmwareStringKey = keyof typeof strings;

/** @returns The string in `language`, with `value` for its `{}`. */
export function localize(key: FirmwareStringKey, language: Language, value: string | number = ""): string {
	return strings[key][language].replace("{}", () => String(value));
}

const states: Readonly<Record<ImageState, Row>> = {
	new: { en: "not started yet", pt: "ainda não iniciada" },
	pending: { en: "on probation", pt: "em teste" },
	valid: { en: "confirmed", pt: "confirmada" },
	invalid: { en: "took itself back", pt: "desfez-se sozinha" },
	aborted: { en: "ended before it was confirmed", pt: "terminou antes da confirmação" },
};

/** @returns What a state means; the device's own name for one that the page lacks. */
export function stateName(state: ImageState, language: Language): string {
	const row: Row | undefined = states[state];
	return row?.[language] ?? state;
}

/** What to do by the status of the response; in Portuguese also what is wrong, since the device says that in English. */
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
	return language === "en" ? `${message} ${localize(key, language)}` : `${localize(key, language)} (${message})`;
}
