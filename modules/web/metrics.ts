/** `/metrics`: the device for Prometheus, in its text format 0.0.4, made while it is sent. */

import type { Text } from "../platform/types.js";
import { Answer } from "./answer.js";
import type { Device, SensorData } from "./events.js";
import { Pieces } from "./pieces.js";
import type { Handler } from "./routes.js";

export interface MetricsOptions {
	text: Text;
	/** As of now. */
	device(): Device;
	/** The newest reading of each sensor that may still be taken for the present. */
	current(): readonly SensorData[];
	/** Answers by status. */
	statuses(): ReadonlyMap<number, number>;
}

/** One line: its labels and its value; a line without a value is left out. */
type Sample = readonly [labels: Record<string, string>, value: number | null | undefined];

export class Metrics implements Handler {
	readonly allow = "GET, HEAD";
	#options: MetricsOptions;

	constructor(options: MetricsOptions) {
		this.#options = options;
	}

	answer(): Answer {
		const { text, device, current, statuses } = this.#options;
		return new Answer(200, "Content-Type: text/plain;version=0.0.4;charset=utf-8\r\nCache-Control: no-store\r\n", {
			source: new Pieces(text, metrics(device(), current(), statuses())),
		});
	}
}

/** A metric with its samples; nothing where there is none. */
function family(type: "gauge" | "counter", name: string, help: string, samples: readonly Sample[]): string {
	const lines = samples
		.filter(([, value]) => value !== null && value !== undefined)
		.map(([labels, value]) => `${name}${labelled(labels)} ${value}\n`);
	return lines.length === 0 ? "" : `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join("")}`;
}

function labelled(labels: Record<string, string>): string {
	const list = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
	return list.length === 0 ? "" : `{${list.join(",")}}`;
}

function escaped(value: string): string {
	return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

function* metrics(
	{ name, version, host, uptimeMs, heapFree, signalDbm, counters, sensors }: Device,
	current: readonly SensorData[],
	statuses: ReadonlyMap<number, number>,
): Generator<string> {
	const of = (value: (data: SensorData) => number | null): Sample[] =>
		current.map(data => [{ sensor: data.sensor }, value(data)]);
	const one = (value: number | null | undefined): Sample[] => [[{}, value]];

	yield family(
		"gauge",
		"dht_temperature_celsius",
		"Air temperature.",
		of(data => data.temperature),
	);
	yield family(
		"gauge",
		"dht_humidity_ratio",
		"Relative humidity, 0 to 1.",
		of(data => Math.round(data.humidity * 10) / 1000),
	);
	yield family(
		"gauge",
		"dht_dew_point_celsius",
		"Temperature at which the air's water condenses.",
		of(data => data.dewPoint),
	);
	yield family(
		"gauge",
		"dht_heat_index_celsius",
		"What the air feels like in the shade.",
		of(data => data.heatIndex),
	);
	yield family(
		"gauge",
		"dht_absolute_humidity_grams_per_cubic_meter",
		"Water in the air.",
		of(data => data.absoluteHumidity),
	);
	yield family(
		"gauge",
		"dht_reading_age_seconds",
		"Time since the newest reading was taken.",
		sensors.map(({ sensor, sinceGoodMs }) => [{ sensor }, sinceGoodMs === null ? null : sinceGoodMs / 1000]),
	);
	yield family(
		"counter",
		"dht_reads_total",
		"Reads started.",
		sensors.map(({ sensor, reads }) => [{ sensor }, reads]),
	);
	yield family(
		"counter",
		"dht_read_faults_total",
		"Reads that gave no reading, by kind.",
		sensors.flatMap(({ sensor, faults }) =>
			Object.entries(faults).map(([kind, count]): Sample => [{ sensor, kind }, count]),
		),
	);
	yield family(
		"counter",
		"dht_http_requests_total",
		"HTTP requests answered, by status.",
		[...statuses].map(([status, count]): Sample => [{ status: `${status}` }, count]),
	);
	yield family("gauge", "dht_http_connections", "Connections open.", one(counters.connectionsOpen));
	yield family(
		"counter",
		"dht_http_connections_rejected_total",
		"Connections turned away because all were busy.",
		one(counters.turnedAway),
	);
	yield family("gauge", "dht_streams", "Event streams open.", one(counters.streamsOpen));
	yield family(
		"counter",
		"dht_streams_evicted_total",
		"Event streams ended because their client took nothing.",
		one(counters.evicted),
	);
	yield family(
		"counter",
		"dht_streams_refused_total",
		"Event streams refused because all were in use.",
		one(counters.refused),
	);
	yield family("gauge", "dht_uptime_seconds", "Time since boot.", one(uptimeMs / 1000));
	yield family("gauge", "dht_heap_free_bytes", "Heap that is free.", one(heapFree));
	yield family("gauge", "dht_wifi_signal_dbm", "Strength of the Wi-Fi signal.", one(signalDbm));
	yield family("gauge", "dht_build_info", "What runs: always 1.", [[{ name, version, host }, 1]]);
}
