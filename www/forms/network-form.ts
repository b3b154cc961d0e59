import { settingRows } from "../../modules/config/setting-rows.js";
import type { WiFiNetwork } from "../../modules/config/settings.js";
import type { FormStrings } from "../i18n/form-strings.js";
import { find } from "./form-page.js";

type Key = keyof WiFiNetwork;

/** The inputs of all Wi-Fi networks, as many as there may be. A password that the device has is shown as its mask. */
export class NetworkForm {
	readonly #rows: HTMLElement[] = [];

	constructor(root: HTMLElement, strings: FormStrings) {
		for (let count = 0; count < settingRows.networks.max; count++) {
			const copy = find<HTMLTemplateElement>("#wifi-network").content.cloneNode(true) as DocumentFragment;
			strings.fill(copy);
			this.#rows.push(copy.firstElementChild as HTMLElement);
		}
		root.append(...this.#rows);
	}

	show(networks: readonly WiFiNetwork[]): void {
		for (const [at, row] of this.#rows.entries()) {
			const { ssid = "", password = "" } = networks[at] ?? {};
			inputOf(row, "ssid").value = ssid;
			inputOf(row, "password").value = password;
			row.dataset.secure = password;
		}
	}

	/** For the device to validate, as it reports them: an open network has no password, one that was emptied an empty one. */
	get value(): object[] {
		return this.#filled.map(row => {
			const ssid = inputOf(row, "ssid").value;
			const password = inputOf(row, "password").value;
			return { ssid, ...((password || row.dataset.secure) && { password }) };
		});
	}

	/** @param key As `networks[1].password`. @returns Its input; the first one where there is no such network. */
	inputOf(key: string): HTMLElement {
		const row = this.#filled[Number(/\d+/.exec(key))] ?? this.#rows[0]!;
		return inputOf(row, key.endsWith("password") ? "password" : "ssid");
	}

	get #filled(): HTMLElement[] {
		return this.#rows.filter(row => inputOf(row, "ssid").value !== "");
	}
}

const inputOf = (row: HTMLElement, key: Key) =>
	find<HTMLInputElement>(`[name=${key === "password" ? "wifi" : key}]`, row);
