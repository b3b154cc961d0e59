import { Format } from "../i18n/format.js";
import { english, type Language, languages } from "../i18n/languages.js";
import { LoadedLanguages } from "../i18n/loaded-languages.js";
import type { Preferences } from "../i18n/preferences.js";
import { localize, type StringKey } from "../i18n/strings.js";
import { Card, type Notes } from "./card.js";
import { Controls } from "./controls.js";
import { type Model, Sensor } from "./model.js";

/** The URL of a language's file, set by the build; `{}` stands for the language. */
declare const LANGUAGE_URL: string;

export interface ViewOptions {
	model: Model;
	preferences: Preferences;
	/** The clock of the model's times. */
	now(): number;
}

/** The history, loaded after the gauges. */
export interface Extra {
	show(now: number, format: Format, language: Language): void;
	notes(sensor: string): Notes | undefined;
}

const find = <Found extends Element = HTMLElement>(selector: string) => document.querySelector<Found>(selector)!;

/** Draws the page, at most once a frame. */
export class View {
	/** Drawn from the moment when it is set. */
	extra: Extra | undefined;
	/** Settles once the language's file has come or failed. */
	ready = Promise.resolve();
	readonly #options: ViewOptions;
	readonly #cards = new Map<string, Card>();
	readonly #placeholder = new Sensor("");
	readonly #dark = matchMedia("(prefers-color-scheme:dark)");
	readonly #controls: Controls;
	readonly #languages = new LoadedLanguages(LANGUAGE_URL);
	#language = english;
	#format!: Format;
	#requested = false;
	#measured = false;

	constructor(options: ViewOptions) {
		this.#options = options;
		this.#controls = new Controls(find("#choices"), options.preferences, () => this.apply());
		this.#dark.onchange = () => this.apply();
		this.#choose();
		if (options.preferences.choice.language !== "en") this.#load();
		// An empty card, made while the first readings are loading.
		this.#card("");
	}

	/** Draws with the next frame. A hidden page has no frames but a title, and draws after 500 ms. */
	request(): void {
		if (this.#requested) return;
		this.#requested = true;
		const draw = () => this.draw();
		if (document.hidden) setTimeout(draw, 500);
		else requestAnimationFrame(draw);
	}

	/** Draws now. */
	draw(): void {
		this.#requested = false;
		const { model } = this.#options;
		const language = this.#language;
		const now = this.#options.now();
		const format = this.#format;
		document.documentElement.dataset.link = model.link;
		write(find("h1"), model.name);
		const link = localize(model.link, language, model.link === "lost" ? format.time(now - model.heardAt) : "");
		write(find("#link"), link);
		this.extra?.show(now, format, language);
		const news = [link];
		for (const sensor of model.sensors.size ? model.sensors.values() : [this.#placeholder]) {
			this.#show(sensor, now);
			const status = sensor.status(now, model.intervalMs);
			if (status === "stale" || status === "fault") news.push(`${sensor.name}: ${localize(status, language)}`);
		}
		write(find("#news"), news.join(". "));
		const { received } = model;
		if (received) write(find("pre"), `id: ${received.id}\nevent: ${received.event}\ndata: ${received.data}`);
		if (!this.#measured && model.sensors.size) this.#measure();
	}

	/** The first values are set without a transition, all later ones with one. */
	#measure(): void {
		this.#measured = true;
		performance.measure("first-reading");
		requestAnimationFrame(() => {
			performance.measure("first-reading-at-rest");
			requestAnimationFrame(() => document.body.classList.add("moving"));
			this.#format.settle();
		});
	}

	#show(sensor: Sensor, now: number): void {
		const { model } = this.#options;
		const notes = this.extra?.notes(sensor.name);
		this.#card(sensor.name).show(sensor, { model, now, format: this.#format, language: this.#language, notes });
	}

	#card(name: string): Card {
		let card = this.#cards.get(name);
		if (card) return card;
		const vacant = this.#cards.get("");
		this.#cards.delete("");
		card = vacant ?? new Card(find<HTMLTemplateElement>("#card"));
		card.name = name;
		this.#cards.set(name, card);
		if (vacant) return card;
		find("#cards").append(card.element);
		this.translate(card.element);
		return card;
	}

	#load(): void {
		this.ready = this.#languages.load(this.#options.preferences.choice.language).then(() => {
			this.#choose();
			this.draw();
		});
	}

	/** Sets format, language and theme. */
	#choose(): void {
		const { language, unit, theme } = this.#options.preferences.choice;
		this.#language = this.#languages.get(language);
		const { key } = this.#language;
		this.#format = new Format(key, navigator.languages, unit);
		if (this.#measured) this.#format.settle();
		const root = document.documentElement;
		root.lang = languages[key].locale;
		root.dataset.theme = theme === "auto" ? (this.#dark.matches ? "dark" : "light") : theme;
		this.#controls.show(this.#language);
		find("header>a").ariaLabel = localize("settings", this.#language);
		this.translate(document);
	}

	/** Applies changed preferences, once the language's file is there. */
	apply(): void {
		this.#load();
		void this.ready.then(() => this.draw());
	}

	/** Fills the elements that are marked with `data-string`. */
	translate(root: ParentNode): void {
		for (const element of root.querySelectorAll<HTMLElement>("[data-string]"))
			write(element, localize(element.dataset.string as StringKey, this.#language));
	}
}

function write(element: Element, content: string): void {
	if (element.textContent !== content) element.textContent = content;
}
