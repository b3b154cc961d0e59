import { Card } from "./card.js";
import { Format, localeOf } from "./format.js";
import type { Model } from "./model.js";
import { type Choice, choices, type Preferences } from "./preferences.js";
import { type Text, text } from "./texts.js";

export interface ViewOptions {
	model: Model;
	preferences: Preferences;
	/** The clock of the model's times. */
	now(): number;
}

const labels = {
	language: { en: "English", pt: "Português" },
	unit: { C: "°C", F: "°F" },
	theme: {},
} as const;

const find = <Found extends Element = HTMLElement>(selector: string) => document.querySelector<Found>(selector)!;

/** Draws the page, at most once a frame. */
export class View {
	readonly #options: ViewOptions;
	readonly #cards = new Map<string, Card>();
	readonly #dark = matchMedia("(prefers-color-scheme:dark)");
	#format: Format;
	#requested = false;
	#icon = "";

	constructor(options: ViewOptions) {
		this.#options = options;
		this.#format = this.#choose();
		this.#dark.onchange = () => this.#apply();
		this.#makeChoices();
		this.#apply();
	}

	/** Draws with the next frame, or soon where there are no frames: a hidden page still has a title. */
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
		const { model, preferences, now } = this.#options;
		const at = now();
		const { language } = preferences.choice;
		document.documentElement.dataset.link = model.link;
		write(find("h1"), model.name || "DHT");
		const link = text(model.link, language, this.#format.time(at - model.heardAt));
		write(find("#link"), link);
		const news = [link];
		for (const sensor of model.sensors.values()) {
			const card = this.#card(sensor.name);
			card.show(sensor, model, at, { format: this.#format, language });
			const status = sensor.status(at, model.intervalMs);
			if (status === "fault" || status === "stale")
				news.push(`${sensor.name}: ${text(status === "fault" ? "fault" : "staleNews", language)}`);
		}
		write(find("#news"), news.join(". "));
		const { received } = model;
		write(
			find("pre"),
			received ? `id: ${received.id}\nevent: ${received.event}\ndata: ${received.data}` : text("nothing", language),
		);
		this.#title(at);
		if (model.sensors.size && !this.#moving) this.#firstDrawn();
	}

	#moving = false;

	/** The first values stand without a movement; from then on they glide. */
	#firstDrawn(): void {
		this.#moving = true;
		performance.measure("first-reading", { start: 0 });
		requestAnimationFrame(() => {
			performance.measure("first-reading-at-rest", { start: 0 });
			requestAnimationFrame(() => document.body.classList.add("moving"));
		});
	}

	#card(name: string): Card {
		let card = this.#cards.get(name);
		if (!card) {
			card = new Card(find<HTMLTemplateElement>("#card"), name);
			this.#cards.set(name, card);
			find("#cards").append(card.element);
			this.#translate(card.element);
		}
		return card;
	}

	#title(at: number): void {
		const { model } = this.#options;
		const sensor = [...model.sensors.values()][0];
		const status = sensor ? (model.link === "lost" ? "lost" : sensor.status(at, model.intervalMs)) : "waiting";
		const values =
			sensor?.reading && status !== "fault"
				? `${this.#format.number(this.#format.temperature(sensor.reading.event.temperature))} ${this.#format.unit} · ${this.#format.number(sensor.reading.event.humidity)} %`
				: "–";
		const title = `${status === "live" ? "" : status === "waiting" ? "… " : "⚠ "}${values} · ${model.name || "DHT"}`;
		if (document.title !== title) document.title = title;
		if (this.#icon === status) return;
		this.#icon = status;
		const colour =
			status === "live"
				? "%232c8f5b"
				: status === "waiting"
					? "%2388939a"
					: status === "stale"
						? "%23efa33c"
						: "%23d9483b";
		find<HTMLLinkElement>("[rel=icon]").href =
			`data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><path fill='${colour}' d='M6 3a2 2 0 0 1 4 0v6a4 4 0 1 1-4 0z'/></svg>`;
	}

	#makeChoices(): void {
		const { preferences } = this.#options;
		for (const name of Object.keys(choices) as (keyof Choice)[]) {
			const select = document.createElement("select");
			select.name = name;
			for (const value of choices[name]) select.add(new Option("", value, false, value === preferences.choice[name]));
			select.onchange = () => {
				preferences.set(name, select.value as never);
				this.#apply();
			};
			find("#choices").append(select);
		}
	}

	#choose(): Format {
		const { language, unit } = this.#options.preferences.choice;
		return new Format(localeOf(language, navigator.languages), unit);
	}

	#apply(): void {
		const { language, theme } = this.#options.preferences.choice;
		this.#format = this.#choose();
		const root = document.documentElement;
		root.lang = language === "pt" ? "pt-BR" : "en";
		root.dataset.theme = theme === "auto" ? (this.#dark.matches ? "dark" : "light") : theme;
		for (const select of document.querySelectorAll("select")) {
			const name = select.name as keyof Choice;
			select.ariaLabel = text(name, language);
			for (const option of select.options)
				option.text = (labels[name] as Record<string, string>)[option.value] ?? text(option.value as Text, language);
		}
		this.#translate(document);
		this.draw();
	}

	#translate(within: ParentNode): void {
		for (const element of within.querySelectorAll<HTMLElement>("[data-text]"))
			write(element, text(element.dataset.text as Text, this.#options.preferences.choice.language));
	}
}

function write(element: Element, content: string): void {
	if (element.textContent !== content) element.textContent = content;
}
