import { Dial } from "./dial.js";
import type { Format } from "./format.js";
import type { Model, Sensor, Status } from "./model.js";
import { humidityScale, temperatureScale } from "./scale.js";
import { describe, type Limits } from "./svg.js";
import { faultText, type Language, type Text, text } from "./texts.js";
import { Thermometer } from "./thermometer.js";
import type { Trend } from "./trend.js";

/** Least and greatest value of a span. */
export interface Range {
	least: number;
	greatest: number;
}

/** What a card's look depends on besides its sensor. */
export interface Reader {
	format: Format;
	language: Language;
}

/** One sensor's card, a copy of the page's template. */
export class Card {
	readonly element: HTMLElement;
	#parts = new Map<string, HTMLElement>();
	#thermometer: Thermometer;
	#dial: Dial;
	/** Of the chart's span, once there is a chart. */
	range: { temperature: Range; humidity: Range } | undefined;

	constructor(template: HTMLTemplateElement, name: string) {
		this.element = (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
		for (const part of this.element.querySelectorAll<HTMLElement>("[data-part]"))
			this.#parts.set(part.dataset.part!, part);
		this.#write("name", name);
		const [thermometer, dial] = this.element.querySelectorAll("svg");
		this.#thermometer = new Thermometer(thermometer!);
		this.#dial = new Dial(dial!);
	}

	/** Shows the sensor as it is at `now`. */
	show(sensor: Sensor, model: Model, now: number, reader: Reader): void {
		const { format, language } = reader;
		const status = sensor.status(now, model.intervalMs);
		const { reading } = sensor;
		const event = status === "fault" ? undefined : reading?.event;
		this.element.dataset.status = status;
		this.#write("model", sensor.model);
		this.#write("status", this.#statusText(sensor, status, model, now, reader));

		const temperature = event && format.temperature(event.temperature);
		const scale = temperatureScale(format.unit === "°F" ? "F" : "C", temperature ?? 20);
		const warn = sensor.warn?.temperature;
		const limits: Limits | undefined = warn && {
			below: warn.below === null ? null : format.temperature(warn.below),
			above: warn.above === null ? null : format.temperature(warn.above),
		};
		this.#thermometer.set(temperature, scale, limits);
		this.#dial.set(event?.humidity, humidityScale, sensor.warn?.humidity);
		const number = format.number(temperature);
		this.#write("temperature", number);
		this.#write("unit", format.unit);
		this.#write("humidity", format.number(event?.humidity));
		const none = text("none", language);
		const [tube, dial] = this.element.querySelectorAll("svg");
		describe(tube!, text("temperature", language), scale, temperature, event ? `${number} ${format.unit}` : none);
		describe(
			dial!,
			text("humidity", language),
			humidityScale,
			event?.humidity,
			event ? `${format.number(event.humidity)} %` : none,
		);
		this.#trend("temperature-trend", event && sensor.trends.temperature, language);
		this.#trend("humidity-trend", event && sensor.trends.humidity, language);

		const degrees = (celsius: number | null | undefined) =>
			celsius == null ? "–" : `${format.number(format.temperature(celsius))} ${format.unit}`;
		this.#write("dewPoint", degrees(event?.dewPoint));
		this.#write("heatIndex", degrees(event?.heatIndex));
		const grams = event?.absoluteHumidity;
		this.#write("absoluteHumidity", grams == null ? "–" : `${format.number(grams)} g/m³`);
		this.#ranges(format);
	}

	#statusText(sensor: Sensor, status: Status, model: Model, now: number, { format, language }: Reader): string {
		const age = sensor.reading ? format.age(now - sensor.reading.at) : "";
		const last = sensor.reading ? text("old", language, age) : text("never", language);
		if (status === "fault") return `${this.#fault(sensor, language)} ${last}.`;
		if (model.link === "lost") return last;
		if (status === "stale") return text("stale", language, age);
		return status === "waiting" ? text("waiting", language) : "";
	}

	#fault({ fault }: Sensor, language: Language): string {
		return faultText(fault!.event.error, language);
	}

	#trend(part: string, trend: Trend | undefined, language: Language): void {
		const direction = trend?.direction;
		const names: Text[] = ["falling", "steady", "rising"];
		const element = this.#parts.get(part)!;
		element.hidden = direction === undefined;
		if (direction === undefined) return;
		this.#write(part, "↘→↗"[direction + 1]!);
		const label = text(names[direction + 1]!, language);
		if (element.title !== label) element.title = label;
		element.setAttribute("aria-label", label);
	}

	#ranges(format: Format): void {
		const { range } = this;
		this.#parts.get("ranges")!.hidden = !range;
		if (!range) return;
		const { temperature, humidity } = range;
		const degrees = (celsius: number) => format.number(format.temperature(celsius));
		this.#write("temperature-range", `${degrees(temperature.least)} – ${degrees(temperature.greatest)} ${format.unit}`);
		this.#write("humidity-range", `${format.number(humidity.least)} – ${format.number(humidity.greatest)} %`);
	}

	#write(part: string, content: string): void {
		const element = this.#parts.get(part)!;
		if (element.textContent !== content) element.textContent = content;
	}
}
