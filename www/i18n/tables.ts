import { type LanguageKey, languageKeys } from "./languages.js";
import { backupRows } from "./rows/backup.js";
import { alertRows, chartRows } from "./rows/chart.js";
import { diagnosisRows, ruleRows } from "./rows/diagnosis.js";
import { firmwareRows, imageStateRows } from "./rows/firmware.js";
import { faultRows, gaugeRows } from "./rows/gauges.js";
import { helpRows, pinUseRows } from "./rows/help.js";
import { mqttFailureRows, mqttRows } from "./rows/mqtt.js";
import { noticeRows, reasonRows } from "./rows/notices.js";
import { pageRows } from "./rows/pages.js";
import { sensorRows } from "./rows/sensor.js";
import { rejectionRows, settingLabelRows } from "./rows/settings.js";
import { joinFailureRows, setupRows } from "./rows/setup.js";
import { wifiRows } from "./rows/wifi.js";

/** @returns One language of a table. */
export function column<Key extends string, Column extends LanguageKey>(
	rows: Readonly<Record<Key, Readonly<Record<Column, string>>>>,
	language: Column,
): Readonly<Record<Key, string>> {
	const entries = Object.entries<Readonly<Record<Column, string>>>(rows).map(([key, row]) => [key, row[language]]);
	return Object.fromEntries(entries) as Record<Key, string>;
}

/** The tables of each file of a language: the build makes `gauges-de-HASH.json` of the first. */
export const tables = {
	gauges: {
		gauges: gaugeRows,
		faults: faultRows,
		chart: chartRows,
		alerts: alertRows,
		notices: noticeRows,
		reasons: reasonRows,
	},
	forms: {
		forms: { ...pageRows, ...settingLabelRows, ...sensorRows, ...setupRows, ...wifiRows },
		help: helpRows,
		pinUses: pinUseRows,
		rejections: rejectionRows,
		joinFailures: joinFailureRows,
		backup: backupRows,
		diagnosis: diagnosisRows,
		rules: ruleRows,
		firmware: firmwareRows,
		imageStates: imageStateRows,
		mqtt: mqttRows,
		mqttFailures: mqttFailureRows,
		notices: noticeRows,
		reasons: reasonRows,
	},
} as const;

export type LanguageFile = keyof typeof tables;

type Translated = Exclude<LanguageKey, "en">;

/** The languages that have files. */
export const translated = languageKeys.filter((key): key is Translated => key !== "en");

/** @returns The content of a language's file: the column of each of its tables. */
export function contentOf(file: LanguageFile, language: Translated): Record<string, object> {
	return Object.fromEntries(Object.entries(tables[file]).map(([name, rows]) => [name, column(rows, language)]));
}
