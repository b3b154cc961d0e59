// The second file of the page, loaded once the gauges live: the past of every sensor, as a chart and as notes on the cards.

import type { History as DeviceHistory, Span } from "../../modules/api/schema.js";
import type { Note } from "../gauges/card.js";
import type { Model } from "../gauges/model.js";
import type { Extra } from "../gauges/view.js";
import type { Format } from "../i18n/format.js";
import type { Language } from "../i18n/texts.js";
import { Past } from "./past.js";
import { Plot } from "./plot.js";
import { type Range, spanMs } from "./series.js";
import { trend } from "./trend.js";

const texts = {
	en: {
		title: "History",
		sensor: "Sensor",
		min: "min",
		max: "max",
		trends: ["falling", "steady", "rising"],
		empty: "no reading",
	},
	pt: {
		title: "Histórico",
		sensor: "Sensor",
		min: "mín",
		max: "máx",
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
/** An answer takes the device some seconds at most, also while it serves others. */
const ANSWER_MS = 10_000;
/** What is a trend and no noise: °C and percent. */
const thresholds = { temperature: 0.2, humidity: 1 };
/** The chart and the notes follow the readings at most this often. */
const REDRAW_MS = 1000;

export interface HistoryOptions {
	/** An empty section, hidden until there is something to show. */
	place: HTMLElement;
	model: Model;
	/** The clock of the model's times. */
	now(): number;
	/** There is something new to draw. */
	onChange(): void;
}

/** The device's own past. */
async function ask(sensor: string, span: Span): Promise<DeviceHistory> {
	const answer = await fetch(address(sensor, span), { signal: AbortSignal.timeout(ANSWER_MS) });
	if (!answer.ok) throw new Error(answer.statusText);
	return answer.json();
}

function address(sensor: string, span: Span): string {
	return `/api/history?sensor=${encodeURIComponent(sensor)}&span=${span}`;
}

/** The history of all sensors. */
export class History implements Extra {
	readonly #options: HistoryOptions;
	readonly #past: Past;
	/** By sensor, in the device's order; `undefined` while there is nothing to tell. */
	readonly #notes = new Map<string, { temperature: Note; humidity: Note } | undefined>();
	readonly #title = document.createElement("h2");
	readonly #sensors = document.createElement("select");
	readonly #spans: HTMLButtonElement[];
	readonly #table = document.createElement("a");
	readonly #plot: Plot;
	#span: Span = "15m";
	#drawnAt = Number.NEGATIVE_INFINITY;
	#language: Language | undefined;

	constructor(options: HistoryOptions) {
		this.#options = options;
		const { place, model, now } = options;
		this.#past = new Past({
			ask,
			at: uptimeMs => model.at(uptimeMs),
			now,
			intervalMs: () => model.intervalMs,
			onAnswer: () => this.#redraw(),
		});
		this.#spans = spans.map(([span, label]) => {
			const button = document.createElement("button");
			button.textContent = label;
			button.onclick = () => this.#choose(span);
			return button;
		});
		this.#sensors.onchange = () => this.#choose(this.#span);
		this.#table.textContent = "CSV";
		const bar = document.createElement("header");
		bar.append(this.#title, this.#sensors, ...this.#spans, this.#table);
		place.append(bar);
		this.#plot = new Plot(place);
		this.#choose("15m");
	}

	/** A reading of `sensor` at `at` (ms on the page's clock). */
	push(sensor: string, at: number, temperature: number, humidity: number): void {
		this.#past.push(sensor, at, temperature, humidity);
	}

	notes(sensor: string): { temperature: Note; humidity: Note } | undefined {
		return this.#notes.get(sensor);
	}

	show(now: number, format: Format, language: Language): void {
		if (language !== this.#language) this.#translate(language);
		if (now - this.#drawnAt < REDRAW_MS && !this.#plot.isOutdated(format)) return;
		this.#drawnAt = now;
		this.#options.place.hidden = false;
		for (const sensor of this.#options.model.sensors.keys()) this.#list(sensor);
		const shown = this.#sensors.value;
		this.#table.href = `${address(shown, this.#span)}&format=csv`;
		const series = this.#past.read(shown, this.#span);
		this.#plot.show(series, { now, spanMs: spanMs[this.#span], format, texts: texts[language] });
		for (const sensor of this.#options.model.sensors.keys()) this.#note(sensor, format, language);
	}

	/** Lets `sensor` be chosen. */
	#list(sensor: string): void {
		if (this.#notes.has(sensor)) return;
		this.#notes.set(sensor, undefined);
		this.#sensors.add(new Option(sensor));
		this.#sensors.hidden = this.#notes.size < 2;
	}

	#note(sensor: string, format: Format, language: Language): void {
		const { ranges } = this.#past.read(sensor, this.#span);
		const newest = this.#past.read(sensor, "15m");
		const words = texts[language];
		const note = (value: "temperature" | "humidity", { min, max }: Range): Note => {
			const direction = trend(newest.at, newest[value], thresholds[value]);
			const number = (at: number) => format.number(value === "temperature" ? format.temperature(at) : at);
			return {
				range: `${words.min} ${number(min)} · ${words.max} ${number(max)}`,
				arrow: direction === undefined ? "" : "↘→↗"[direction + 1]!,
				trend: direction === undefined ? "" : words.trends[direction + 1]!,
			};
		};
		this.#notes.set(
			sensor,
			ranges && {
				temperature: note("temperature", ranges.temperature),
				humidity: note("humidity", ranges.humidity),
			},
		);
	}

	#choose(span: Span): void {
		this.#span = span;
		for (const [index, button] of this.#spans.entries()) button.ariaPressed = `${spans[index]![0] === span}`;
		this.#redraw();
	}

	#redraw(): void {
		this.#drawnAt = Number.NEGATIVE_INFINITY;
		this.#options.onChange();
	}

	#translate(language: Language): void {
		this.#language = language;
		const words = texts[language];
		this.#title.textContent = words.title;
		this.#sensors.ariaLabel = words.sensor;
		this.#drawnAt = Number.NEGATIVE_INFINITY;
	}
}
