import type { Alert } from "../../modules/alerts/alert.js";
import { alertStrings } from "./english.js";
import type { Format } from "./format.js";
import type { Language } from "./languages.js";

/** @param time When it began, as a wall time. @returns `Room: temperature above 30.0 °C since 14:05`. */
export function alertSentence(
	{ sensor, quantity, state, limit }: Pick<Alert, "sensor" | "quantity" | "state" | "limit">,
	time: string,
	format: Format,
	{ tables }: Language,
): string {
	const string = (key: keyof typeof alertStrings) => tables.alerts?.[key] ?? alertStrings[key];
	const bound = quantity === "temperature" ? format.degrees(limit) : format.measure(limit, "%");
	const zone = string(state).replace("{}", bound);
	return `${sensor}: ${string(quantity)} ${zone} ${string("since").replace("{}", time)}`;
}
