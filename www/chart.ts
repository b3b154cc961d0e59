// The second file of the page, loaded once the gauges live: the past of every sensor, as a chart and as notes on the cards.

import type { Note } from "./card.js";
import type { Format } from "./format.js";
import { Past } from "./past.js";
import { Plot } from "./plot.js";
import { type Series, type Span, spanMs } from "./source.js";
import type { Language } from "./texts.js";
import { Trend } from "./trend.js";
import type { Extra } from "./view.js";

const texts = {
	en: {
		title: "History",
		sensor: "Sensor",
		least: "min",
		greatest: "max",
		trends: ["falling", "steady", "rising"],
		empty: "no reading",
	},
	pt: {
		title: "Histórico",
		sensor: "Sensor",
		least: "mín",
		greatest: "máx",
		trends: ["descendo", "estável", "subindo"],
		empty: "sem leitura",
	},
} as const;

export type ChartTexts = (typeof texts)[Language];

const spans: [Span, string][] = [
	["15m", "15 min"],
	["24h", "24 h"],
	["7d", "7 d"],
];
/** The chart and the notes follow the readings at most this often. */
const REDRAW_MS = 1000;

export interface HistoryOptions {
	/** An empty section. */
	place: HTMLElement;
	/** Beyond this distance two readings have a gap between them. */
	gapMs(): number;
}

/** The history of all sensors. */
export class History implements Extra {
	readonly #options: HistoryOptions;
	readonly #past = new Past();
	readonly #trends = new Map<string, { temperature: Trend; humidity: Trend }>();
	readonly #notes = new Map<string, { temperature: Note; humidity: Note }>();
	readonly #title = document.createElement("h2");
	readonly #sensors = document.createElement("select");
	readonly #spans: HTMLButtonElement[];
	readonly #plot: Plot;
	#span: Span = "15m";
	#drawnAt = Number.NEGATIVE_INFINITY;
	#language: Language | undefined;

	constructor(options: HistoryOptions) {
		this.#options = options;
		this.#spans = spans.map(([span, label]) => {
			const button = document.createElement("button");
			button.textContent = label;
			button.onclick = () => this.#choose(span);
			return button;
		});
		this.#sensors.onchange = () => this.#choose(this.#span);
		const bar = document.createElement("header");
		bar.append(this.#title, this.#sensors, ...this.#spans);
		options.place.append(bar);
		this.#plot = new Plot(options.place);
		this.#choose("15m");
	}

	/** A reading of `sensor` at `at` (ms on the page's clock). */
	push(sensor: string, at: number, temperature: number, humidity: number): void {
		let trends = this.#trends.get(sensor);
		if (!trends) {
			trends = { temperature: new Trend(0.2), humidity: new Trend(1) };
			this.#trends.set(sensor, trends);
			this.#sensors.add(new Option(sensor));
			this.#sensors.hidden = this.#trends.size < 2;
		}
		this.#past.push(sensor, at, temperature, humidity);
		trends.temperature.push(temperature, at);
		trends.humidity.push(humidity, at);
	}

	notes(sensor: string): { temperature: Note; humidity: Note } | undefined {
		return this.#notes.get(sensor);
	}

	show(now: number, format: Format, language: Language): void {
		if (language !== this.#language) this.#translate(language);
		if (now - this.#drawnAt < REDRAW_MS && !this.#plot.isOutdated(format)) return;
		this.#drawnAt = now;
		this.#options.place.hidden = this.#trends.size === 0;
		for (const [sensor, trends] of this.#trends) {
			const series = this.#past.read(sensor, this.#span, now, this.#options.gapMs());
			this.#note(sensor, series, trends, language);
			if (sensor === this.#sensors.value)
				this.#plot.show(series, { now, spanMs: spanMs[this.#span], format, texts: texts[language] });
		}
	}

	#note(sensor: string, { ranges }: Series, trends: { temperature: Trend; humidity: Trend }, language: Language): void {
		if (!ranges) {
			this.#notes.delete(sensor);
			return;
		}
		const note = (value: "temperature" | "humidity"): Note => {
			const { direction } = trends[value];
			return {
				...ranges[value],
				words: [texts[language].least, texts[language].greatest],
				arrow: direction === undefined ? "" : "↘→↗"[direction + 1]!,
				trend: direction === undefined ? "" : texts[language].trends[direction + 1]!,
			};
		};
		this.#notes.set(sensor, { temperature: note("temperature"), humidity: note("humidity") });
	}

	#choose(span: Span): void {
		this.#span = span;
		for (const [index, button] of this.#spans.entries()) button.ariaPressed = `${spans[index]![0] === span}`;
		this.#drawnAt = Number.NEGATIVE_INFINITY;
	}

	#translate(language: Language): void {
		this.#language = language;
		const words = texts[language];
		this.#title.textContent = words.title;
		this.#sensors.ariaLabel = words.sensor;
		this.#drawnAt = Number.NEGATIVE_INFINITY;
	}
}
