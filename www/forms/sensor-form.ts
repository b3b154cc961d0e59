import type { SensorSettings } from "../../modules/config/settings.js";
import { modelNames } from "../../modules/dht/models.js";
import type { Words } from "../i18n/form-texts.js";
import { part } from "./form-page.js";
import { entered } from "./values.js";

type Correction = { offset: number } | { points: readonly (readonly [number, number])[] };

/** `-0.5` or `30=33 75=75`; empty for none. */
export function correctionText(correction: Correction | undefined): string {
	if (!correction) return "";
	if ("offset" in correction) return String(correction.offset);
	return correction.points.map(([shown, actual]) => `${shown}=${actual}`).join(" ");
}

/** What `text` says, for the device to judge; `undefined` for nothing. */
export function correctionOf(text: string): unknown {
	const words = text.trim().split(/[\s;]+/);
	if (words[0] === "") return undefined;
	if (!text.includes("=")) return { offset: entered(text) };
	return { points: words.map(word => word.split("=").map(entered)) };
}

/** The fields of one sensor. */
export class SensorForm {
	readonly element: HTMLElement;

	/** @param onRemove Called when the sensor is to go. */
	constructor(words: Words, sensor: Partial<SensorSettings>, onRemove: () => void) {
		const copy = part<HTMLTemplateElement>("#sensor").content.cloneNode(true) as DocumentFragment;
		words.fill(copy);
		this.element = part("fieldset", copy);
		const select = this.#input("model");
		if (select instanceof HTMLSelectElement) for (const name of modelNames) select.add(new Option(name));
		const { name = "", model = "auto", pin, powerPin, calibration, warn } = sensor;
		part("legend", copy).textContent = name || words.get("sensor");
		const values: Record<string, string | number | null | undefined> = {
			name,
			model,
			pin,
			powerPin,
			"calibration.temperature": correctionText(calibration?.temperature),
			"calibration.humidity": correctionText(calibration?.humidity),
			"warn.temperature.below": warn?.temperature.below,
			"warn.temperature.above": warn?.temperature.above,
			"warn.humidity.below": warn?.humidity.below,
			"warn.humidity.above": warn?.humidity.above,
		};
		for (const [key, value] of Object.entries(values)) this.#input(key).value = String(value ?? "");
		part<HTMLButtonElement>("[name=remove]", copy).onclick = onRemove;
	}

	/** As the settings have it, for the device to judge; further keys stay as they are in `kept`. */
	value(kept: Partial<SensorSettings>): object {
		const text = (key: string) => this.#input(key).value;
		const number = (key: string) => (text(key).trim() === "" ? undefined : entered(text(key)));
		const bounds = (quantity: string) => ({
			below: number(`warn.${quantity}.below`) ?? null,
			above: number(`warn.${quantity}.above`) ?? null,
		});
		const temperature = correctionOf(text("calibration.temperature"));
		const humidity = correctionOf(text("calibration.humidity"));
		return {
			...kept,
			name: text("name"),
			model: text("model"),
			pin: number("pin") ?? "",
			powerPin: number("powerPin"),
			calibration: temperature || humidity ? { temperature, humidity } : undefined,
			warn: { temperature: bounds("temperature"), humidity: bounds("humidity") },
		};
	}

	/** @param path Below the sensor's key, as `warn.humidity.below`. @returns The field that it is about. */
	field(path: string): HTMLElement | undefined {
		const fields = [...this.element.querySelectorAll<HTMLInputElement>("[name]")];
		return fields.find(({ name }) => `${path}.`.startsWith(`${name}.`) || name.startsWith(`${path}.`));
	}

	#input(name: string): HTMLInputElement | HTMLSelectElement {
		return this.element.querySelector<HTMLInputElement>(`[name="${name}"]`)!;
	}
}
