export type Language = "en" | "pt";

/** Every text of the page, in English and Brazilian Portuguese; `{}` stands for a value. */
const texts = {
	temperature: ["Temperature", "Temperatura"],
	humidity: ["Humidity", "Umidade"],
	dewPoint: ["Dew point", "Ponto de orvalho"],
	heatIndex: ["Heat index", "Sensação térmica"],
	absoluteHumidity: ["Absolute humidity", "Umidade absoluta"],
	none: ["no value", "sem valor"],
	connecting: ["Connecting…", "Conectando…"],
	live: ["Live", "Ao vivo"],
	full: [
		"All streams are taken: asking every few seconds",
		"Todos os canais ocupados: consultando a cada poucos segundos",
	],
	lost: ["Out of reach since {}, retrying…", "Fora de alcance desde {}, tentando de novo…"],
	stale: ["No new reading", "Sem leitura nova"],
	last: ["Last reading {}", "Última leitura {}"],
	never: ["No reading yet", "Nenhuma leitura ainda"],
	fault: ["Sensor fault", "Falha do sensor"],
	received: ["Data received", "Dados recebidos"],
	language: ["Language", "Idioma"],
	unit: ["Unit", "Unidade"],
	theme: ["Appearance", "Aparência"],
	auto: ["System", "Sistema"],
	light: ["Light", "Claro"],
	dark: ["Dark", "Escuro"],
} satisfies Record<string, [english: string, portuguese: string]>;

export type Text = keyof typeof texts;

/** @returns The text in `language`, with `value` in its place. */
export function text(key: Text, language: Language, value = ""): string {
	return texts[key][language === "pt" ? 1 : 0]!.replace("{}", value);
}

/** What each kind of fault means and what helps, in Portuguese: in English the device says it. */
const faults: Record<string, string> = {
	"no-answer": "O sensor não responde: confira a alimentação, a fiação e o pull-up de 4,7 kΩ",
	"bus-stuck": "A linha de dados nunca sobe: procure um curto-circuito ou a falta do pull-up",
	"short-frame": "A resposta foi interrompida: procure mau contato ou um cabo longo demais",
	timing: "Os pulsos têm duração errada: encurte o cabo ou use um pull-up mais forte",
	checksum: "A soma de verificação está errada: afaste o cabo da rede elétrica",
	"out-of-range": "O valor está além do que o sensor mede: confira o modelo na configuração",
	implausible: "O ar não muda assim: se continuar, o sensor está ruim",
};

/** @returns What a fault means and what helps. */
export function faultText({ error, message }: { error: string; message: string }, language: Language): string {
	return (language === "pt" && faults[error]) || message;
}
