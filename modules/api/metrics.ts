/** `/metrics`: the device for Prometheus, in its text format 0.0.4, made while it is sent. */

import type { Handler } from "../http/handler.js";
import { Response } from "../http/response.js";
import { TextBody } from "../http/text-body.js";
import type { Text } from "../platform/text.js";
import type { DeviceHead, SensorData, SensorHealth } from "./schema.js";

/** What is asked of a sensor when its line is made: nothing is kept of many while a client takes its time. */
interface Metered {
	readonly name: string;
	readonly counts: Pick<SensorHealth, "reads" | "faults" | "sinceGoodMs">;
}

export interface MetricsSource<Sensor extends Metered> {
	/** As of now. */
	deviceHead(): DeviceHead;
	readonly states: readonly Sensor[];
	/** @returns The newest reading of `sensor`, unless it is stale. */
	current(sensor: Sensor): SensorData | undefined;
	/** Responses by status. */
	readonly statuses: ReadonlyMap<number, number>;
}

export interface MetricsOptions<Sensor extends Metered> {
	text: Text;
	source: MetricsSource<Sensor>;
}

/** A metric, with what introduces its lines. */
interface Family {
	readonly name: string;
	readonly introduction: string;
}

/** A metric with its value; a sample without a value is left out. */
interface Metric<Subject> extends Family {
	value(subject: Subject): number | null | undefined;
}

function family(type: "gauge" | "counter", name: string, help: string): Family {
	return { name, introduction: `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n` };
}

const readingMetrics: readonly Metric<SensorData>[] = Object.freeze(
	[
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
	],
	true,
);

const sensorMetrics: readonly Metric<Metered["counts"]>[] = Object.freeze(
	[
		{
			...family("gauge", "dht_reading_age_seconds", "Time since the newest reading was taken."),
			value: ({ sinceGoodMs }) => (sinceGoodMs === null ? null : sinceGoodMs / 1000),
		},
		{ ...family("counter", "dht_reads_total", "Reads started."), value: counts => counts.reads },
	],
	true,
);

const faults = Object.freeze(family("counter", "dht_read_faults_total", "Reads that gave no reading, by kind."), true);
const requests = Object.freeze(
	family("counter", "dht_http_requests_total", "HTTP requests answered, by status."),
	true,
);

const deviceMetrics: readonly Metric<DeviceHead>[] = Object.freeze(
	[
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
	],
	true,
);

const build = Object.freeze(family("gauge", "dht_build_info", "What runs: always 1."), true);

export class Metrics<Sensor extends Metered> implements Handler {
	readonly allow = "GET, HEAD";
	#text: Text;
	#source: MetricsSource<Sensor>;

	constructor({ text, source }: MetricsOptions<Sensor>) {
		this.#text = text;
		this.#source = source;
	}

	handle(): Response {
		return new Response(200, "Content-Type: text/plain;version=0.0.4;charset=utf-8\r\nCache-Control: no-store\r\n", {
			source: new TextBody(this.#text, metrics(this.#source)),
		});
	}
}

/** A label's value. */
function escaped(value: string): string {
	if (!/[\\"\n]/.test(value)) return value;
	return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

const readingOf = <Sensor extends Metered>(source: MetricsSource<Sensor>, sensor: Sensor) => source.current(sensor);
const countsOf = <Sensor extends Metered>(_: MetricsSource<Sensor>, sensor: Sensor) => sensor.counts;

/** A sample of each sensor for each metric. */
function* samples<Sensor extends Metered, Subject>(
	metrics: readonly Metric<Subject>[],
	source: MetricsSource<Sensor>,
	subjectOf: (source: MetricsSource<Sensor>, sensor: Sensor) => Subject | undefined,
): Generator<string> {
	const sensors = source.states;
	for (const metric of metrics) {
		let introduced = false;
		for (const sensor of sensors) {
			const subject = subjectOf(source, sensor);
			const value = subject && metric.value(subject);
			if (value === null || value === undefined) continue;
			if (!introduced) yield metric.introduction;
			introduced = true;
			yield metric.name.concat('{sensor="', escaped(sensor.name), '"} ', `${value}`, "\n");
		}
	}
}

function* metrics<Sensor extends Metered>(source: MetricsSource<Sensor>): Generator<string> {
	yield* samples(readingMetrics, source, readingOf);
	yield* samples(sensorMetrics, source, countsOf);
	yield faults.introduction;
	for (const sensor of source.states) {
		const counts = sensor.counts.faults;
		const start = `${faults.name}{sensor="${escaped(sensor.name)}",kind="`;
		for (const kind in counts) yield start.concat(kind, '"} ', `${counts[kind]}`, "\n");
	}
	const { statuses } = source;
	if (statuses.size > 0) yield requests.introduction;
	for (const [status, count] of statuses) yield requests.name.concat('{status="', `${status}`, '"} ', `${count}`, "\n");
	const device = source.deviceHead();
	for (const metric of deviceMetrics) {
		const value = metric.value(device);
		if (value !== null && value !== undefined) yield metric.introduction.concat(metric.name, ` ${value}\n`);
	}
	yield build.introduction;
	yield build.name.concat(
		'{name="',
		escaped(device.name),
		'",version="',
		escaped(device.version),
		'",host="',
		escaped(device.host),
		'"} 1\n',
	);
}

// What generators inherit from is constant, too: else the chip keeps a place for its copy in RAM.
Object.freeze(samples.prototype, true);
Object.freeze(metrics.prototype, true);
