import type { SensorSettings } from "../../modules/config/settings.js";
import { modelNames } from "../../modules/dht/models.js";
import type { Correction } from "../../modules/sampling/calibration.js";
import type { FormStrings } from "../i18n/form-strings.js";
import { find } from "./form-page.js";
import { numberOf } from "./input.js";

/** @returns `-0.5` for an offset, `30=33 75=75` for two points, an empty string for none. */
function show(correction: Correction | undefined): string {
	if (!correction) return "";
	if ("offset" in correction) return String(correction.offset);
	return correction.points.map(([shown, actual]) => `${shown}=${actual}`).join(" ");
}

/** @returns The correction in `input`, for the device to validate; `undefined` for an empty one. */
function correctionOf(input: string): unknown {
	const points = input.trim().split(/[\s;]+/);
	if (points[0] === "") return undefined;
	if (!input.includes("=")) return { offset: numberOf(input) };
	return { points: points.map(point => point.split("=").map(numberOf)) };
}

/** The inputs of one sensor. */
export class SensorForm {
	readonly element: HTMLElement;
	readonly #settings: Partial<SensorSettings>;

	/** @param settings As the device has them. @param onRemove Called when the reader removes the sensor. */
	constructor(strings: FormStrings, settings: Partial<SensorSettings>, onRemove: () => void) {
		this.#settings = settings;
		const copy = find<HTMLTemplateElement>("#sensor").content.cloneNode(true) as DocumentFragment;
		strings.fill(copy);
		this.element = find("fieldset", copy);
		const select = this.#input("model");
		if (select instanceof HTMLSelectElement) for (const name of modelNames) select.add(new Option(name));
		find("legend", copy).textContent = settings.name || strings.get("sensor");
		this.#show();
		find<HTMLButtonElement>("[name=remove]", copy).onclick = onRemove;
	}

	#show(): void {
		const { name = "", model = "auto", pin, powerPin, calibration, warn } = this.#settings;
		const values: Record<string, string | number | null | undefined> = {
			name,
			model,
			pin,
			powerPin,
			"calibration.temperature": show(calibration?.temperature),
			"calibration.humidity": show(calibration?.humidity),
			"warn.temperature.below": warn?.temperature.below,
			"warn.temperature.above": warn?.temperature.above,
			"warn.humidity.below": warn?.humidity.below,
			"warn.humidity.above": warn?.humidity.above,
			"warn.temperature.hysteresis": warn?.temperature.hysteresis,
			"warn.humidity.hysteresis": warn?.humidity.hysteresis,
			"warn.delayMs": warn?.delayMs,
		};
		for (const [key, value] of Object.entries(values)) this.#input(key).value = String(value ?? "");
	}

	/** The sensor's settings for the device to validate; keys without an input are as the device has them. */
	get value(): object {
		const input = (key: string) => this.#input(key).value;
		const number = (key: string) => (input(key).trim() === "" ? undefined : numberOf(input(key)));
		const bounds = (quantity: string) => ({
			below: number(`warn.${quantity}.below`) ?? null,
			above: number(`warn.${quantity}.above`) ?? null,
			hysteresis: number(`warn.${quantity}.hysteresis`),
		});
		const temperature = correctionOf(input("calibration.temperature"));
		const humidity = correctionOf(input("calibration.humidity"));
		return {
			...this.#settings,
			name: input("name"),
			model: input("model"),
			pin: number("pin") ?? "",
			powerPin: number("powerPin"),
			calibration: temperature || humidity ? { temperature, humidity } : undefined,
			warn: { temperature: bounds("temperature"), humidity: bounds("humidity"), delayMs: number("warn.delayMs") },
		};
	}

	/** @param path Below the sensor's key, as `warn.humidity.below`. @returns The input of that key, or the first below it. */
	inputOf(path: string): HTMLElement | undefined {
		const inputs = [...this.element.querySelectorAll<HTMLInputElement>("[name]")];
		return inputs.find(({ name }) => `${path}.`.startsWith(`${name}.`) || name.startsWith(`${path}.`));
	}

	#input(name: string): HTMLInputElement | HTMLSelectElement {
		return this.element.querySelector<HTMLInputElement>(`[name="${name}"]`)!;
	}
}
