import type { Format } from "../i18n/format.js";
import type { Model } from "./model.js";

const colours = { waiting: "789", live: "2c8f5b", stale: "efa33c", fault: "d9483b", lost: "d9483b" };

/** The title and icon of the browser's tab. */
export class Tab {
	#icon: HTMLLinkElement;
	#shown = "";

	constructor(icon: HTMLLinkElement) {
		this.#icon = icon;
	}

	/** Shows the first sensor's state at `now`; ⚠ precedes a title without a live value. */
	show(model: Model, now: number, format: Format): void {
		const [sensor] = model.sensors.values();
		const status = model.link === "lost" ? "lost" : (sensor?.status(now, model.intervalMs) ?? "waiting");
		const event = status === "fault" ? undefined : sensor?.reading?.event;
		const values = event ? `${format.degrees(event.temperature)} · ${format.measure(event.humidity, "%")}` : "–";
		const title = `${status === "live" || status === "waiting" ? "" : "⚠ "}${values} · ${model.name}`;
		if (document.title !== title) document.title = title;
		if (status === this.#shown) return;
		this.#shown = status;
		this.#icon.href = `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><path fill='%23${colours[status]}' d='M6 3a2 2 0 0 1 4 0v6a4 4 0 1 1-4 0z'/></svg>`;
	}
}
