import type { FormStrings } from "../i18n/form-strings.js";
import { type Language, languages } from "../i18n/languages.js";
import { listOf, numberOf } from "./input.js";
import type { SettingRow } from "./setting-rows.js";

const units: Readonly<Record<string, string>> = { C: "°C", F: "°F" };
const inputModes: Partial<Record<SettingRow["input"], string>> = {
	integer: "numeric",
	address: "url",
	addresses: "url",
};

/** One setting's label and input. */
export class SettingInput {
	readonly row: SettingRow;
	readonly element = document.createElement("label");
	readonly input: HTMLInputElement | HTMLSelectElement;

	constructor(row: SettingRow, strings: FormStrings) {
		this.row = row;
		this.input = row.choices ? createSelect(row.choices, strings) : createInput(row);
		this.input.name = row.key;
		const label = document.createElement("span");
		label.textContent = strings.get(row.key);
		if (row.input === "boolean") {
			this.element.className = "check";
			this.element.append(this.input, label);
		} else this.element.append(label, this.input);
		if (row.input === "secret") {
			const hint = document.createElement("small");
			hint.textContent = strings.get("adminPasswordHint");
			this.element.append(hint);
		}
	}

	/** Shows the device's `value`; the device sends no secrets. */
	show(value: unknown): void {
		const { input } = this;
		if (this.row.input === "boolean") (input as HTMLInputElement).checked = value === true;
		else input.value = Array.isArray(value) ? value.join(" ") : String(value ?? "");
	}

	/** The value for the device to validate; `undefined` for a secret that is left as it is. */
	get value(): unknown {
		const { value } = this.input;
		switch (this.row.input) {
			case "integer":
				return numberOf(value);
			case "address":
				return value.trim();
			case "addresses":
				return listOf(value);
			case "boolean":
				return (this.input as HTMLInputElement).checked;
			case "secret":
				return value || undefined;
			default:
				return value;
		}
	}
}

function createSelect(choices: readonly string[], strings: FormStrings): HTMLSelectElement {
	const select = document.createElement("select");
	for (const choice of choices) {
		const name = choice === "auto" ? strings.get("auto") : (languages[choice as Language]?.name ?? units[choice]);
		select.add(new Option(name, choice));
	}
	return select;
}

function createInput({ input: kind }: SettingRow): HTMLInputElement {
	const input = document.createElement("input");
	if (kind === "boolean") input.type = "checkbox";
	else if (kind === "secret") {
		input.type = "password";
		input.autocomplete = "new-password";
	} else {
		input.autocomplete = "off";
		input.autocapitalize = "none";
		input.inputMode = inputModes[kind] ?? "";
	}
	return input;
}
