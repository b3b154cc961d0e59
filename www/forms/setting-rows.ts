import type { Changeable } from "../../modules/config/settings.js";
import { languageKeys } from "../i18n/languages.js";

/** The settings that have an input of their own. Sensors have forms, the Wi-Fi has the set-up page. */
export type SettingKey = Exclude<Changeable, "sensors" | "ssid" | "password">;

export interface SettingRow {
	readonly key: SettingKey;
	/** The fieldset: `data-section` in settings.html. */
	readonly section: "device" | "network" | "access";
	readonly input: "string" | "integer" | "address" | "addresses" | "choice" | "boolean" | "secret";
	/** Of a `choice`. */
	readonly choices?: readonly string[];
}

/** The inputs of the settings page, in their order. */
export const settingRows: readonly SettingRow[] = [
	{ key: "name", section: "device", input: "string" },
	{ key: "language", section: "device", input: "choice", choices: ["auto", ...languageKeys] },
	{ key: "units", section: "device", input: "choice", choices: ["C", "F"] },
	{ key: "intervalMs", section: "device", input: "integer" },
	{ key: "timeServer", section: "network", input: "address" },
	{ key: "hosts", section: "network", input: "addresses" },
	{ key: "origins", section: "network", input: "addresses" },
	{ key: "adminPassword", section: "access", input: "secret" },
	{ key: "private", section: "access", input: "boolean" },
];
