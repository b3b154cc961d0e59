import { settingRows } from "../../modules/config/setting-rows.js";
import type { Webhook } from "../../modules/config/settings.js";
import type { FormStrings } from "../i18n/form-strings.js";
import { find } from "./form-page.js";

/** The inputs of all webhooks, as many as there may be. Of a URL that the device has, it shows scheme and host. */
export class WebhookForm {
	readonly #rows: HTMLElement[] = [];

	constructor(root: HTMLElement, strings: FormStrings) {
		for (let count = 0; count < settingRows.webhooks.max; count++) {
			const copy = find<HTMLTemplateElement>("#webhook").content.cloneNode(true) as DocumentFragment;
			strings.fill(copy);
			this.#rows.push(copy.firstElementChild as HTMLElement);
		}
		root.append(...this.#rows);
	}

	show(webhooks: readonly Webhook[]): void {
		for (const [at, row] of this.#rows.entries()) {
			const { url, format } = webhooks[at] ?? { url: "", format: "json" };
			inputOf(row, "url").value = url;
			inputOf(row, "format").value = format;
		}
	}

	/** For the device to validate: a URL that is masked stands for the one that it has. */
	get value(): object[] {
		return this.#filled.map(row => ({ url: inputOf(row, "url").value.trim(), format: inputOf(row, "format").value }));
	}

	/** @param index Of `value`. @returns Its input; the first one where there is no such webhook. */
	inputOf(index: number): HTMLElement {
		return inputOf(this.#filled[index] ?? this.#rows[0]!, "url");
	}

	get #filled(): HTMLElement[] {
		return this.#rows.filter(row => inputOf(row, "url").value.trim() !== "");
	}
}

const inputOf = (row: HTMLElement, name: keyof Webhook) => find<HTMLInputElement>(`[name=${name}]`, row);
