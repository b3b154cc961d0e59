import type { Format } from "../i18n/format.js";
import type { Language } from "../i18n/languages.js";
import { faultSentence, localize } from "../i18n/strings.js";
import { Dial } from "./dial.js";
import type { Model, Sensor } from "./model.js";
import { type Band, humidityScale, scaleOf, zoom } from "./scale.js";
import { describe } from "./svg.js";
import { Thermometer } from "./thermometer.js";

/** A remark of the history on a value, in the reader's language. */
export interface Note {
	/** Min and max of the span. */
	range: string;
	/** An arrow and its meaning; empty while there is no trend. */
	arrow: string;
	trend: string;
}

export interface Notes {
	readonly temperature: Note;
	readonly humidity: Note;
	/** The formula of the heat index, and its source; empty where there is none. */
	readonly heatIndex: string;
}

const NONE: Note = { range: "", arrow: "", trend: "" };

/** Everything that a card shows besides its sensor. */
export interface Surroundings {
	model: Model;
	/** On the model's clock, ms. */
	now: number;
	format: Format;
	language: Language;
	/** `undefined` before the history is loaded. */
	notes?: Notes | undefined;
}

/** One sensor's card, a copy of the page's template. */
export class Card {
	readonly element: HTMLElement;
	#elements = new Map<string, HTMLElement>();
	#thermometer: Thermometer;
	#dial: Dial;

	constructor(template: HTMLTemplateElement) {
		this.element = (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
		for (const found of this.element.querySelectorAll<HTMLElement>("[data-part]"))
			this.#elements.set(found.dataset.part!, found);
		this.#thermometer = new Thermometer(this.element.querySelector(".tube")!);
		this.#dial = new Dial(this.element.querySelector(".dial")!);
	}

	set name(name: string) {
		this.#write("name", name || "–");
	}

	/** Shows the state of `sensor` at `now`. */
	show(sensor: Sensor, surroundings: Surroundings): void {
		const { model, now, format, language, notes } = surroundings;
		const status = sensor.status(now, model.intervalMs);
		this.element.dataset.status = status;
		this.#write("model", sensor.about?.model ?? "");
		this.#write("status", this.#status(sensor, surroundings));

		const event = status === "fault" ? undefined : sensor.reading?.event;
		this.#showTemperature(event?.temperature, sensor, surroundings);
		this.#showHumidity(event?.humidity, sensor, surroundings);
		this.#note("temperature", notes?.temperature);
		this.#note("humidity", notes?.humidity);
		const frost = event?.frostPoint;
		const label = frost == null ? "dewPoint" : "frostPoint";
		this.#elements.get("dew")!.dataset.string = label;
		this.#write("dew", localize(label, language));
		this.#write("dewPoint", format.degrees(frost ?? event?.dewPoint));
		this.#write("heatIndex", format.degrees(event?.heatIndex));
		this.#elements.get("heatIndex")!.title = (event && notes?.heatIndex) ?? "";
		this.#write("absoluteHumidity", format.measure(event?.absoluteHumidity, "g/m³"));
	}

	#showTemperature(celsius: number | undefined, { about, seen }: Sensor, { format, language }: Surroundings): void {
		const { warn, scale, comfort, range = [-40, 80] } = about ?? {};
		const { below = null, above = null } = warn?.temperature ?? {};
		const limit = (at: number | null) => (at === null ? null : format.temperature(at));
		const band = ([from, to]: Band): Band => [format.temperature(from), format.temperature(to)];
		const shown = scaleOf(
			...band(scale?.temperature ?? zoom(range, seen, [below, above, ...(comfort?.temperature ?? [])])),
		);
		const value = celsius === undefined ? undefined : format.temperature(celsius);
		this.#thermometer.set(value, shown, {
			limits: { below: limit(below), above: limit(above) },
			comfort: comfort?.temperature && band(comfort.temperature),
		});
		this.#write("temperature", format.number(value));
		this.#write("unit", `°${format.unit}`);
		const spoken = value === undefined ? localize("none", language) : format.degrees(celsius);
		describe(this.#elements.get("tube")!, localize("temperature", language), shown, value, spoken);
	}

	#showHumidity(value: number | undefined, { about }: Sensor, { format, language }: Surroundings): void {
		this.#dial.set(value, humidityScale, { limits: about?.warn.humidity, comfort: about?.comfort?.humidity });
		this.#write("humidity", format.number(value));
		const spoken = value === undefined ? localize("none", language) : format.measure(value, "%");
		describe(this.#elements.get("dial")!, localize("humidity", language), humidityScale, value, spoken);
	}

	/** @returns The sentence below the gauges; empty for a live sensor on a live link. */
	#status(sensor: Sensor, { model, now, format, language }: Surroundings): string {
		const { reading, fault } = sensor;
		const last = () =>
			reading ? localize("last", language, format.age(now - reading.at)) : localize("never", language);
		const status = sensor.status(now, model.intervalMs);
		if (fault && status === "fault") return `${faultSentence(fault.event, language).replace(/\.$/, "")}. ${last()}`;
		return fault || status === "stale" || model.link === "lost" || !reading ? last() : "";
	}

	#note(value: "temperature" | "humidity", { range, arrow, trend }: Note = NONE): void {
		this.#write(`${value}-range`, range);
		this.#write(`${value}-trend`, arrow);
		const element = this.#elements.get(`${value}-trend`)!;
		element.hidden = !arrow;
		if (element.title !== trend) element.title = element.ariaLabel = trend;
	}

	#write(name: string, content: string): void {
		const element = this.#elements.get(name)!;
		if (element.textContent !== content) element.textContent = content;
	}
}
