import type { ClientFailure, ClientState } from "../../modules/mqtt/client.js";
import type { Language, Row } from "./languages.js";

/** How the device is with its broker; `{}` stands for a time. */
const strings = {
	off: { en: "No broker is set.", pt: "Nenhum servidor está definido." },
	connecting: { en: "Connecting…", pt: "Conectando…" },
	connected: { en: "Connected, last sent {} ago.", pt: "Conectado, último envio há {}." },
	quiet: { en: "Connected, nothing sent yet.", pt: "Conectado, nada enviado ainda." },
	waiting: { en: "Not connected: ", pt: "Não conectado: " },
} satisfies Record<string, Row>;

const failures: Readonly<Record<ClientFailure, Row>> = {
	"no-such-host": { en: "no such host", pt: "o nome não existe" },
	refused: { en: "the host refuses, or is not reached", pt: "o servidor recusa ou não é alcançado" },
	timeout: { en: "no response in time", pt: "sem resposta a tempo" },
	"wrong-password": { en: "user or password is wrong", pt: "usuário ou senha errados" },
	rejected: { en: "the broker rejects the device", pt: "o servidor rejeita o aparelho" },
	malformed: { en: "what responds is no MQTT broker", pt: "quem responde não é um servidor MQTT" },
	closed: { en: "the broker closed the connection", pt: "o servidor fechou a conexão" },
	"no-connection": { en: "no network, or no memory", pt: "sem rede ou sem memória" },
};

function duration(ms: number): string {
	const seconds = Math.round(ms / 1000);
	if (seconds < 120) return `${seconds} s`;
	return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

/** @returns The state as a sentence. A failure stands while the next attempt is under way. */
export function mqttSentence(current: ClientState | null, language: Language): string {
	if (current === null) return strings.off[language];
	const { state, failure, sinceSentMs } = current;
	if (state !== "connected")
		return failure === null
			? strings.connecting[language]
			: `${strings.waiting[language]}${failures[failure][language]}.`;
	if (sinceSentMs === null) return strings.quiet[language];
	return strings.connected[language].replace("{}", duration(sinceSentMs));
}
