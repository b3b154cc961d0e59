// Loaded once the gauges are live: the history of every sensor, as a chart and as notes on the cards; notices, alerts, and the browser's tab.

import uPlot from "uplot";
import type { History, SensorData, Span } from "../../modules/api/schema.js";
import { isFitted } from "../../modules/climate/climate.js";
import { AlertLines } from "../gauges/alert-lines.js";
import type { Note, Notes } from "../gauges/card.js";
import type { Model } from "../gauges/model.js";
import { NoticeLine } from "../gauges/notice.js";
import { Tab } from "../gauges/tab.js";
import type { Extra } from "../gauges/view.js";
import type { Home } from "../home/home.js";
import { localize } from "../i18n/chart-strings.js";
import type { Format } from "../i18n/format.js";
import type { Language } from "../i18n/languages.js";
import { HistoryCache } from "./history-cache.js";
import { Plot } from "./plot.js";
import { type Range, spanMs } from "./series.js";
import { type Trend, trend } from "./trend.js";

/** The URL of the script of the other devices, set by the build. */
declare const HOME_URL: string;

const spans: [Span, string][] = [
	["15m", "15 min"],
	["24h", "24 h"],
	["7d", "7 d"],
];
/** A response takes the device some seconds at most, also with other clients connected. */
const RESPONSE_MS = 10_000;
/** The minimum that is a trend and not noise: °C and percent. */
const thresholds = { temperature: 0.2, humidity: 1 };
const arrows: Record<Trend, string> = { rising: "↗", steady: "→", falling: "↘" };
/** 80 °F, where `isFitted` begins. */
const FIT_MIN_C = 48 / 1.8;
/** Chart and notes are redrawn at most this often. */
const REDRAW_MS = 1000;

export interface HistoryChartOptions {
	/** An empty section, hidden until the first drawing. */
	section: HTMLElement;
	model: Model;
	/** The clock of the model's times. */
	now(): number;
	/** Called when there is something new to draw. */
	onChange(): void;
}

async function fetchHistory(sensor: string, span: Span): Promise<History> {
	const response = await fetch(url(sensor, span), { signal: AbortSignal.timeout(RESPONSE_MS) });
	if (!response.ok) throw new Error(response.statusText);
	return response.json();
}

function url(sensor: string, span: Span): string {
	return `/api/history?sensor=${encodeURIComponent(sensor)}&span=${span}`;
}

/** @returns The formula of a reading's heat index; empty where it has none. */
function heatFormula(reading: SensorData | undefined, language: Language): string {
	if (reading?.heatIndex == null) return "";
	return localize(isFitted(reading.temperature, reading.humidity) ? "rothfusz" : "steadman", language);
}

/** Draws the history: the chart of one sensor, and the notes of all. */
export class HistoryChart implements Extra {
	readonly #options: HistoryChartOptions;
	readonly #cache: HistoryCache;
	/** By sensor, in the device's order; `undefined` before the first reading. */
	readonly #notes = new Map<string, Notes | undefined>();
	readonly #title = document.createElement("h2");
	readonly #sensors = document.createElement("select");
	readonly #spans: HTMLButtonElement[];
	readonly #table = document.createElement("a");
	/** How the heat index is computed. */
	readonly #formula = document.createElement("small");
	readonly #plot: Plot;
	readonly #alerts = new AlertLines(document.querySelector("#cards")!);
	readonly #tab = new Tab(document.querySelector("[rel=icon]")!);
	readonly #notice = new NoticeLine(document.querySelector("#cards")!);
	#home: Home | undefined;
	#span: Span = "15m";
	#drawnAt = Number.NEGATIVE_INFINITY;
	#language: Language | undefined;

	constructor(options: HistoryChartOptions) {
		this.#options = options;
		const { section, model, now } = options;
		this.#cache = new HistoryCache({
			fetch: fetchHistory,
			at: uptimeMs => model.at(uptimeMs),
			now,
			intervalMs: () => model.intervalMs,
			onFetched: () => this.#redraw(),
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
		section.append(bar);
		this.#plot = new Plot(section);
		section.append(this.#formula);
		this.#choose("15m");
		void this.#addHome();
	}

	/** Without its script the page has the one device. */
	async #addHome(): Promise<void> {
		const { model, now, onChange } = this.#options;
		const { Home }: typeof import("../home/home.js") = await import(HOME_URL);
		this.#home = new Home({ model, Plot: uPlot, now, onChange });
	}

	/** Adds a reading of time `at` (ms on the page's clock). */
	push(sensor: string, at: number, temperature: number, humidity: number): void {
		this.#cache.push(sensor, at, temperature, humidity);
	}

	notes(sensor: string): Notes | undefined {
		return this.#notes.get(sensor);
	}

	show(now: number, format: Format, language: Language): void {
		this.#tab.show(this.#options.model, now, format);
		this.#notice.show(this.#options.model.notice, language);
		this.#alerts.show(this.#options.model, now, format, language);
		this.#home?.show(now, format, language);
		if (language !== this.#language) this.#translate(language);
		if (now - this.#drawnAt < REDRAW_MS && !this.#plot.isOutdated(format)) return;
		this.#drawnAt = now;
		this.#options.section.hidden = false;
		for (const sensor of this.#options.model.sensors.keys()) this.#addOption(sensor);
		const shown = this.#sensors.value;
		this.#table.href = `${url(shown, this.#span)}&format=csv`;
		const series = this.#cache.read(shown, this.#span);
		this.#formula.textContent = localize("heatIndex", language, format.degrees(FIT_MIN_C));
		this.#plot.show(series, { now, spanMs: spanMs[this.#span], format, language });
		for (const sensor of this.#options.model.sensors.keys()) this.#note(sensor, format, language);
	}

	/** Adds `sensor` to the select. */
	#addOption(sensor: string): void {
		if (this.#notes.has(sensor)) return;
		this.#notes.set(sensor, undefined);
		this.#sensors.add(new Option(sensor));
		this.#sensors.hidden = this.#notes.size < 2;
	}

	#note(sensor: string, format: Format, language: Language): void {
		const { ranges } = this.#cache.read(sensor, this.#span);
		const newest = this.#cache.read(sensor, "15m");
		const note = (value: "temperature" | "humidity", { min, max }: Range): Note => {
			const direction = trend(newest.at, newest[value], thresholds[value]);
			const number = (at: number) => format.number(value === "temperature" ? format.temperature(at) : at);
			return {
				range: `${localize("min", language)} ${number(min)} · ${localize("max", language)} ${number(max)}`,
				arrow: direction ? arrows[direction] : "",
				trend: direction ? localize(direction, language) : "",
			};
		};
		this.#notes.set(
			sensor,
			ranges && {
				temperature: note("temperature", ranges.temperature),
				humidity: note("humidity", ranges.humidity),
				heatIndex: heatFormula(this.#options.model.sensors.get(sensor)?.reading?.event, language),
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
		this.#title.textContent = localize("title", language);
		this.#sensors.ariaLabel = localize("sensor", language);
		this.#drawnAt = Number.NEGATIVE_INFINITY;
	}
}
