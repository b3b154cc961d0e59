// English, a table an export. The build puts the values in place of this module: a script has the tables that it uses, and no other column.

import { column, tables } from "./tables.js";

const { gauges, forms } = tables;

export const gaugeStrings = column(gauges.gauges, "en");
export const chartStrings = column(gauges.chart, "en");
export const alertStrings = column(gauges.alerts, "en");
export const noticeStrings = column(gauges.notices, "en");
export const formStrings = column(forms.forms, "en");
export const helpStrings = column(forms.help, "en");
export const pinUses = column(forms.pinUses, "en");
export const joinFailures = column(forms.joinFailures, "en");
export const backupStrings = column(forms.backup, "en");
export const diagnosisStrings = column(forms.diagnosis, "en");
export const rules = column(forms.rules, "en");
export const firmwareStrings = column(forms.firmware, "en");
export const imageStates = column(forms.imageStates, "en");
export const mqttStrings = column(forms.mqtt, "en");
export const mqttFailures = column(forms.mqttFailures, "en");
