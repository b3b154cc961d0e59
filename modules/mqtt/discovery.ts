/**
 * The device as Home Assistant discovers it: one retained message (https://www.home-assistant.io/integrations/mqtt/, "Device
 * discovery payload"), with that page's abbreviations.
 */

import type { DeviceTopics } from "./topics.js";

/** A sensor as it is published. */
export interface PublishedSensor {
	readonly name: string;
	/** It names the sensor to Home Assistant, which keeps an entity's past over a change of its name. */
	readonly pin: number;
	readonly model: string;
	/** From one reading to the next, ms. */
	readonly intervalMs: number;
	/** Its level in topics. */
	readonly level: string;
}

/** The device as it is published. */
export interface PublishedDevice {
	/** Letters, digits, hyphens and underscores: the same over restarts. */
	readonly id: string;
	readonly name: string;
	readonly version: string;
	/** Its page's URL. */
	readonly url: string;
	/** What it runs on. */
	readonly hardware: string;
	readonly sensors: readonly PublishedSensor[];
}

/** The device's own state, as it is published: `null` where it has no such value. */
export interface DeviceState {
	readonly version: string;
	readonly uptimeMs: number;
	readonly signalDbm: number | null;
	/** Why the device restarted last. */
	readonly restart: string | null;
	/** What became of the firmware that was installed last. */
	readonly update: string | null;
}

/** From one state of the device to the next, ms. */
export const deviceStateMs = 60_000;

/** What a reading has: its key, the name, and Home Assistant's class and unit. */
const quantities = Object.freeze(
	[
		["temperature", "temperature", "temperature", "°C"],
		["humidity", "humidity", "humidity", "%"],
		["dewPoint", "dew point", "temperature", "°C"],
		["absoluteHumidity", "absolute humidity", "absolute_humidity", "g/m³"],
	] as const,
	true,
);

/** @returns Time without a message after which a value is unavailable, s: three are missed, and some is for the way. */
export function expiry(intervalMs: number): number {
	return Math.ceil((3 * intervalMs) / 1000) + 5;
}

export function discoveryTopic(prefix: string, id: string): string {
	return `${prefix}/device/${id}/config`;
}

/** Home Assistant's own status, `online` once it is ready. */
export function hubTopic(prefix: string): string {
	return `${prefix}/status`;
}

/** What `discoveryStrings` makes a message of. */
export interface Discovery {
	readonly device: PublishedDevice;
	readonly topics: DeviceTopics;
	/** The values that the device has of itself. */
	readonly state: DeviceState;
	/** Pins whose sensors were discovered, and are removed. */
	readonly gone: readonly number[];
}

/** @returns The message in pieces. */
export function* discoveryStrings({ device, topics, state, gone }: Discovery): Generator<string, void> {
	const { id, name, version, url, hardware, sensors } = device;
	const models = [...new Set(sensors.map(({ model }) => model))].join(", ");
	const dev = { ids: [id], name, mf: "dht-gauges", mdl: models, hw: hardware, sw: version, cu: url };
	yield JSON.stringify({ dev, o: { name: "dht-gauges", sw: version }, avty_t: topics.status }).slice(0, -1);
	yield ',"cmps":{';
	yield* deviceComponents(id, topics, state);
	for (const sensor of sensors) yield* sensorComponents(id, topics, sensor);
	for (const pin of gone) {
		for (const [key] of quantities) yield `,${component(`${pin}_${key}`, { p: "sensor" })}`;
		yield `,${component(`${pin}_problem`, { p: "binary_sensor" })}`;
	}
	yield "}}";
}

/** Of the values that the device has. */
function* deviceComponents(id: string, topics: DeviceTopics, state: DeviceState): Generator<string, void> {
	const one = (key: keyof DeviceState, name: string, more: object) =>
		component(key, {
			p: "sensor",
			name,
			uniq_id: `${id}_${key}`,
			ent_cat: "diagnostic",
			stat_t: topics.device,
			val_tpl: `{{ value_json.${key} }}`,
			exp_aft: expiry(deviceStateMs),
			...more,
		});
	yield one("version", "Firmware", {});
	const uptime = { dev_cla: "duration", unit_of_meas: "s", val_tpl: "{{ value_json.uptimeMs // 1000 }}" };
	yield `,${one("uptimeMs", "Uptime", uptime)}`;
	const signal = { dev_cla: "signal_strength", unit_of_meas: "dBm", stat_cla: "measurement" };
	if (state.signalDbm !== null) yield `,${one("signalDbm", "Signal", signal)}`;
	if (state.restart !== null) yield `,${one("restart", "Last restart", {})}`;
	if (state.update !== null) yield `,${one("update", "Update", {})}`;
}

function* sensorComponents(id: string, topics: DeviceTopics, sensor: PublishedSensor): Generator<string, void> {
	const { name, pin, level, intervalMs } = sensor;
	for (const [key, label, dev_cla, unit_of_meas] of quantities)
		yield `,${component(`${pin}_${key}`, {
			p: "sensor",
			name: `${name} ${label}`,
			uniq_id: `${id}_${pin}_${key}`,
			dev_cla,
			unit_of_meas,
			stat_cla: "measurement",
			sug_dsp_prc: 1,
			stat_t: topics.reading(level),
			val_tpl: `{{ value_json.${key} }}`,
			exp_aft: expiry(intervalMs),
		})}`;
	yield `,${component(`${pin}_problem`, {
		p: "binary_sensor",
		name: `${name} problem`,
		uniq_id: `${id}_${pin}_problem`,
		dev_cla: "problem",
		ent_cat: "diagnostic",
		stat_t: topics.fault(level),
		val_tpl: "{{ 'ON' if value_json.status == 'fault' else 'OFF' }}",
	})}`;
}

function component(key: string, fields: object): string {
	return `"${key}":${JSON.stringify(fields)}`;
}

// The prototype of a generator's instances is frozen, too: otherwise the chip reserves RAM for a copy of it.
for (const generator of [discoveryStrings, deviceComponents, sensorComponents])
	Object.freeze(generator.prototype, true);
