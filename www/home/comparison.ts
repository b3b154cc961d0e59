import type uPlot from "uplot";
import type { Model } from "../gauges/model.js";
import { localize as chartString } from "../i18n/chart-strings.js";
import type { Format } from "../i18n/format.js";
import type { Language } from "../i18n/languages.js";
import { localize } from "../i18n/strings.js";
import { boundedText } from "./bounded.js";
import { checkedHistory, type DayMeans, MAX_HISTORY_LENGTH } from "./checked.js";

export type PlotConstructor = typeof uPlot;

/** The histories of a day are fetched so often while the chart is open. */
const FETCH_MS = 60_000;
const RESPONSE_MS = 10_000;

/** One sensor of one device. */
export interface Compared {
	/** Empty for the page's own. */
	origin: string;
	device: string;
	sensor: string;
	model: Model;
}

type Found = readonly [Compared, DayMeans];

type Quantity = "temperature" | "humidity";

/** Compares the same quantity of all devices over a day: one line a sensor. It is fetched once a person opens it. */
export class Comparison {
	readonly element = document.createElement("details");
	readonly #Plot: PlotConstructor;
	readonly #series: () => Compared[];
	readonly #summary = document.createElement("summary");
	readonly #quantity = document.createElement("select");
	readonly #legend = document.createElement("ul");
	readonly #chart = document.createElement("div");
	#histories: Found[] = [];
	#fetchedAt = Number.NEGATIVE_INFINITY;
	#fetching = false;
	#plot: uPlot | undefined;
	#appearance = "";

	/** @param series All sensors as of now. */
	constructor(Plot: PlotConstructor, series: () => Compared[]) {
		this.#Plot = Plot;
		this.#series = series;
		this.element.id = "compare";
		for (const quantity of ["temperature", "humidity"]) this.#quantity.add(new Option("", quantity));
		this.#quantity.onchange = () => {
			this.#appearance = "";
		};
		this.element.append(this.#summary, this.#quantity, this.#chart, this.#legend);
	}

	show(format: Format, language: Language): void {
		this.#summary.textContent = chartString("compare", language);
		if (!this.element.open) return;
		const now = performance.now();
		if (now - this.#fetchedAt >= FETCH_MS && !this.#fetching) {
			this.#fetchedAt = now;
			this.#fetching = true;
			void this.#fetch();
		}
		const width = this.#chart.clientWidth;
		const appearance = [this.#quantity.value, format.locale, format.unit, width, this.#histories.length].join();
		if (appearance === this.#appearance || this.#histories.length === 0) return;
		this.#appearance = appearance;
		for (const option of this.#quantity.options) option.textContent = localize(option.value as Quantity, language);
		this.#draw(this.#quantity.value as Quantity, format, width);
	}

	/** Of each device one sensor after the other: it serves few connections. */
	async #fetch(): Promise<void> {
		const devices = new Map<string, Compared[]>();
		for (const compared of this.#series()) {
			const { origin } = compared;
			devices.set(origin, [...(devices.get(origin) ?? []), compared]);
		}
		const found = await Promise.all([...devices.values()].map(fetchDevice));
		this.#fetching = false;
		this.#histories = found.flat();
		this.#appearance = "";
	}

	#draw(quantity: Quantity, format: Format, width: number): void {
		const inUnit = (value: number | null) =>
			value === null || quantity === "humidity" ? value : format.temperature(value);
		const offset = Date.now() - performance.now();
		const tables = this.#histories.map(([{ model }, history]): uPlot.AlignedData => {
			const mean = history[quantity];
			const first = model.at(history.startUptimeMs) + offset;
			// Minutes, so that the devices' buckets meet.
			const at = mean.map((_, index) => Math.round((first + index * history.stepMs) / 60_000) * 60);
			const unique = new Map(at.map((time, index) => [time, inUnit(mean[index] ?? null)]));
			return [[...unique.keys()], [...unique.values()]];
		});
		const colour = (index: number) => `hsl(${(index * 137.5) % 360} 65% 50%)`;
		this.#plot?.destroy();
		const unit = quantity === "humidity" ? "%" : `°${format.unit}`;
		const soft = getComputedStyle(document.documentElement).getPropertyValue("--soft");
		const axis = { stroke: soft, grid: { stroke: soft, width: 0.2 }, ticks: { show: false } };
		const series = this.#histories.map((_, index) => ({ stroke: colour(index), width: 1.5, spanGaps: true }));
		const options = { width, height: 280, legend: { show: false }, axes: [axis, axis], series: [{}, ...series] };
		this.#plot = new this.#Plot(options, this.#Plot.join(tables), this.#chart);
		this.#legend.replaceChildren(
			...this.#histories.map(([{ device, sensor }, history], index) => {
				const item = document.createElement("li");
				item.style.color = colour(index);
				item.textContent = `${device} · ${sensor}: ${format.measure(inUnit(history.newest?.[quantity] ?? null), unit)}`;
				return item;
			}),
		);
	}
}

/** @returns The histories of a device's sensors, without those that cannot be had. */
async function fetchDevice(sensors: readonly Compared[]): Promise<Found[]> {
	const found: Found[] = [];
	for (const compared of sensors) {
		const url = `${compared.origin}/api/history?sensor=${encodeURIComponent(compared.sensor)}&span=24h`;
		const history = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(RESPONSE_MS) })
			.then(response => boundedText(response, MAX_HISTORY_LENGTH))
			.then(checkedHistory)
			.catch(() => undefined);
		if (history) found.push([compared, history]);
	}
	return found;
}
