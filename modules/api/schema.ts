/** What goes over the wire, for the firmware and the page alike. Temperatures in °C, humidity in percent, times in ms since boot. */

import type { Access } from "../auth/access.js";
import type { FoundNetwork } from "../platform/radio.js";

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

/** The body of `/api/readings`, without the readings. */
export interface ReadingsHead extends Hello {
	/** Where a stream opened with `?lastEventId=` goes on; `null` before the first event. */
	lastEventId: string | null;
	/** What the page speaks and measures in where its reader has chosen nothing; `auto` is the browser's language. */
	language: "auto" | "en" | "pt";
	units: "C" | "F";
}

/** The body of `/api/readings`. */
export interface Readings extends ReadingsHead {
	readings: SensorStatus[];
}

/** How far back a history reaches. */
export type Span = "15m" | "24h" | "7d";

/** One value over time, a place a step; `null` where there was no reading. All three are of one length. */
export interface Track {
	mean: (number | null)[];
	min: (number | null)[];
	max: (number | null)[];
}

/** The body of `/api/history`. The place at index i holds what was read from start + i × stepMs on, for stepMs. */
export interface History {
	sensor: string;
	span: Span;
	/** Milliseconds since 1970-01-01T00:00Z, to the second; `null` while wall time is unknown. */
	start: number | null;
	/** The same moment on the device's own clock; negative for what was read before this boot. */
	startUptimeMs: number;
	/** In the span of 15 minutes the sensor's interval: each place holds one reading, its mean, least and greatest alike. */
	stepMs: number;
	/** With the derived values; `null` before the first reading since boot. */
	newest: SensorData | null;
	temperature: Track;
	humidity: Track;
}

/** A recording of one answer, as `npm start -- --replay` plays it. */
export interface Capture {
	file: string;
	model: string;
	sampleRateHz: number;
	frames: readonly { startLowUs: number; pulsesUs: readonly number[]; expect: null }[];
}

/** Widths of the high pulses that stand for one value of a bit, µs. */
export interface Width {
	meanUs: number;
	/** Greatest less least. */
	spreadUs: number;
}

/** How a sensor has been doing since boot. */
export interface SensorHealth {
	sensor: string;
	/** As the settings have it. */
	model: string;
	/** What `auto` found to answer; else the model. `null` before the first good frame. */
	answering: string | null;
	pin: number;
	/** From one reading to the next. */
	intervalMs: number;
	status: SensorStatus["status"];
	/** Whether the newest reading is corrected by a calibration. */
	calibrated: boolean | null;
	/** Reads started. */
	reads: number;
	goodReads: number;
	/** Good frames thrown away because they held a measurement of long ago. */
	oldFrames: number;
	/** How often the power pin was switched off and on. */
	powerCycles: number;
	/** Failed reads by kind. */
	faults: Readonly<Record<string, number>>;
	lastFault: { error: string; uptimeMs: number } | null;
	/** Since the newest reading was taken. */
	sinceGoodMs: number | null;
	/** Of the newest good frame. */
	widths: { zeros: Width | null; ones: Width | null } | null;
	/** What the widths tell about the wiring, in a sentence. */
	hint: string | null;
	/** The newest answer that gave no reading. */
	badTrain: Capture | null;
}

/** Where the device stands with its Wi-Fi: see docs/network.md. */
export interface NetworkReport {
	phase: "setup" | "joining" | "joined" | "failed";
	ssid: string | null;
	/** Why the newest attempt failed. */
	reason: string | null;
	address: string | null;
	/** The name under which it is found, `dht.local`. */
	host: string;
	/** The device's own, while it is open. */
	accessPoint: { ssid: string; address: string } | null;
}

/** How wall time is known. */
export interface ClockReport {
	/** Where it is asked for. */
	server: string;
	/** Since it was last set; `null` when it never was. */
	sinceSetMs: number | null;
	/** By how much it was wrong then, positive when it was slow; `null` when it was not known before. */
	correctionMs: number | null;
	/** Attempts in a row that have failed since. */
	failures: number;
}

/** How the device came to start. */
export interface StartReport {
	/** `power-on`, `restart`, `exception`, `watchdog`, …: all are in docs/build.md. */
	reason: string;
	/** Starts so far, this one included. */
	boots: number;
	/** What ended an earlier run. */
	lastCrash: string | null;
}

/** The body of `/api/device`, without the sensors. */
export interface DeviceHead {
	name: string;
	version: string;
	/** `esp32`, `simulator` or `desktop`. */
	host: string;
	boot: string;
	uptimeMs: number;
	/** Wall time in ISO 8601, `null` while unknown. */
	time: string | null;
	/** `null` where the host sets its clock itself. */
	clock: ClockReport | null;
	/** Bytes. */
	heapFree: number | null;
	/** The least that was ever free, and the largest free block, bytes; `null` where the host cannot tell. */
	heapLeast: number | null;
	heapLargestBlock: number | null;
	/** Strength of the Wi-Fi signal, `null` while there is none. */
	signalDbm: number | null;
	/** `null` on a host without Wi-Fi. */
	network: NetworkReport | null;
	/** `null` on a host that does not start by itself. */
	start: StartReport | null;
	counters: Record<string, number>;
}

/** The body of `/api/device`. */
export interface Device extends DeviceHead {
	sensors: SensorHealth[];
}

/** The body of `/api/session`. */
export type SessionReport = ReturnType<Access["session"]>;

/** The body of `/api/setup`. */
export interface SetupReport extends NetworkReport {
	/** `null` for a client that may not see them. */
	networks: readonly FoundNetwork[] | null;
}
