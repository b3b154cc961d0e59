/**
 * The JSON of the API, for firmware and page. Temperatures are in °C, humidity in percent, and `uptimeMs` is in ms since boot.
 * What another folder reports as it is has its type there.
 */

import type { Alert } from "../alerts/alert.js";
import type { Access } from "../auth/access.js";
import type { SensorSettings, Settings, Warn } from "../config/settings.js";
import type { Quantity, Span, Statistic } from "../history/history.js";
import type { LogLine } from "../log/log.js";
import type { ClientState } from "../mqtt/client.js";
import type { Neighbour } from "../network/neighbours.js";
import type { ProvisioningState } from "../network/provisioning.js";
import type { TimeState } from "../network/sntp-client.js";
import type { FirmwareImage } from "../platform/firmware.js";
import type { BootInfo } from "../platform/host.js";
import type { FoundNetwork } from "../platform/radio.js";
import type { Capture, HealthReport } from "../sampling/health.js";
import type { FaultReport, Reading, Status } from "../sampling/reading.js";

export type { Bounds } from "../config/settings.js";
export type { Span } from "../history/history.js";
export type { Neighbour } from "../network/neighbours.js";
export type { ProvisioningState as NetworkReport } from "../network/provisioning.js";

/** The first event of every stream. */
export interface Hello {
	/** Names this run of the device: another value means that it restarted. */
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

/** A reading with the values derived from it. */
export interface SensorData extends Pick<Reading, "sensor" | "temperature" | "humidity"> {
	/** When the sample was taken. */
	uptimeMs: number;
	dewPoint: number | null;
	/** Absent where the dew point is not below 0 °C. */
	frostPoint?: number | null;
	/** `null` where it is not defined. */
	heatIndex: number | null;
	/** g/m³. */
	absoluteHumidity: number | null;
}

/** A read that gave no reading. */
export interface SensorFault extends Omit<FaultReport, "ticks" | "error"> {
	/** The kind of fault; a page kept by a browser may be older than a kind. */
	error: string;
	uptimeMs: number;
}

/** A zone of a sensor was entered or left. */
export interface AlertEvent extends Alert {
	uptimeMs: number;
}

/** A line of the log. Only a client that has shown the password gets it, without an id: it is not repeated. */
export interface LogEvent extends Omit<LogLine, "ticks"> {
	uptimeMs: number;
}

/** The events by name. */
export interface Events {
	hello: Hello;
	heartbeat: Heartbeat;
	"sensor-data": SensorData;
	"sensor-fault": SensorFault;
	alert: AlertEvent;
	log: LogEvent;
}

type Nullable<T> = { [Key in keyof T]: T[Key] | null };

/** The newest of one sensor; the reading's fields are `null` before the first reading. */
export interface SensorStatus extends Nullable<Omit<SensorData, "sensor">> {
	sensor: string;
	model: string;
	status: Status;
	/** Since the sample was taken. */
	ageMs: number | null;
	/** The newest read's fault, also while the status is `live`; `null` when it succeeded. */
	fault: SensorFault | null;
	warn: Warn;
	/** °C from and to: what its model measures, and a gauge shows. */
	range: readonly [number, number];
	/** As the settings have them; absent where they have none. */
	scale?: SensorSettings["scale"];
	comfort?: SensorSettings["comfort"];
	/** Those that stand. */
	alerts: readonly Alert[];
}

/** What a reader must know of the device's start. */
export interface Notice {
	/** The mode of the device, or that firmware was taken back. */
	kind: "normal" | "safe" | "rescue" | "rolledBack";
	/** One line; of `rolledBack` as `1.1.0: it crashed`. */
	reason: string;
}

/** The content of `/api/readings`, without the readings. */
export interface ReadingsHead extends Hello, Pick<Settings, "language" | "units"> {
	/** Where a stream opened with `?lastEventId=` goes on; `null` before the first event. */
	lastEventId: string | null;
	/** Absent when the device started with its own settings and firmware. */
	notice?: Notice;
}

/** The content of `/api/readings`. */
export interface Readings extends ReadingsHead {
	readings: SensorStatus[];
}

/** The content of `/api/neighbours`, without the neighbours. */
export interface NeighboursHead {
	/** The device's own, in the network: with a number where another device had it. */
	name: string;
	version: string;
	/** Claims of neighbours that were not accepted, since boot: forged, gone meanwhile, or too many. */
	ignored: number;
}

/** The content of `/api/neighbours`. */
export interface NeighbourList extends NeighboursHead {
	neighbours: Neighbour[];
}

/** One value over time, an item a bucket; `null` where there was no reading. The three arrays are of one length. */
export type Track = Record<Statistic, (number | null)[]>;

/** The content of `/api/history`. The bucket at index i begins at start + i × stepMs. */
export interface History extends Record<Quantity, Track> {
	sensor: string;
	span: Span;
	/** Milliseconds since 1970-01-01T00:00Z, to the second; `null` while wall time is unknown. */
	start: number | null;
	/** The same moment in ms since boot; negative for what was read before this boot. */
	startUptimeMs: number;
	/** In the span of 15 minutes the sensor's interval: a bucket has one reading, its mean, minimum and maximum alike. */
	stepMs: number;
	/** `null` before the first reading since boot. */
	newest: SensorData | null;
}

/** How a sensor has been doing since boot. */
export interface SensorHealth extends HealthReport {
	sensor: string;
	/** As the settings have it. */
	model: string;
	/** The model that `auto` found; else the model. `null` before the first good frame. */
	answering: string | null;
	pin: number;
	/** From one reading to the next. */
	intervalMs: number;
	status: Status;
	/** Whether the newest reading is corrected by a calibration. */
	calibrated: boolean | null;
	/** The newest train that gave no reading. */
	badTrain: Capture | null;
}

/** The content of `/api/device`, without the sensors. */
export interface DeviceHead {
	name: string;
	version: string;
	/** `esp32`, `simulator` or `desktop`. */
	host: string;
	/** Whose pins there are, as ESP-IDF names it: `esp32c3`, also for a host that simulates them; `null` where any pin goes. */
	chip: string | null;
	boot: string;
	/** `safe`: changed settings are kept and not in force. `rescue`: no sensor is read, besides. */
	mode: "normal" | "safe" | "rescue";
	/** Why it is not `normal`, on one line. */
	modeReason: string | null;
	/** The firmware that was taken back last, and why: `1.1.0: it crashed`. `null` when none was since the last update. */
	rolledBack: string | null;
	/** Changed settings that are kept, and not in force. */
	leftOut: readonly string[];
	uptimeMs: number;
	/** Wall time in ISO 8601, `null` while unknown. */
	time: string | null;
	/** `null` where the host sets its clock itself. */
	clock: TimeState | null;
	/** Bytes. */
	heapFree: number | null;
	/** The minimum of `heapFree` since boot, and the largest free block, bytes; `null` where the host cannot tell. */
	heapLeast: number | null;
	heapLargestBlock: number | null;
	/** Strength of the Wi-Fi signal, `null` while there is none. */
	signalDbm: number | null;
	/** `null` on a host without Wi-Fi. */
	network: ProvisioningState | null;
	/** `null` without a broker. */
	mqtt: ClientState | null;
	/** `null` on a host that does not boot by itself. */
	start: BootInfo | null;
	counters: Record<string, number>;
}

/** The content of `/api/device`. */
export interface Device extends DeviceHead {
	sensors: SensorHealth[];
}

/** The content of `/api/session`. */
export type SessionReport = ReturnType<Access["session"]>;

/** The body of `/api/setup`. */
export interface SetupReport extends ProvisioningState {
	/** `null` for a client that may not see them. */
	networks: readonly FoundNetwork[] | null;
}

/** The content of `/api/update`. */
export interface UpdateReport {
	/** As `ESP32-C3`. */
	chip: string;
	/** The most bytes that an image may have. */
	slotSize: number;
	/** What runs. */
	running: FirmwareImage;
	/** What the other slot holds; `null` when that is no whole image. */
	other: FirmwareImage | null;
	/** What is under way; its version is `null` before the image's first bytes. */
	upload: { received: number; size: number; version: string | null } | null;
	/** Whether the other slot's image starts with the next restart. */
	restart: boolean;
}
