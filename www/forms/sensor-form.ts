import type { Band } from "../../modules/config/sensor-settings.js";
import type { SensorSettings } from "../../modules/config/settings.js";
import { modelNames } from "../../modules/dht/models.js";
import type { Correction } from "../../modules/sampling/calibration.js";
import type { FormStrings } from "../i18n/form-strings.js";
import { find } from "./form-page.js";
import { numberOf } from "./input.js";
import { fillPins, remarkOn } from "./pin-select.js";

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

/** @returns `18 26` for a band, an empty string for none. */
const showBand = (band: Band | undefined) => band?.join(" ");

/** @returns The band in `input`, for the device to validate; `undefined` for an empty one. */
function bandOf(input: string): unknown {
	const ends = input.trim().split(/[\s;]+/);
	return ends[0] === "" ? undefined : ends.map(numberOf);
}

/** The inputs of one sensor, folded until they are changed. */
export class SensorForm {
	readonly element: HTMLDetailsElement;
	readonly #settings: Partial<SensorSettings>;
	/** The value as it was first shown. */
	readonly #shown: string;

	/**
	 * @param settings As the device has them; empty for a new sensor. @param chip Whose pins there are; `null` where any pin goes.
	 * @param onRemove Called when the reader removes the sensor.
	 */
	constructor(strings: FormStrings, settings: Partial<SensorSettings>, chip: string | null, onRemove: () => void) {
		this.#settings = settings;
		const copy = find<HTMLTemplateElement>("#sensor").content.cloneNode(true) as DocumentFragment;
		strings.fill(copy);
		this.element = find<HTMLDetailsElement>("details", copy);
		this.element.open = settings.pin === undefined;
		const select = this.#input("model");
		if (select instanceof HTMLSelectElement) for (const name of modelNames) select.add(new Option(name));
		find("summary b", copy).textContent = settings.name || strings.get("sensor");
		const { model, pin, powerPin } = settings;
		if (pin !== undefined) find("summary span", copy).textContent = `${model}, GPIO ${pin}`;
		fillPins(this.#input("pin") as HTMLSelectElement, strings.language, chip, pin);
		fillPins(this.#input("powerPin") as HTMLSelectElement, strings.language, chip, powerPin, strings.get("noPin"));
		const remark = () => {
			const remarks = ["pin", "powerPin"].map(key =>
				remarkOn(this.#input(key) as HTMLSelectElement, strings.language, chip),
			);
			find(".remark", this.element).textContent = remarks.filter(Boolean).join("\n");
		};
		this.element.addEventListener("change", remark);
		this.#show();
		remark();
		this.#shown = JSON.stringify(this.value);
		find<HTMLButtonElement>("[name=remove]", copy).onclick = onRemove;
	}

	#show(): void {
		const { name = "", model = "auto", calibration, warn, scale, comfort } = this.#settings;
		const values: Record<string, string | number | null | undefined> = {
			name,
			model,
			"calibration.temperature": show(calibration?.temperature),
			"calibration.humidity": show(calibration?.humidity),
			"warn.temperature.below": warn?.temperature.below,
			"warn.temperature.above": warn?.temperature.above,
			"warn.humidity.below": warn?.humidity.below,
			"warn.humidity.above": warn?.humidity.above,
			"warn.temperature.hysteresis": warn?.temperature.hysteresis,
			"warn.humidity.hysteresis": warn?.humidity.hysteresis,
			"warn.delayMs": warn?.delayMs,
			"scale.temperature": showBand(scale?.temperature),
			"comfort.temperature": showBand(comfort?.temperature),
			"comfort.humidity": showBand(comfort?.humidity),
		};
		for (const [key, value] of Object.entries(values)) this.#input(key).value = String(value ?? "");
	}

	/** Whether it is new or the reader has changed it. */
	get isChanged(): boolean {
		return this.#settings.pin === undefined || JSON.stringify(this.value) !== this.#shown;
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
		const scale = bandOf(input("scale.temperature"));
		const comfort = { temperature: bandOf(input("comfort.temperature")), humidity: bandOf(input("comfort.humidity")) };
		return {
			...this.#settings,
			name: input("name"),
			model: input("model"),
			pin: number("pin") ?? "",
			powerPin: number("powerPin"),
			calibration: temperature || humidity ? { temperature, humidity } : undefined,
			warn: { temperature: bounds("temperature"), humidity: bounds("humidity"), delayMs: number("warn.delayMs") },
			scale: scale && { temperature: scale },
			comfort: comfort.temperature || comfort.humidity ? comfort : undefined,
		};
	}

	/** @param path Below the sensor's key, as `warn.humidity.below` or `scale.temperature[0]`. @returns The input of that key, or the first below it. */
	inputOf(path: string): HTMLElement | undefined {
		const inputs = [...this.element.querySelectorAll<HTMLInputElement>("[name]")];
		const key = path.replace(/\[\d+\]/g, "");
		return inputs.find(({ name }) => `${key}.`.startsWith(`${name}.`) || name.startsWith(`${key}.`));
	}

	#input(name: string): HTMLInputElement | HTMLSelectElement {
		return this.element.querySelector<HTMLInputElement>(`[name="${name}"]`)!;
	}
}
