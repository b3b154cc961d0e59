import type { SettingRow } from "../../modules/config/setting-rows.js";
import type { FormStrings } from "../i18n/form-strings.js";
import { helpString } from "../i18n/help-strings.js";
import { type LanguageKey, languages } from "../i18n/languages.js";
import type { FormKey, FormRow, Section } from "./form-rows.js";
import { listOf, numberOf } from "./input.js";

const units: Readonly<Record<string, string>> = { C: "°C", F: "°F" };

/** One setting's label and input. */
export class SettingInput {
	readonly key: FormKey;
	readonly section: Section;
	readonly element = document.createElement("label");
	readonly input: HTMLInputElement | HTMLSelectElement;
	readonly #row: SettingRow;

	constructor({ key, section, row }: FormRow, strings: FormStrings) {
		this.key = key;
		this.section = section;
		this.#row = row;
		this.input = row.type === "oneOf" ? createSelect(row.values, strings) : createInput(key, row);
		this.input.name = key;
		const label = document.createElement("span");
		label.textContent = strings.get(key);
		this.element.append(label, this.input);
		if (row.type === "boolean") {
			this.element.className = "check";
			this.element.prepend(this.input);
		}
		const help = document.createElement("small");
		help.textContent = helpString(key, strings.language);
		this.element.append(help);
		// The name of the input is its label alone.
		label.id = `${key}-label`;
		help.id = `${key}-help`;
		this.input.setAttribute("aria-labelledby", label.id);
		this.input.setAttribute("aria-describedby", help.id);
	}

	/** Shows the device's `value`; the device sends no secrets. */
	show(value: unknown): void {
		const { input } = this;
		if (this.#row.type === "boolean") (input as HTMLInputElement).checked = value === true;
		else input.value = Array.isArray(value) ? value.join(" ") : String(value ?? "");
	}

	/** The value for the device to validate; `undefined` for a secret that is left as it is. */
	get value(): unknown {
		const { value } = this.input;
		if (this.#row.secret) return value || undefined;
		switch (this.#row.type) {
			case "integer":
				return numberOf(value);
			case "list":
				return listOf(value);
			case "boolean":
				return (this.input as HTMLInputElement).checked;
			default:
				return value.trim();
		}
	}
}

function createSelect(choices: readonly string[], strings: FormStrings): HTMLSelectElement {
	const select = document.createElement("select");
	for (const choice of choices) {
		const name = choice === "auto" ? strings.get("auto") : (languages[choice as LanguageKey]?.name ?? units[choice]);
		select.add(new Option(name, choice));
	}
	return select;
}

function inputModeOf(row: SettingRow): string {
	if (row.type === "integer") return "numeric";
	return row.type === "list" || (row.type === "string" && (row.format === "hostName" || row.format === "broker"))
		? "url"
		: "text";
}

function createInput(key: FormKey, row: SettingRow): HTMLInputElement {
	const input = document.createElement("input");
	if (row.type === "boolean") input.type = "checkbox";
	else if (key === "adminPassword") {
		input.type = "password";
		input.autocomplete = "new-password";
	} else {
		input.autocomplete = "off";
		input.autocapitalize = "none";
		input.inputMode = inputModeOf(row);
		// Not of type `password`: browsers take a form for one with which a person signs in, and offer to keep it.
		if (row.secret) input.className = "masked";
	}
	return input;
}
