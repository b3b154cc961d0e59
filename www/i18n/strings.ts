import type { SensorFault } from "../../modules/api/schema.js";
import type { FaultKind } from "../../modules/dht/fault.js";
import type { Language, Row, Translations } from "./languages.js";

/** Every string of the gauges; `{}` stands for a value. */
const strings = {
	temperature: { en: "Temperature", pt: "Temperatura" },
	humidity: { en: "Humidity", pt: "Umidade" },
	dewPoint: { en: "Dew point", pt: "Ponto de orvalho" },
	heatIndex: { en: "Heat index", pt: "Sensação térmica" },
	absoluteHumidity: { en: "Absolute humidity", pt: "Umidade absoluta" },
	none: { en: "no value", pt: "sem valor" },
	connecting: { en: "Connecting…", pt: "Conectando…" },
	live: { en: "Live", pt: "Ao vivo" },
	full: {
		en: "All streams are taken: asking every few seconds",
		pt: "Todos os canais ocupados: consultando a cada poucos segundos",
	},
	lost: { en: "Out of reach since {}, retrying…", pt: "Fora de alcance desde {}, tentando de novo…" },
	stale: { en: "No new reading", pt: "Sem leitura nova" },
	last: { en: "Last reading {}", pt: "Última leitura {}" },
	never: { en: "No reading yet", pt: "Nenhuma leitura ainda" },
	fault: { en: "Sensor fault", pt: "Falha do sensor" },
	received: { en: "Data received", pt: "Dados recebidos" },
	language: { en: "Language", pt: "Idioma" },
	unit: { en: "Unit", pt: "Unidade" },
	theme: { en: "Appearance", pt: "Aparência" },
	auto: { en: "System", pt: "Sistema" },
	light: { en: "Light", pt: "Claro" },
	dark: { en: "Dark", pt: "Escuro" },
} satisfies Record<string, Row>;

export type StringKey = keyof typeof strings;

/** @returns The string in `language`, with `value` for its `{}`. */
export function localize(key: StringKey, language: Language, value = ""): string {
	return strings[key][language].replace("{}", value);
}

/** What each kind of fault means and what helps. */
const faults: Readonly<Record<FaultKind, Translations>> = {
	"no-answer": { pt: "O sensor não responde: confira a alimentação, a fiação e o pull-up de 4,7 kΩ" },
	"bus-stuck": { pt: "A linha de dados nunca sobe: procure um curto-circuito ou a falta do pull-up" },
	"short-frame": { pt: "A resposta foi interrompida: procure mau contato ou um cabo longo demais" },
	"long-frame": { pt: "Pulsos demais na linha de dados: afaste o cabo da rede elétrica" },
	timing: { pt: "Os pulsos têm duração errada: encurte o cabo ou use um pull-up mais forte" },
	checksum: { pt: "A soma de verificação está errada: afaste o cabo da rede elétrica" },
	"out-of-range": { pt: "O valor está além do que o sensor mede: confira o modelo na configuração" },
	implausible: { pt: "O ar não muda assim: se continuar, o sensor está ruim" },
	hardware: { pt: "A captura falhou: será reaberta na próxima leitura" },
};

/** @returns What a fault means and what helps; the device's own sentence in English, or of a kind that the page lacks. */
export function faultSentence({ error, message }: Pick<SensorFault, "error" | "message">, language: Language): string {
	const found: Partial<Row> | undefined = faults[error as FaultKind];
	return found?.[language] ?? message;
}
