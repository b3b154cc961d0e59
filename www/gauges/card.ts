import type { Bounds } from "../../modules/api/schema.js";
import type { Format } from "../i18n/format.js";
import type { Language } from "../i18n/languages.js";
import { faultSentence, localize } from "../i18n/strings.js";
import { Dial } from "./dial.js";
import type { Model, Sensor } from "./model.js";
import { humidityScale, temperatureScale } from "./scale.js";
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

/** By value. */
export type Notes = Readonly<Record<"temperature" | "humidity", Note>>;

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
		const { model, now, format, notes } = surroundings;
		const status = sensor.status(now, model.intervalMs);
		this.element.dataset.status = status;
		this.#write("model", sensor.model);
		this.#write("status", this.#status(sensor, surroundings));

		const event = status === "fault" ? undefined : sensor.reading?.event;
		this.#showTemperature(event?.temperature, sensor.warn?.temperature, surroundings);
		this.#showHumidity(event?.humidity, sensor.warn?.humidity, surroundings);
		this.#note("temperature", notes?.temperature);
		this.#note("humidity", notes?.humidity);
		this.#write("dewPoint", format.degrees(event?.dewPoint));
		this.#write("heatIndex", format.degrees(event?.heatIndex));
		this.#write("absoluteHumidity", format.measure(event?.absoluteHumidity, "g/m³"));
	}

	#showTemperature(celsius: number | undefined, warn: Bounds | undefined, { format, language }: Surroundings): void {
		const value = celsius === undefined ? undefined : format.temperature(celsius);
		const scale = temperatureScale(format.unit, value ?? 20);
		const limit = (at: number | null) => (at === null ? null : format.temperature(at));
		this.#thermometer.set(value, scale, warn && { below: limit(warn.below), above: limit(warn.above) });
		this.#write("temperature", format.number(value));
		this.#write("unit", `°${format.unit}`);
		const spoken = value === undefined ? localize("none", language) : format.degrees(celsius);
		describe(this.#elements.get("tube")!, localize("temperature", language), scale, value, spoken);
	}

	#showHumidity(value: number | undefined, warn: Bounds | undefined, { format, language }: Surroundings): void {
		this.#dial.set(value, humidityScale, warn);
		this.#write("humidity", format.number(value));
		const spoken = value === undefined ? localize("none", language) : format.measure(value, "%");
		describe(this.#elements.get("dial")!, localize("humidity", language), humidityScale, value, spoken);
	}

	/** @returns The sentence below the gauges; empty for a live sensor on a live link. */
	#status(sensor: Sensor, { model, now, format, language }: Surroundings): string {
		const { reading, fault } = sensor;
		const last = () =>
			reading ? localize("last", language, format.age(now - reading.at)) : localize("never", language);
		if (fault) return `${faultSentence(fault.event, language).replace(/\.$/, "")}. ${last()}`;
		if (sensor.status(now, model.intervalMs) === "stale") return `${localize("stale", language)}. ${last()}`;
		return model.link === "lost" || !reading ? last() : "";
	}

	#note(value: keyof Notes, { range, arrow, trend }: Note = NONE): void {
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
