import uPlot from "uplot";
import { localize } from "../i18n/chart-strings.js";
import type { Format } from "../i18n/format.js";
import type { Language } from "../i18n/languages.js";
import type { Series } from "./series.js";

/** The time axis is as long as the data, but no shorter than this and no longer than the span. */
const MIN_LENGTH_S = 60;
const DAY_S = 86_400;
/** Minimum height of the scales, so that noise stays small: °C (or °F) and percent. */
const MIN_RANGE = { temperature: 2, humidity: 5 };

/** Of the labels of all axes. */
const FONT = "12px system-ui";

/** The rules of uPlot's style sheet that this chart needs. A constructed sheet is exempt from the policy's `style-src`. */
const rules = `
.uplot { position: absolute; }
.u-wrap { position: relative; }
.uplot canvas { display: block; width: 100%; height: 100%; }
.u-under, .u-over, .u-axis { position: absolute; }
.u-over { overflow: hidden; }
.u-cursor-x, .u-cursor-pt { position: absolute; left: 0; top: 0; pointer-events: none; will-change: transform; }
.u-cursor-x { height: 100%; border-right: 1px solid var(--soft); }
.u-cursor-pt { border-radius: 50%; }
.u-off { display: none; }
[role=slider] { position: relative; flex: 1; min-height: 17rem; touch-action: pan-y; border-radius: 0.5rem; }
output { display: block; min-height: 1.4em; color: var(--soft); font-size: 0.9rem; }
`;

/** @returns A scale's range: 10 % more than the data, and no less than `minimum`. */
function rangeOf(minimum: number): uPlot.Range.Function {
	return (_, min, max) => {
		const middle = ((min ?? 0) + (max ?? 0)) / 2;
		const half = Math.max(((max ?? 0) - (min ?? 0)) * 0.55, minimum / 2);
		return [middle - half, middle + half];
	};
}

/** @returns The labels of an axis of numbers. */
function numbersOf(locale: string): uPlot.Axis.DynamicValues {
	const number = new Intl.NumberFormat(locale);
	return (_, ticks) => ticks.map(tick => number.format(tick));
}

/** @returns The time axis: days, minutes or seconds, so far apart that no label touches another one, or the axis at the right end. */
function timesOf(locale: string): Pick<uPlot.Axis, "space" | "values"> {
	const days = new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric" });
	const minutes = new Intl.DateTimeFormat(locale, { timeStyle: "short" });
	const seconds = new Intl.DateTimeFormat(locale, { timeStyle: "medium" });
	const pen = document.createElement("canvas").getContext("2d")!;
	pen.font = FONT;
	const widthOf = (label: string) => pen.measureText(label).width;
	return {
		// With two digits for the hour, a time of seconds is the longest label.
		space: Math.ceil(widthOf(seconds.format(new Date(2000, 0, 1, 22)))) + 8,
		values: (plot, ticks, _, __, step) => {
			const format = step >= DAY_S ? days : step >= 60 ? minutes : seconds;
			const end = plot.valToPos(plot.scales.x!.max!, "x");
			return ticks.map(tick => {
				const label = format.format(tick * 1000);
				// uPlot rounds to pixels where it draws.
				return plot.valToPos(tick, "x") + widthOf(label) / 2 + 1 > end ? null : label;
			});
		},
	};
}

export interface PlotView {
	/** The chart's right end on the clock of the series. */
	now: number;
	spanMs: number;
	format: Format;
	language: Language;
}

/** A chart of temperature and humidity, read with pointer, finger or arrow keys. */
export class Plot {
	readonly #slider = document.createElement("div");
	readonly #readout = document.createElement("output");
	#plot: uPlot | undefined;
	#appearance = "";
	#view: PlotView | undefined;
	#moment = new Intl.DateTimeFormat();
	/** Epoch ms less page ms. */
	#offset = 0;

	/** Appends itself to `parent`. */
	constructor(parent: HTMLElement) {
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(rules);
		document.adoptedStyleSheets.push(sheet);
		this.#slider.role = "slider";
		this.#slider.tabIndex = 0;
		this.#slider.onkeydown = event => this.#key(event);
		this.#slider.onpointermove = this.#slider.onpointerdown = event => this.#touch(event);
		new ResizeObserver(() => this.#plot?.setSize(this.#size())).observe(this.#slider);
		parent.append(this.#slider, this.#readout);
	}

	/** @returns Whether the chart is drawn with another locale, unit or theme than the page's. */
	isOutdated(format: Format): boolean {
		return this.#appearance !== this.#appearanceOf(format);
	}

	show(series: Series, view: PlotView): void {
		this.#view = view;
		this.#offset = Date.now() - view.now;
		if (this.isOutdated(view.format)) {
			this.#appearance = this.#appearanceOf(view.format);
			this.#plot?.destroy();
			this.#plot = new uPlot(this.#options(), [[], [], []], this.#slider);
		}
		this.#slider.ariaLabel = localize("title", view.language);
		const degrees = (celsius: number | null) => (celsius === null ? null : view.format.temperature(celsius));
		this.#plot!.setData([
			series.at.map(at => (at + this.#offset) / 1000),
			series.temperature.map(degrees),
			series.humidity,
		]);
		this.#read();
	}

	#appearanceOf(format: Format): string {
		return format.locale + format.unit + document.documentElement.dataset.theme;
	}

	#options(): uPlot.Options {
		const { format } = this.#view!;
		const style = getComputedStyle(document.documentElement);
		const colour = (name: string) => style.getPropertyValue(`--${name}`);
		const warm = colour("warm");
		const cool = colour("cool");
		const grid = { stroke: colour("line"), width: 1 };
		const axis = { stroke: colour("soft"), grid, ticks: { show: false }, font: FONT };
		const values = numbersOf(format.locale);
		this.#moment = new Intl.DateTimeFormat(format.locale, { dateStyle: "short", timeStyle: "medium" });
		return {
			...this.#size(),
			legend: { show: false },
			cursor: { y: false, drag: { x: false, y: false } },
			scales: {
				x: { range: () => this.#span() },
				temperature: { range: rangeOf(MIN_RANGE.temperature) },
				humidity: { range: rangeOf(MIN_RANGE.humidity) },
			},
			axes: [
				{ ...axis, ...timesOf(format.locale) },
				{ ...axis, scale: "temperature", stroke: warm, size: 44, values },
				{ ...axis, scale: "humidity", side: 1, stroke: cool, size: 44, grid: { show: false }, values },
			],
			series: [
				{},
				{ scale: "temperature", stroke: warm, width: 2, points: { size: 3, fill: warm } },
				{ scale: "humidity", stroke: cool, width: 2, dash: [6, 3], points: { size: 3, fill: cool } },
			],
			hooks: { setCursor: [() => this.#read()] },
		};
	}

	#size(): { width: number; height: number } {
		return { width: this.#slider.clientWidth, height: this.#slider.clientHeight };
	}

	#span(): uPlot.Range.MinMax {
		const { now, spanMs } = this.#view!;
		const end = (now + this.#offset) / 1000;
		const first = Math.min(this.#plot?.data[0][0] ?? end, end - MIN_LENGTH_S);
		return [Math.max(first, end - spanMs / 1000), end];
	}

	/** Shows and announces the values under the cursor, or the newest. */
	#read(): void {
		const { format, language } = this.#view!;
		const empty = localize("empty", language);
		const [at, temperature, humidity] = this.#plot!.data as [number[], (number | null)[], (number | null)[]];
		const last = at.length - 1;
		const index = this.#plot!.cursor.idx ?? last;
		const values =
			temperature[index] == null
				? empty
				: `${format.measure(temperature[index], `°${format.unit}`)} · ${format.measure(humidity[index], "%")}`;
		const spoken = index < 0 ? empty : `${this.#moment.format(at[index]! * 1000)}: ${values}`;
		this.#readout.textContent = spoken;
		this.#slider.setAttribute("aria-valuemin", "0");
		this.#slider.setAttribute("aria-valuemax", `${Math.max(last, 0)}`);
		this.#slider.setAttribute("aria-valuenow", `${Math.max(index, 0)}`);
		this.#slider.setAttribute("aria-valuetext", spoken);
	}

	#key(event: KeyboardEvent): void {
		const at = this.#plot?.data[0] ?? [];
		const last = at.length - 1;
		const index = this.#plot?.cursor.idx ?? last;
		const targets: Record<string, number> = {
			ArrowLeft: index - 1,
			ArrowDown: index - 1,
			ArrowRight: index + 1,
			ArrowUp: index + 1,
			PageDown: index - 10,
			PageUp: index + 10,
			Home: 0,
			End: last,
		};
		const target = targets[event.key];
		if (target === undefined || last < 0) return;
		event.preventDefault();
		this.#move(this.#plot!.valToPos(at[Math.min(Math.max(target, 0), last)]!, "x"));
	}

	/** Moves the cursor to a finger or pen; uPlot itself follows the mouse alone. */
	#touch({ pointerType, clientX }: PointerEvent): void {
		if (pointerType !== "mouse" && this.#plot) this.#move(clientX - this.#plot.over.getBoundingClientRect().left);
	}

	#move(left: number): void {
		this.#plot!.setCursor({ left, top: 1 });
	}
}
