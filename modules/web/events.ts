/** What goes over the wire, for the firmware and the page alike. Temperatures in °C, humidity in percent, times in ms since boot. */

import type { Text } from "../platform/types.js";

/** Comes first on every stream. */
export interface Hello {
	/** Names this run of the device: another one means that it restarted. */
	boot: string;
	uptimeMs: number;
	/** Between two readings of a sensor. */
	intervalMs: number;
	heartbeatMs: number;
	version: string;
	/** The device's name. */
	name: string;
}

/** Comes every `heartbeatMs`: silence means that the device is gone. */
export interface Heartbeat {
	uptimeMs: number;
}

export interface SensorData {
	temperature: number;
	/** Relative, 0 to 100. */
	humidity: number;
	sensor: string;
	/** When the sample was taken. */
	uptimeMs: number;
	dewPoint: number | null;
	heatIndex: number | null;
	/** g/m³. */
	absoluteHumidity: number | null;
}

/** A read that gave no reading. */
export interface SensorFault {
	sensor: string;
	/** The kind of fault, one of a closed set. */
	error: string;
	/** A sentence for a person. */
	message: string;
	/** Failed reads in a row, this one included. */
	failures: number;
	uptimeMs: number;
}

/** The events by name. */
export interface Events {
	hello: Hello;
	heartbeat: Heartbeat;
	"sensor-data": SensorData;
	"sensor-fault": SensorFault;
}

/** Values outside `below` to `above` are worth a warning; `null` where there is no such bound. */
export interface Warning {
	below: number | null;
	above: number | null;
}

type Nullable<T> = { [Key in keyof T]: T[Key] | null };

/** The newest of one sensor; the reading's fields are `null` before the first reading. */
export interface SensorStatus extends Nullable<Omit<SensorData, "sensor">> {
	sensor: string;
	model: string;
	/** `stale`: no reading for three intervals; `fault`: the newest read failed. */
	status: "waiting" | "live" | "stale" | "fault";
	/** Since the sample was taken. */
	ageMs: number | null;
	/** The newest read's fault, `null` when it succeeded. */
	fault: SensorFault | null;
	warn: { temperature: Warning; humidity: Warning };
}

/** The body of `/api/readings`. */
export interface Readings extends Hello {
	/** Where a stream opened with `?lastEventId=` goes on; `null` before the first event. */
	lastEventId: string | null;
	readings: SensorStatus[];
}

/** How a sensor has been doing since boot. */
export interface SensorHealth {
	sensor: string;
	model: string;
	status: SensorStatus["status"];
	reads: number;
	/** Failed reads by kind. */
	faults: Record<string, number>;
}

/** The body of `/api/device`. */
export interface Device {
	name: string;
	version: string;
	/** `esp32`, `simulator` or `desktop`. */
	host: string;
	boot: string;
	uptimeMs: number;
	/** Wall time in ISO 8601, `null` while unknown. */
	time: string | null;
	/** Bytes. */
	heapFree: number | null;
	counters: Record<string, number>;
	sensors: SensorHealth[];
}

/** @returns One whole event as it goes over the wire, blank line included. */
export function encodeEvent<Name extends keyof Events>(
	text: Text,
	name: Name,
	data: Events[Name],
	id?: string,
): Uint8Array {
	return text.encode(`${id === undefined ? "" : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
}
