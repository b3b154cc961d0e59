export type Language = "en" | "pt";

/** Every text of the page, in English and Brazilian Portuguese; `{}` stands for a value. */
const texts = {
	temperature: ["Temperature", "Temperatura"],
	humidity: ["Humidity", "Umidade"],
	dewPoint: ["Dew point", "Ponto de orvalho"],
	heatIndex: ["Heat index", "Sensação térmica"],
	absoluteHumidity: ["Absolute humidity", "Umidade absoluta"],
	range: ["Least – greatest", "Mínima – máxima"],
	rising: ["rising", "subindo"],
	falling: ["falling", "descendo"],
	steady: ["steady", "estável"],
	none: ["no value", "sem valor"],
	connecting: ["Connecting…", "Conectando…"],
	live: ["Live", "Ao vivo"],
	full: [
		"All streams are taken: asking every few seconds",
		"Todos os canais ocupados: consultando a cada poucos segundos",
	],
	lost: ["Out of reach since {}, retrying…", "Fora de alcance desde {}, tentando de novo…"],
	waiting: ["Waiting for the first reading", "Aguardando a primeira leitura"],
	staleNews: ["no new reading", "sem leitura nova"],
	stale: ["No new reading: this one is from {}", "Sem leitura nova: esta é de {}"],
	old: ["Last reading {}", "Última leitura {}"],
	never: ["No reading yet", "Nenhuma leitura ainda"],
	fault: ["The sensor could not be read.", "Não foi possível ler o sensor."],
	"no-answer": [
		"No answer from the sensor. Check power, wiring and the 4.7 kΩ pull-up.",
		"O sensor não responde. Confira a alimentação, a fiação e o pull-up de 4,7 kΩ.",
	],
	"bus-stuck": [
		"The data line never rises. Look for a short circuit or a missing pull-up.",
		"A linha de dados nunca sobe. Procure um curto-circuito ou a falta do pull-up.",
	],
	"short-frame": [
		"The answer broke off. Check for a loose contact or a long cable.",
		"A resposta foi interrompida. Procure mau contato ou cabo longo demais.",
	],
	timing: [
		"The pulses have the wrong length. Shorten the cable or use a stronger pull-up.",
		"Os pulsos têm duração errada. Encurte o cabo ou use um pull-up mais forte.",
	],
	checksum: [
		"The checksum is wrong. Check the cable and keep it away from mains wiring.",
		"A soma de verificação está errada. Confira o cabo e afaste-o da rede elétrica.",
	],
	"out-of-range": [
		"The value is beyond what the sensor can measure. Check the sensor's model in the settings.",
		"O valor está além do que o sensor mede. Confira o modelo do sensor na configuração.",
	],
	implausible: [
		"Air cannot change that fast: waiting for the next reading to confirm.",
		"O ar não muda tão depressa: aguardando a próxima leitura para confirmar.",
	],
	history: ["History", "Histórico"],
	sensor: ["Sensor", "Sensor"],
	received: ["Data received", "Dados recebidos"],
	nothing: ["Nothing yet", "Nada ainda"],
	language: ["Language", "Idioma"],
	unit: ["Unit", "Unidade"],
	theme: ["Appearance", "Aparência"],
	auto: ["Auto", "Auto"],
	light: ["Light", "Claro"],
	dark: ["Dark", "Escuro"],
	stream: ["Stream", "Fluxo"],
	readings: ["Readings", "Leituras"],
	device: ["Device", "Dispositivo"],
} satisfies Record<string, [english: string, portuguese: string]>;

export type Text = keyof typeof texts;

/** @returns The text in `language`, with `value` in its place. */
export function text(key: Text, language: Language, value = ""): string {
	return texts[key][language === "pt" ? 1 : 0]!.replace("{}", value);
}

/** @returns What a fault means and what helps, by its name. */
export function faultText(error: string, language: Language): string {
	return text(error in texts ? (error as Text) : "fault", language);
}
