import { type SettingRow, settingRows } from "../../modules/config/setting-rows.js";

/** The fieldsets of the settings page that are made of rows: `data-section` in settings.html. */
export type Section = "device" | "network" | "mqtt" | "access";

type Rows = typeof settingRows;

/** A setting with an input on the settings page. */
export type FormKey = { [Key in keyof Rows]: Rows[Key] extends { form: Section } ? Key : never }[keyof Rows];

export interface FormRow {
	readonly key: FormKey;
	readonly section: Section;
	readonly row: SettingRow;
}

const sections: readonly unknown[] = ["device", "network", "mqtt", "access"] satisfies Section[];

/** In the order of the settings. */
export const formRows: readonly FormRow[] = Object.entries(settingRows).flatMap(([key, row]: [string, SettingRow]) =>
	sections.includes(row.form) ? [{ key: key as FormKey, section: row.form as Section, row }] : [],
);
