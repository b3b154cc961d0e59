/** `/metrics`: the device for Prometheus, in its text format 0.0.4, made while it is sent. */

import type { Text } from "../platform/types.js";
import { Answer } from "./answer.js";
import type { Device, SensorData, SensorHealth } from "./events.js";
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

/** A metric, with what introduces its lines. */
interface Family {
	readonly name: string;
	readonly introduction: string;
}

/** One whose values are had of `Source`; a line without a value is left out. */
interface Metric<Source> extends Family {
	value(source: Source): number | null | undefined;
}

function family(type: "gauge" | "counter", name: string, help: string): Family {
	return { name, introduction: `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n` };
}

const readingMetrics: readonly Metric<SensorData>[] = [
	{ ...family("gauge", "dht_temperature_celsius", "Air temperature."), value: data => data.temperature },
	{
		...family("gauge", "dht_humidity_ratio", "Relative humidity, 0 to 1."),
		value: data => Math.round(data.humidity * 10) / 1000,
	},
	{
		...family("gauge", "dht_dew_point_celsius", "Temperature at which the air's water condenses."),
		value: data => data.dewPoint,
	},
	{
		...family("gauge", "dht_heat_index_celsius", "What the air feels like in the shade."),
		value: data => data.heatIndex,
	},
	{
		...family("gauge", "dht_absolute_humidity_grams_per_cubic_meter", "Water in the air."),
		value: data => data.absoluteHumidity,
	},
];

const sensorMetrics: readonly Metric<SensorHealth>[] = [
	{
		...family("gauge", "dht_reading_age_seconds", "Time since the newest reading was taken."),
		value: ({ sinceGoodMs }) => (sinceGoodMs === null ? null : sinceGoodMs / 1000),
	},
	{ ...family("counter", "dht_reads_total", "Reads started."), value: sensor => sensor.reads },
];

const faults = family("counter", "dht_read_faults_total", "Reads that gave no reading, by kind.");
const requests = family("counter", "dht_http_requests_total", "HTTP requests answered, by status.");

const deviceMetrics: readonly Metric<Device>[] = [
	{ ...family("gauge", "dht_http_connections", "Connections open."), value: now => now.counters.connectionsOpen },
	{
		...family("counter", "dht_http_connections_rejected_total", "Connections turned away because all were busy."),
		value: now => now.counters.turnedAway,
	},
	{ ...family("gauge", "dht_streams", "Event streams open."), value: now => now.counters.streamsOpen },
	{
		...family("counter", "dht_streams_evicted_total", "Event streams ended because their client took nothing."),
		value: now => now.counters.evicted,
	},
	{
		...family("counter", "dht_streams_refused_total", "Event streams refused because all were in use."),
		value: now => now.counters.refused,
	},
	{ ...family("gauge", "dht_uptime_seconds", "Time since boot."), value: now => now.uptimeMs / 1000 },
	{ ...family("gauge", "dht_heap_free_bytes", "Heap that is free."), value: now => now.heapFree },
	{ ...family("gauge", "dht_heap_least_bytes", "Least heap that was ever free."), value: now => now.heapLeast },
	{
		...family("gauge", "dht_heap_largest_block_bytes", "Largest block of heap that is free."),
		value: now => now.heapLargestBlock,
	},
	{ ...family("gauge", "dht_wifi_signal_dbm", "Strength of the Wi-Fi signal."), value: now => now.signalDbm },
];

const build = family("gauge", "dht_build_info", "What runs: always 1.");

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

/** A label's value. */
function escaped(value: string): string {
	if (!/[\\"\n]/.test(value)) return value;
	return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

/** A line for each of `sources`, whose labels, and the space after them, are at the same places. */
function* table<Source>(
	metrics: readonly Metric<Source>[],
	sources: readonly Source[],
	labels: readonly string[],
): Generator<string> {
	for (const metric of metrics) {
		let introduced = false;
		for (let at = 0; at < sources.length; at++) {
			const value = metric.value(sources[at]!);
			if (value === null || value === undefined) continue;
			if (!introduced) yield metric.introduction;
			introduced = true;
			yield metric.name.concat(labels[at]!, `${value}`, "\n");
		}
	}
}

function* metrics(
	device: Device,
	current: readonly SensorData[],
	statuses: ReadonlyMap<number, number>,
): Generator<string> {
	const { name, version, host, sensors } = device;
	const label = ({ sensor }: { sensor: string }) => `{sensor="${escaped(sensor)}"} `;
	const labels = sensors.map(label);
	yield* table(readingMetrics, current, current.map(label));
	yield* table(sensorMetrics, sensors, labels);
	yield faults.introduction;
	for (let at = 0; at < sensors.length; at++) {
		const counts = sensors[at]!.faults;
		const start = `${faults.name}${labels[at]!.slice(0, -2)},kind="`;
		for (const kind in counts) yield start.concat(kind, '"} ', `${counts[kind]}`, "\n");
	}
	if (statuses.size > 0) yield requests.introduction;
	for (const [status, count] of statuses) yield requests.name.concat('{status="', `${status}`, '"} ', `${count}`, "\n");
	yield* table(deviceMetrics, [device], [" "]);
	yield build.introduction;
	yield build.name.concat(
		'{name="',
		escaped(name),
		'",version="',
		escaped(version),
		'",host="',
		escaped(host),
		'"} 1\n',
	);
}
