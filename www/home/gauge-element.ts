// `/gauge.js`: the custom element <dht-gauge src="http://dht.local" sensor="Room">, for pages of other origins.

import { Card } from "../gauges/card.js";
import { Sensor } from "../gauges/model.js";
import { Format } from "../i18n/format.js";
import { english } from "../i18n/languages.js";
import { localize, type StringKey } from "../i18n/strings.js";
import { Remote } from "./remote.js";

/** The style sheet and the markup of a card, set by the build. */
declare const STYLE: string;
declare const CARD: string;

/** By origin: all elements of a page share a device's stream. */
const remotes: Record<string, Remote> = {};
const style = new CSSStyleSheet();
style.replaceSync(STYLE);

class GaugeElement extends HTMLElement {
	static readonly observedAttributes = ["src", "sensor", "unit"];
	readonly #root = document.createElement("div");
	readonly #link = document.createElement("small");
	#card: Card | undefined;
	#remote: Remote | undefined;

	connectedCallback(): void {
		if (!this.#card) this.#make();
		this.attributeChangedCallback();
	}

	disconnectedCallback(): void {
		this.#remote?.leave(this.#draw);
		this.#remote = undefined;
	}

	attributeChangedCallback(): void {
		if (!this.isConnected || !this.#card) return;
		this.#remote?.leave(this.#draw);
		const { origin } = new URL(this.getAttribute("src") ?? "", location.href);
		remotes[origin] ??= new Remote(origin);
		this.#remote = remotes[origin];
		this.#remote.join(this.#draw);
		this.#draw();
	}

	#make(): void {
		const template = document.createElement("template");
		template.innerHTML = CARD;
		this.#card = new Card(template);
		const { element } = this.#card;
		for (const found of element.querySelectorAll<HTMLElement>("[data-string]"))
			found.textContent = localize(found.dataset.string as StringKey, english);
		element.append(this.#link);
		this.#root.append(element);
		const shadow = this.attachShadow({ mode: "open" });
		shadow.adoptedStyleSheets = [style];
		shadow.append(this.#root);
	}

	readonly #draw = (): void => {
		const { model } = this.#remote!;
		const { link } = model;
		const format = new Format("en", navigator.languages, this.getAttribute("unit") === "F" ? "F" : "C");
		const now = performance.now();
		const name = this.getAttribute("sensor") ?? [...model.sensors.keys()][0] ?? "";
		const sensor = model.sensors.get(name) ?? new Sensor(name);
		this.#card!.name = name;
		this.#card!.show(sensor, { model, now, format, language: english });
		this.#root.dataset.link = link;
		const since = model.heardAt ? format.time(now - model.heardAt) : "–";
		this.#link.textContent = link === "live" ? "" : localize(link, english, since);
	};
}

if (!customElements.get("dht-gauge")) customElements.define("dht-gauge", GaugeElement);
