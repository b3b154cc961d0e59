/** `/metrics`: the device for Prometheus, in its text format 0.0.4, encoded while it is sent. */

import type { Handler } from "../http/handler.js";
import { type BodySource, Response } from "../http/response.js";
import type { Clock } from "../platform/clock.js";
import type { Host } from "../platform/host.js";
import type { Text } from "../platform/text.js";
import type { SensorData, SensorHealth } from "./schema.js";

/** A sensor; its values are looked up when its sample is encoded, so that none is kept while a client takes its time. */
interface Metered {
	readonly name: string;
	readonly counts: Pick<SensorHealth, "reads" | "faults" | "sinceGoodMs">;
}

/** The components whose state there are metrics of; each is looked up when the last samples are encoded. */
export interface Vitals {
	/** The device's. */
	readonly name: string;
	readonly host: Pick<Host, "name" | "version" | "heapFree" | "heapLeast" | "heapLargestBlock"> & {
		readonly clock: Pick<Clock, "ticks">;
	};
	/** `null` where there is no radio, or no network. */
	readonly signalDbm: number | null;
	readonly server:
		| { readonly connections: number; readonly counters: { readonly connectionsRejected: number } }
		| undefined;
	readonly broadcaster: {
		readonly streams: number;
		readonly counters: { readonly evicted: number; readonly refused: number };
	};
}

export interface MetricsSource<Sensor extends Metered> {
	vitals(): Vitals;
	readonly states: readonly Sensor[];
	/** @returns The newest reading of `sensor` while it is live. */
	current(sensor: Sensor): SensorData | undefined;
	/** Responses by status. */
	readonly statuses: ReadonlyMap<number, number>;
}

export interface MetricsOptions<Sensor extends Metered> {
	text: Text;
	source: MetricsSource<Sensor>;
}

/** HELP and TYPE of a metric, and its name. */
const headed = (type: "gauge" | "counter", name: string, help: string) =>
	`# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name}`;

/** A metric whose samples have labels. */
interface Family {
	/** The beginning of the first sample. */
	readonly first: string;
	/** The beginning of the samples that follow. */
	readonly next: string;
}

function family(type: "gauge" | "counter", name: string, help: string): Family {
	return { first: headed(type, name, help), next: name };
}

/** Values of some metrics, in their order; a sample without a value is left out. */
type Values = readonly (number | null | undefined)[];

const sensorFamilies: readonly Family[] = Object.freeze(
	[
		family("gauge", "dht_temperature_celsius", "Air temperature."),
		family("gauge", "dht_humidity_ratio", "Relative humidity, 0 to 1."),
		family("gauge", "dht_dew_point_celsius", "Temperature at which the air's water condenses."),
		family("gauge", "dht_heat_index_celsius", "What the air feels like in the shade."),
		family("gauge", "dht_absolute_humidity_grams_per_cubic_meter", "Water in the air."),
		family("gauge", "dht_reading_age_seconds", "Time since the newest reading was taken."),
		family("counter", "dht_reads_total", "Reads started."),
	],
	true,
);

function sensorValues(data: SensorData | undefined, { sinceGoodMs, reads }: Metered["counts"]): Values {
	return [
		data?.temperature,
		data && Math.round(data.humidity * 10) / 1000,
		data?.dewPoint,
		data?.heatIndex,
		data?.absoluteHumidity,
		sinceGoodMs === null ? null : sinceGoodMs / 1000,
		reads,
	];
}

const faults = Object.freeze(family("counter", "dht_read_faults_total", "Reads that gave no reading, by kind."), true);
const requests = Object.freeze(
	family("counter", "dht_http_requests_total", "HTTP requests, by status of the response."),
	true,
);

/** Without labels. */
const deviceMetrics: readonly string[] = Object.freeze(
	[
		headed("gauge", "dht_http_connections", "Connections open."),
		headed("counter", "dht_http_connections_rejected_total", "Connections rejected because all slots were in use."),
		headed("gauge", "dht_streams", "Event streams open."),
		headed("counter", "dht_streams_evicted_total", "Event streams ended because their client took nothing."),
		headed("counter", "dht_streams_refused_total", "Event streams refused because all slots were in use."),
		headed("gauge", "dht_uptime_seconds", "Time since boot."),
		headed("gauge", "dht_heap_free_bytes", "Free heap."),
		headed("gauge", "dht_heap_least_bytes", "Minimum of free heap since boot."),
		headed("gauge", "dht_heap_largest_block_bytes", "Largest free block of heap."),
		headed("gauge", "dht_wifi_signal_dbm", "Strength of the Wi-Fi signal."),
	].map(metric => `${metric} `),
	true,
);

function deviceValues({ host, signalDbm, server, broadcaster }: Vitals): Values {
	return [
		server?.connections,
		server?.counters.connectionsRejected,
		broadcaster.streams,
		broadcaster.counters.evicted,
		broadcaster.counters.refused,
		host.clock.ticks / 1000,
		host.heapFree(),
		host.heapLeast?.(),
		host.heapLargestBlock?.(),
		signalDbm,
	];
}

const build = headed("gauge", "dht_build_info", "Name, version and host as labels: always 1.");

export class Metrics<Sensor extends Metered> implements Handler {
	readonly allow = "GET, HEAD";
	#text: Text;
	#source: MetricsSource<Sensor>;

	constructor({ text, source }: MetricsOptions<Sensor>) {
		this.#text = text;
		this.#source = source;
	}

	handle(): Response {
		const fields = "Content-Type: text/plain;version=0.0.4;charset=utf-8\r\nCache-Control: no-store\r\n";
		return new Response(200, fields, { source: new MetricsBody(this.#text, metrics(this.#source)) });
	}
}

class MetricsBody implements BodySource {
	#text: Text;
	#strings: Iterator<string>;

	constructor(text: Text, strings: Iterator<string>) {
		this.#text = text;
		this.#strings = strings;
	}

	next(): Uint8Array | undefined {
		const { done, value } = this.#strings.next();
		return done ? undefined : this.#text.encode(value);
	}
}

/** What is joined into a string: a sample, or what one is made of. */
type Strings = (string | number)[];

/** A string ends after so many samples with labels. */
const JOINED = 8;

/** @returns The label of a sensor. What JSON escapes of a name, which has no control characters, this format escapes, too. */
const labelOf = ({ name }: Metered) => `{sensor=${JSON.stringify(name)}`;

/** A sensor as of now. */
interface Current {
	/** Its labels, and a space. */
	readonly labels: string;
	/** In the order of `sensorFamilies`. */
	readonly values: Values;
}

function currentOf<Sensor extends Metered>(source: MetricsSource<Sensor>, sensor: Sensor): Current {
	return { labels: `${labelOf(sensor)}} `, values: sensorValues(source.current(sensor), sensor.counts) };
}

function* metrics<Sensor extends Metered>(source: MetricsSource<Sensor>): Generator<string> {
	// A change of the settings in the middle replaces them: the response is about those of its beginning.
	const sensors = source.states;
	const strings: Strings = [];
	/** The sensors of `strings`. */
	let current: Current[] = [];
	for (let at = 0; at < sensorFamilies.length; at++) {
		const { first, next } = sensorFamilies[at]!;
		let beginning = first;
		for (let index = 0; index < sensors.length; index++) {
			current[index] ??= currentOf(source, sensors[index]!);
			if (!addValue(strings, beginning, current[index]!, at)) continue;
			beginning = next;
			if (strings.length < JOINED) continue;
			// Nothing is kept of them while a client takes its time.
			current = [];
			yield take(strings);
		}
	}
	current = [];
	let beginning = faults.first;
	for (const sensor of sensors) {
		addFaults(strings, beginning, sensor);
		beginning = faults.next;
		if (strings.length >= JOINED) yield take(strings);
	}
	addRequests(strings, source.statuses);
	if (strings.length >= JOINED) yield take(strings);
	addDevice(strings, source.vitals());
	yield take(strings);
}

/** @returns The strings as one; none is left. */
function take(strings: Strings): string {
	const text = strings.join("");
	strings.length = 0;
	return text;
}

/** @returns Whether the sensor has a value of the metric `at`. */
function addValue(strings: Strings, beginning: string, { labels, values }: Current, at: number): boolean {
	const value = values[at];
	if (value === null || value === undefined) return false;
	strings.push(beginning.concat(labels, String(value), "\n"));
	return true;
}

function addFaults(strings: Strings, first: string, sensor: Metered): void {
	const label = `${labelOf(sensor)},kind="`;
	const counts = sensor.counts.faults;
	let beginning = first;
	for (const kind in counts) {
		strings.push(beginning.concat(label, kind, '"} ', String(counts[kind as keyof typeof counts]), "\n"));
		beginning = faults.next;
	}
}

function addRequests(strings: Strings, statuses: ReadonlyMap<number, number>): void {
	let beginning = requests.first;
	statuses.forEach((count, status) => {
		strings.push(beginning.concat('{status="', String(status), '"} ', String(count), "\n"));
		beginning = requests.next;
	});
}

function addDevice(strings: Strings, device: Vitals): void {
	const values = deviceValues(device);
	for (let at = 0; at < deviceMetrics.length; at++) {
		const value = values[at];
		if (value !== null && value !== undefined) strings.push(deviceMetrics[at]!, value, "\n");
	}
	const { name, host } = device;
	strings.push(build, "{name=", JSON.stringify(name), ",version=", JSON.stringify(host.version));
	strings.push(",host=", JSON.stringify(host.name), "} 1\n");
}

// The prototype of a generator's instances is frozen, too: otherwise the chip reserves RAM for a copy of it.
Object.freeze(metrics.prototype, true);
