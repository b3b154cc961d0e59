import { alertSentence } from "../i18n/alert-strings.js";
import type { Format } from "../i18n/format.js";
import type { Language } from "../i18n/languages.js";
import { addBanner } from "./banner.js";
import type { Model } from "./model.js";

/** Above the gauges: a line for each alert that stands, with since when. Of sensors without readings the cards tell. */
export class AlertLines {
	readonly #lines: HTMLElement;

	/** @param before The lines are put in front of this element. */
	constructor(before: Element) {
		this.#lines = addBanner("div", before, "var(--warm)");
	}

	/** @param now On the model's clock, ms. */
	show(model: Model, now: number, format: Format, language: Language): void {
		const newest = new Map(model.alerts.map(alert => [alert.sensor + alert.quantity, alert]));
		model.alerts = [...newest.values()].filter(({ state }) => state !== "normal");
		const content = model.alerts
			.filter(({ sensor, quantity }) => quantity !== "reading" && model.sensors.has(sensor))
			.map(alert => alertSentence(alert, format.time(now - model.at(alert.sinceUptimeMs)), format, language))
			.join("\n");
		this.#lines.hidden = content === "";
		if (this.#lines.textContent !== content) this.#lines.textContent = content;
	}
}
