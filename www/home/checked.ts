import type {
	Bounds,
	Heartbeat,
	Hello,
	History,
	Readings,
	SensorData,
	SensorFault,
	SensorStatus,
	Track,
} from "../../modules/api/schema.js";
import type { Message } from "../stream/message.js";

/**
 * Checks what another device sends: it may be of another version, or not what it says it is. What is returned has every field of its type,
 * within bounds; unknown fields are left out.
 */

/** Characters of an event or of `/api/readings`, of `/api/history`, and of a string. */
export const MAX_LENGTH = 65_536;
export const MAX_HISTORY_LENGTH = 262_144;
const MAX_STRING = 200;
/** Sensors of a device. */
export const MAX_SENSORS = 8;
/** Values, °C or percent, and times, ms. */
const MAX_VALUE = 1000;
const MAX_TIME = 1e15;
/** Buckets of a history. */
const MAX_BUCKETS = 1500;
/** Between two readings, ms: as the settings allow. */
const INTERVAL_MS = 2000;
const MAX_INTERVAL_MS = 3_600_000;

/** Thrown for what cannot be shown. */
class Malformed extends Error {}

type Fields = Readonly<Record<string, unknown>>;

/** @returns The message with a checked event; `undefined` for one that this page does not show. @throws It is malformed. */
export function checkedMessage(message: Message): Message | undefined {
	if ("link" in message) return message;
	const check = events[message.event];
	if (!check) return undefined;
	return { ...message, data: JSON.stringify(check(parsed(message.data))) };
}

/** @returns The content of `/api/readings`. @throws It is malformed. */
export function checkedReadings(json: string): Readings {
	return readingsOf(parsed(json));
}

/** What a comparison needs of a history. */
export interface DayMeans extends Pick<History, "startUptimeMs" | "stepMs" | "newest"> {
	temperature: Track["mean"];
	humidity: Track["mean"];
}

/** @returns The means of `/api/history`. @throws It is malformed. */
export function checkedHistory(json: string): DayMeans {
	const content = parsed(json, MAX_HISTORY_LENGTH);
	return {
		startUptimeMs: time(content.startUptimeMs),
		stepMs: time(content.stepMs),
		newest: content.newest == null ? null : sensorData(fields(content.newest)),
		temperature: means(fields(content.temperature)),
		humidity: means(fields(content.humidity)),
	};
}

const events: Readonly<Record<string, (content: Fields) => Hello | Heartbeat | Readings | SensorData | SensorFault>> = {
	hello,
	heartbeat: content => ({ uptimeMs: time(content.uptimeMs) }),
	readings: readingsOf,
	"sensor-data": sensorData,
	"sensor-fault": sensorFault,
};

function parsed(json: string, max = MAX_LENGTH): Fields {
	if (json.length > max) throw new Malformed("too long");
	return fields(JSON.parse(json));
}

function hello(content: Fields): Hello {
	return {
		boot: string(content.boot),
		uptimeMs: time(content.uptimeMs),
		intervalMs: Math.min(Math.max(number(content.intervalMs, MAX_TIME) ?? INTERVAL_MS, 1), MAX_INTERVAL_MS),
		heartbeatMs: time(content.heartbeatMs ?? 0),
		version: string(content.version),
		name: string(content.name),
	};
}

function readingsOf(content: Fields): Readings {
	const { readings } = content;
	if (!Array.isArray(readings) || readings.length > MAX_SENSORS) throw new Malformed("readings");
	return {
		...hello(content),
		...{ lastEventId: null, language: "auto", units: "C" },
		readings: readings.map(reading => status(fields(reading))),
	};
}

/** Fields that an older version lacks are as a sensor without settings has them. */
function status(content: Fields): SensorStatus {
	const warn = optional(content.warn);
	const { temperature: scale } = optional(content.scale);
	const { temperature, humidity } = optional(content.comfort);
	const isTaken = content.uptimeMs != null;
	return {
		...(isTaken ? sensorData(content) : { ...nothing, sensor: name(content.sensor) }),
		model: string(content.model),
		status: statusName(content.status),
		ageMs: number(content.ageMs, MAX_TIME),
		fault: content.fault == null ? null : sensorFault(fields(content.fault)),
		warn: { temperature: warning(warn.temperature), humidity: warning(warn.humidity), delayMs: 0 },
		range: band(content.range) ?? [-40, 80],
		...(band(scale) && { scale: { temperature: band(scale) } }),
		comfort: { temperature: band(temperature), humidity: band(humidity) },
		alerts: [],
	};
}

const nothing = Object.freeze({
	...{ temperature: null, humidity: null, uptimeMs: null },
	...{ dewPoint: null, heatIndex: null, absoluteHumidity: null },
});

function sensorData(content: Fields): SensorData {
	const temperature = number(content.temperature);
	const humidity = number(content.humidity);
	if (temperature === null || humidity === null) throw new Malformed("values");
	const frostPoint = number(content.frostPoint);
	return {
		...{ sensor: name(content.sensor), temperature, humidity, uptimeMs: time(content.uptimeMs) },
		dewPoint: number(content.dewPoint),
		...(frostPoint !== null && { frostPoint }),
		heatIndex: number(content.heatIndex),
		absoluteHumidity: number(content.absoluteHumidity),
	};
}

function sensorFault(content: Fields): SensorFault {
	const error = string(content.error);
	return {
		sensor: name(content.sensor),
		// It is looked up in a table of sentences.
		error: error in {} ? "" : error,
		message: string(content.message),
		failures: number(content.failures, MAX_TIME) ?? 0,
		status: statusName(content.status),
		uptimeMs: time(content.uptimeMs),
	};
}

function means({ mean }: Fields): Track["mean"] {
	if (!Array.isArray(mean) || mean.length > MAX_BUCKETS) throw new Malformed("mean");
	return mean.map(value => number(value));
}

function fields(value: unknown): Fields {
	if (typeof value !== "object" || value === null) throw new Malformed("no object");
	return value as Fields;
}

function optional(value: unknown): Fields {
	return typeof value === "object" && value !== null ? (value as Fields) : {};
}

/** @returns `value` within bounds; `null` for anything else. */
function number(value: unknown, max = MAX_VALUE): number | null {
	return typeof value === "number" && Math.abs(value) <= max ? value : null;
}

function time(value: unknown): number {
	const found = number(value, MAX_TIME);
	if (found === null) throw new Malformed("time");
	return found;
}

function string(value: unknown): string {
	return typeof value === "string" ? value.slice(0, MAX_STRING) : "";
}

function name(value: unknown): string {
	const found = string(value);
	if (!found) throw new Malformed("sensor");
	return found;
}

function statusName(value: unknown): SensorStatus["status"] {
	return value === "waiting" || value === "stale" || value === "fault" ? value : "live";
}

function band(value: unknown): readonly [number, number] | undefined {
	if (!Array.isArray(value)) return undefined;
	const [from, to] = value.map(bound => number(bound));
	return from == null || to == null || from >= to ? undefined : [from, to];
}

function warning(value: unknown): Bounds & { hysteresis: number } {
	const { below, above } = optional(value);
	return { below: number(below), above: number(above), hysteresis: 0 };
}
