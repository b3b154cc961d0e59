import type { Alert } from "../../modules/alerts/alert.js";
import type { Format } from "./format.js";
import type { Language, Row } from "./languages.js";

/** What is in a zone, and which; `{}` stands for the limit. */
const quantities: Readonly<Record<Alert["quantity"], Row>> = {
	temperature: { en: "temperature", pt: "temperatura" },
	humidity: { en: "humidity", pt: "umidade" },
	success: { en: "reads that succeed", pt: "leituras bem-sucedidas" },
	reading: { en: "readings", pt: "leituras" },
};
const states: Readonly<Record<Alert["state"], Row>> = {
	normal: { en: "normal", pt: "normal" },
	below: { en: "below {}", pt: "abaixo de {}" },
	above: { en: "above {}", pt: "acima de {}" },
	fault: { en: "none", pt: "nenhuma" },
};
const since: Row = { en: "since {}", pt: "desde {}" };

/** @param time When it began, as a wall time. @returns `Room: temperature above 30.0 °C since 14:05`. */
export function alertSentence(
	{ sensor, quantity, state, limit }: Pick<Alert, "sensor" | "quantity" | "state" | "limit">,
	time: string,
	format: Format,
	language: Language,
): string {
	const bound = quantity === "temperature" ? format.degrees(limit) : format.measure(limit, "%");
	const zone = states[state][language].replace("{}", bound);
	return `${sensor}: ${quantities[quantity][language]} ${zone} ${since[language].replace("{}", time)}`;
}
