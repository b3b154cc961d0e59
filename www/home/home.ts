// Loaded after the chart: the other devices of the network, each over its own stream.

import type { NeighbourList } from "../../modules/api/schema.js";
import type { Model } from "../gauges/model.js";
import type { Format } from "../i18n/format.js";
import type { Language } from "../i18n/languages.js";
import { Comparison, type PlotConstructor } from "./comparison.js";
import { Kiosk } from "./kiosk.js";
import { OtherDevice } from "./other-device.js";
import { Hubs } from "./shared-feed.js";

/** From one list of neighbours to the next. */
const LIST_MS = 30_000;
/** As many as a device lists; of those that are gone the first ones leave. */
const MAX_DEVICES = 16;

const rules = `
#home { display: grid; gap: 1rem; grid-column: 1 / -1; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); }
#home section { display: flex; flex-direction: column; gap: 0.5rem; }
#home section > header { padding: 0 0.5rem; }
#home section > header p { color: var(--soft); font-size: 0.85rem; }
#home section > header p::before { content: "●"; color: var(--dot, var(--soft)); margin-right: 0.4em; }
#home :is([data-link=private], [data-link=older], [data-link=unclear]) { --dot: var(--amber); }
#home article:only-of-type { flex: 1; min-height: 0; }
#home .tube { max-height: 17rem; }
#home b { font-size: 2.2rem; }
#home dl { display: none; }
#compare { grid-column: 1 / -1; background: var(--card); border: 1px solid var(--line); border-radius: 1.1rem; padding: 1rem; }
#compare ul { display: flex; flex-wrap: wrap; gap: 0.3rem 1rem; list-style: none; padding: 0; }
#compare .u-legend { display: none; }
`;

export interface HomeOptions {
	/** Of the page's own device. */
	model: Model;
	Plot: PlotConstructor;
	/** The page's clock, ms. */
	now(): number;
	/** Called when there is something new to draw. */
	onChange(): void;
}

export class Home {
	readonly #options: HomeOptions;
	readonly #element = document.createElement("div");
	readonly #devices = new Map<string, OtherDevice>();
	readonly #comparison: Comparison;
	/** `undefined` before the first device. */
	#hubs: Hubs | undefined;
	readonly #kiosk = new URLSearchParams(location.search).has("kiosk") ? new Kiosk() : undefined;
	readonly #template = document.querySelector<HTMLTemplateElement>("#card")!;

	constructor(options: HomeOptions) {
		this.#options = options;
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(rules);
		document.adoptedStyleSheets.push(sheet);
		this.#element.id = "home";
		this.#comparison = new Comparison(options.Plot, () => this.#series());
		addLink("manifest", "/manifest.webmanifest");
		addLink("apple-touch-icon", "/icon.png");
		void this.#list();
		document.addEventListener("visibilitychange", () => {
			if (!document.hidden) for (const device of this.#devices.values()) device.wake();
		});
		addEventListener("pagehide", () => {
			for (const device of this.#devices.values()) device.close();
			this.#devices.clear();
		});
	}

	show(now: number, format: Format, language: Language): void {
		for (const device of this.#devices.values()) device.show(now, format, language);
		this.#kiosk?.show();
		if (this.#devices.size > 0) this.#comparison.show(format, language);
	}

	/** Lists the neighbours now and again. A device of an older version, or without mDNS, has none. */
	async #list(): Promise<void> {
		const response = await fetch("/api/neighbours").catch(() => undefined);
		if (response && !response.ok) return;
		const list: NeighbourList | undefined = await response?.json().catch(() => undefined);
		if (list) this.#take(list);
		setTimeout(() => this.#list(), LIST_MS);
	}

	#take({ neighbours, version: own }: NeighbourList): void {
		for (const neighbour of neighbours) {
			const { address, port, name } = neighbour;
			const origin = `http://${address}${port === 80 ? "" : `:${port}`}`;
			// One that has moved is listed under its new address alone.
			for (const [other, device] of this.#devices)
				if (other !== origin && device.name === name && device.isLost) this.#remove(other);
			this.#device(origin).list(neighbour, own);
		}
		const listed = new Set(neighbours.map(({ address, port }) => `http://${address}${port === 80 ? "" : `:${port}`}`));
		for (const [origin, device] of this.#devices)
			if (this.#devices.size > MAX_DEVICES && !listed.has(origin) && device.isLost) this.#remove(origin);
		this.#options.onChange();
	}

	#device(origin: string): OtherDevice {
		let device = this.#devices.get(origin);
		if (device) return device;
		const { now, onChange } = this.#options;
		this.#hubs ??= new Hubs();
		device = new OtherDevice({ origin, hubs: this.#hubs, template: this.#template, now, onChange });
		this.#devices.set(origin, device);
		if (!this.#element.isConnected) document.querySelector("#data")!.before(this.#element, this.#comparison.element);
		this.#element.append(device.element);
		return device;
	}

	#remove(origin: string): void {
		this.#devices.get(origin)?.close();
		this.#devices.delete(origin);
	}

	/** Every sensor that may be compared: the page's own first. */
	#series(): { origin: string; device: string; sensor: string; model: Model }[] {
		const { model } = this.#options;
		const all = [["", model] as const, ...[...this.#devices].map(([origin, other]) => [origin, other.model] as const)];
		return all.flatMap(([origin, of]) =>
			[...of.sensors.keys()].map(sensor => ({ origin, device: of.name, sensor, model: of })),
		);
	}
}

/** What "add to home screen" takes name and icon from. */
function addLink(rel: string, href: string): void {
	document.head.append(Object.assign(document.createElement("link"), { rel, href }));
}
