import type { Format } from "../i18n/format.js";
import { faultText, type Language, text } from "../i18n/texts.js";
import { Dial } from "./dial.js";
import type { Model, Sensor } from "./model.js";
import { humidityScale, temperatureScale } from "./scale.js";
import { describe, type Limits } from "./svg.js";
import { Thermometer } from "./thermometer.js";

/** What the past says about a value, in words and signs of the reader's. */
export interface Note {
	/** Min and max of the span. */
	range: string;
	/** An arrow, and what it means; empty while it is not known. */
	arrow: string;
	trend: string;
}

const NONE: Note = { range: "", arrow: "", trend: "" };

/** What a card shows besides its sensor. */
export interface Surroundings {
	model: Model;
	/** On the model's clock. */
	now: number;
	format: Format;
	language: Language;
	/** Once the history is there. */
	notes?: { temperature: Note; humidity: Note } | undefined;
}

/** One sensor's card, a copy of the page's template. */
export class Card {
	readonly element: HTMLElement;
	#parts = new Map<string, HTMLElement>();
	#thermometer: Thermometer;
	#dial: Dial;

	constructor(template: HTMLTemplateElement) {
		this.element = (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
		for (const part of this.element.querySelectorAll<HTMLElement>("[data-part]"))
			this.#parts.set(part.dataset.part!, part);
		this.#thermometer = new Thermometer(this.element.querySelector(".tube")!);
		this.#dial = new Dial(this.element.querySelector(".dial")!);
	}

	set name(name: string) {
		this.#write("name", name || "–");
	}

	/** Shows the sensor as it is now. */
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

	#showTemperature(celsius: number | undefined, warn: Limits | undefined, { format, language }: Surroundings): void {
		const value = celsius === undefined ? undefined : format.temperature(celsius);
		const scale = temperatureScale(format.unit, value ?? 20);
		const limit = (at: number | null) => (at === null ? null : format.temperature(at));
		this.#thermometer.set(value, scale, warn && { below: limit(warn.below), above: limit(warn.above) });
		this.#write("temperature", format.number(value));
		this.#write("unit", `°${format.unit}`);
		const spoken = value === undefined ? text("none", language) : format.degrees(celsius);
		describe(this.#parts.get("tube")!, text("temperature", language), scale, value, spoken);
	}

	#showHumidity(value: number | undefined, warn: Limits | undefined, { format, language }: Surroundings): void {
		this.#dial.set(value, humidityScale, warn);
		this.#write("humidity", format.number(value));
		const spoken = value === undefined ? text("none", language) : format.measure(value, "%");
		describe(this.#parts.get("dial")!, text("humidity", language), humidityScale, value, spoken);
	}

	/** The sentence below the gauges; none while all is well. */
	#status(sensor: Sensor, { model, now, format, language }: Surroundings): string {
		const { reading, fault } = sensor;
		const last = () => (reading ? text("last", language, format.age(now - reading.at)) : text("never", language));
		if (fault) return `${faultText(fault.event, language).replace(/\.$/, "")}. ${last()}`;
		if (sensor.status(now, model.intervalMs) === "stale") return `${text("stale", language)}. ${last()}`;
		return model.link === "lost" || !reading ? last() : "";
	}

	#note(value: "temperature" | "humidity", { range, arrow, trend }: Note = NONE): void {
		this.#write(`${value}-range`, range);
		this.#write(`${value}-trend`, arrow);
		const part = this.#parts.get(`${value}-trend`)!;
		part.hidden = !arrow;
		if (part.title !== trend) part.title = part.ariaLabel = trend;
	}

	#write(part: string, content: string): void {
		const element = this.#parts.get(part)!;
		if (element.textContent !== content) element.textContent = content;
	}
}
